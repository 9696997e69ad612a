/** The type that the first bytes of an upload say it is, whatever its name or the client says; undefined for what is not taken. */
export function fileType(bytes: Buffer): string | undefined {
  const text = (from: number, to: number): string => bytes.toString('latin1', from, to);
  if (text(0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (text(0, 4) === 'glTF') return 'model/gltf-binary';
  if (text(0, 4) === 'RIFF') return ({ WEBP: 'image/webp', WAVE: 'audio/wav' } as const)[text(8, 12)];
  if (text(0, 4) === '\x1aE\xdf\xa3') return text(0, 64).includes('webm') ? 'video/webm' : undefined;
  if (text(4, 8) === 'ftyp') return ofBrand(text(8, 12));
  const isSound = text(0, 3) === 'ID3' || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2);
  return isSound ? 'audio/mpeg' : undefined;
}

function ofBrand(brand: string): string | undefined {
  if (brand === 'qt  ') return 'video/quicktime';
  if (/^(hei[cxms]|hevc|mif1)$/.test(brand)) return 'image/heic';
  return /^(avif|avis|M4A )$/.test(brand) ? undefined : 'video/mp4';
}
