/** What Krea takes as an input file, told by its first bytes: names and endings lie. */
export interface AssetType {
  /** As Krea wants it in an upload: `image/jpeg`, never `image/jpg`. */
  readonly mime: string;
  readonly ending: string;
  readonly media: 'image' | 'video' | 'audio';
}

/** Bytes from the start of a file that say its type. */
export const assetHeadBytes = 64;

/** Bytes: what `POST /assets` takes at most (its published description, 2026-05). */
export const mostAssetBytes = 75 * 1024 * 1024;

const jpeg: AssetType = { mime: 'image/jpeg', ending: 'jpg', media: 'image' };
const png: AssetType = { mime: 'image/png', ending: 'png', media: 'image' };
const webp: AssetType = { mime: 'image/webp', ending: 'webp', media: 'image' };
const heic: AssetType = { mime: 'image/heic', ending: 'heic', media: 'image' };
const mp4: AssetType = { mime: 'video/mp4', ending: 'mp4', media: 'video' };
const mov: AssetType = { mime: 'video/quicktime', ending: 'mov', media: 'video' };
const webm: AssetType = { mime: 'video/webm', ending: 'webm', media: 'video' };
const wav: AssetType = { mime: 'audio/wav', ending: 'wav', media: 'audio' };
const mp3: AssetType = { mime: 'audio/mpeg', ending: 'mp3', media: 'audio' };

/** `undefined` for everything that Krea does not take: GIF, SVG, AVIF, Matroska, M4A, text. */
export function assetTypeOf(head: Buffer): AssetType | undefined {
  const text = (from: number, to: number): string => head.toString('latin1', from, to);
  if (text(0, 3) === '\xff\xd8\xff') return jpeg;
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return png;
  if (text(0, 4) === 'RIFF') return text(8, 12) === 'WEBP' ? webp : text(8, 12) === 'WAVE' ? wav : undefined;
  if (text(0, 4) === '\x1aE\xdf\xa3') return text(4, assetHeadBytes).includes('webm') ? webm : undefined;
  if (text(4, 8) === 'ftyp') return byBrands(text(8, 12), text(16, Math.min(head.length, head.readUInt32BE(0))));
  // files of older QuickTime have no ftyp
  if (['moov', 'mdat', 'wide'].includes(text(4, 8))) return mov;
  return text(0, 3) === 'ID3' || isLayer3(head) ? mp3 : undefined;
}

/** ISO/IEC 14496-12: the major brand, then those it is compatible with, four letters each. */
function byBrands(major: string, compatible: string): AssetType | undefined {
  if (major === 'qt  ') return mov;
  if (/^hei[cxms]$|^hev[cx]$/.test(major)) return heic;
  // a still of any codec; AVIF is one too
  if (major === 'mif1' || major === 'msf1') return /hei[cx]/.test(compatible) ? heic : undefined;
  return /^(avi[fs]|M4[ABP] |crx )$/.test(major) ? undefined : mp4;
}

/** The header of an MPEG audio frame, layer III, none of its values a forbidden one. */
function isLayer3(head: Buffer): boolean {
  const [sync = 0, kind = 0, rates = 0] = head;
  const [version, layer, bitrate, samplerate] = [(kind >> 3) & 3, (kind >> 1) & 3, rates >> 4, (rates >> 2) & 3];
  return sync === 0xff && kind >= 0xe0 && version !== 1 && layer === 1 && bitrate !== 15 && bitrate !== 0 && samplerate !== 3;
}
