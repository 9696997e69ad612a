import { crc32, deflateSync } from 'node:zlib';

/*
 * Files as people give them for input, as small as their headers allow: nothing looks further.
 */

/** The first bytes of a PNG: all that says its size. */
export function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(33);
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex').copy(head);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

/** A whole PNG, of one colour, for where an image is looked at. */
export function solidPng(width: number, height: number, [red, green, blue]: readonly [number, number, number] = [40, 90, 120]): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2], 8);
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 3, Buffer.of(red, green, blue))]);
  const rows = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  return Buffer.concat([png(0, 0).subarray(0, 8), chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}

/** A JPEG with a comment before its frame header; `orientation` as Exif counts it, in an Exif segment of either byte order. */
export function jpeg(width: number, height: number, orientation?: { readonly value: number; readonly order: 'II' | 'MM' }): Buffer {
  const frame = Buffer.from('ffc0000b080000000001011100', 'hex');
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([
    Buffer.from('ffd8', 'hex'),
    ...(orientation ? [exif(orientation)] : []),
    Buffer.from('fffe0004aaaa', 'hex'),
    frame,
  ]);
}

function exif({ value, order }: { readonly value: number; readonly order: 'II' | 'MM' }): Buffer {
  const big = Buffer.from('4d4d002a00000008000101120003000000010000000000000000', 'hex');
  const tiff = order === 'MM' ? big : Buffer.from('49492a0008000000010012010300010000000000000000000000', 'hex');
  if (order === 'MM') tiff.writeUInt16BE(value, 18);
  else tiff.writeUInt16LE(value, 18);
  const segment = Buffer.concat([Buffer.from('ffe10000', 'hex'), Buffer.from('Exif\0\0', 'latin1'), tiff]);
  segment.writeUInt16BE(segment.length - 2, 2);
  return segment;
}

/** In one of the three forms of RFC 9649. */
export function webp(width: number, height: number, form: 'VP8 ' | 'VP8L' | 'VP8X' = 'VP8X'): Buffer {
  const file = Buffer.alloc(40);
  file.write('RIFF\0\0\0\0WEBP', 'latin1');
  file.write(form, 12, 'latin1');
  if (form === 'VP8 ') {
    file.writeUInt16LE(width, 26);
    file.writeUInt16LE(height, 28);
  } else if (form === 'VP8L') {
    file.writeUInt8(0x2f, 20);
    file.writeUInt32LE((width - 1) | ((height - 1) << 14), 21);
  } else {
    file.writeUIntLE(width - 1, 24, 3);
    file.writeUIntLE(height - 1, 27, 3);
  }
  return file;
}

/** ISO base media: the first box, with its brands, and what follows. */
export function withBrands(major: string, compatible = '', rest: Buffer = Buffer.alloc(8)): Buffer {
  const box = Buffer.alloc(16 + compatible.length);
  box.writeUInt32BE(box.length);
  box.write(`ftyp${major}`, 4, 'latin1');
  box.write(compatible, 16, 'latin1');
  return Buffer.concat([box, rest]);
}

/** Sizes of the tiles and of the whole, and perhaps a quarter turn. */
export function heic(width: number, height: number, turned = false): Buffer {
  const size = (w: number, h: number): Buffer => {
    const box = Buffer.alloc(20);
    box.writeUInt32BE(20);
    box.write('ispe', 4, 'latin1');
    box.writeUInt32BE(w, 12);
    box.writeUInt32BE(h, 16);
    return box;
  };
  const turn = Buffer.from(`\0\0\0\x09irot${turned ? '\x01' : '\0'}`, 'latin1');
  return withBrands('heic', 'mif1heic', Buffer.concat([size(512, 512), size(width, height), turn]));
}

export const mp3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.alloc(64)]);
export const wav = Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'), Buffer.alloc(64)]);

/** One of each type that Krea takes, by the name it has for it. */
export const sampleFiles = {
  'image/jpeg': jpeg(1024, 768),
  'image/png': png(1280, 720),
  'image/webp': webp(800, 600),
  'image/heic': heic(4032, 3024),
  'video/mp4': withBrands('isom', 'isomiso2avc1mp41'),
  'video/quicktime': withBrands('qt  '),
  'video/webm': Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex'),
  'model/gltf-binary': Buffer.from('glTF\x02\0\0\0', 'latin1'),
  'audio/wav': wav,
  'audio/mpeg': mp3,
} as const;
