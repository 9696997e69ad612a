import type { AssetType } from './assetType';

/** Pixels as a viewer shows them: turned, where the file says that it is to be turned. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Reads bytes of the file; fewer than asked for at its end. */
export type ReadAt = (position: number, length: number) => Promise<Buffer>;

/** A JPEG may hold previews and colour tables before its frame; one with more segments than this is taken for nonsense. */
const mostSegments = 2000;

/** By the headers of the file alone; `undefined` where they do not say. */
export async function imageSize(type: AssetType, read: ReadAt): Promise<ImageSize | undefined> {
  switch (type.ending) {
    case 'png':
      return sized(await read(0, 24), 24, (head) => ({ width: head.readUInt32BE(16), height: head.readUInt32BE(20) }));
    case 'jpg':
      return jpegSize(read);
    case 'webp':
      return sized(await read(0, 30), 30, webpSize);
    case 'heic':
      return heicSize(await read(0, 64 * 1024));
    default:
      return undefined;
  }
}

function sized(head: Buffer, least: number, of: (head: Buffer) => ImageSize | undefined): ImageSize | undefined {
  const size = head.length >= least ? of(head) : undefined;
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

/** ITU-T T.81: segments, each with its length; a frame header (SOFn, which is not DHT, JPG or DAC) holds the size. */
async function jpegSize(read: ReadAt): Promise<ImageSize | undefined> {
  let turned = false;
  for (let position = 2, segments = 0; segments < mostSegments; segments++) {
    const head = await read(position, 9);
    if (head.length < 9 || head[0] !== 0xff) return undefined;
    const marker = head[1] ?? 0;
    const length = head.readUInt16BE(2);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [head.readUInt16BE(5), head.readUInt16BE(7)];
      return sized(head, 9, () => (turned ? { width: height, height: width } : { width, height }));
    }
    if (marker === 0xe1) turned ||= isTurned(await read(position + 4, Math.min(length, 4096)));
    // 0xff before a marker is padding, of one byte
    position += marker === 0xff ? 1 : 2 + length;
  }
  return undefined;
}

/** Exif 2.3: entry 0x0112 of the first directory; 5 to 8 stand for a quarter turn. */
function isTurned(segment: Buffer): boolean {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return false;
  const tiff = segment.subarray(6);
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = tiff.length < 8 ? 0 : little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (let entry = 0; entry < short(directory); entry++) {
    const at = directory + 2 + entry * 12;
    if (short(at) === 0x0112) return short(at + 8) >= 5 && short(at + 8) <= 8;
  }
  return false;
}

/** RFC 9649: lossy, lossless and extended files state their size each in its own way. */
function webpSize(head: Buffer): ImageSize | undefined {
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/** ISO/IEC 23008-12: `ispe` properties hold the sizes of the tiles and of the whole, which is the largest; `irot` turns it. */
function heicSize(head: Buffer): ImageSize | undefined {
  let largest: ImageSize | undefined;
  for (let at = head.indexOf('ispe'); at >= 0 && at + 16 <= head.length; at = head.indexOf('ispe', at + 4)) {
    const size = { width: head.readUInt32BE(at + 8), height: head.readUInt32BE(at + 12) };
    if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
  }
  const turn = head.indexOf('irot');
  const quarter = turn >= 0 && (head[turn + 4] ?? 0) % 2 === 1;
  return largest && quarter ? { width: largest.height, height: largest.width } : largest;
}
