import assert from 'node:assert/strict';
import { assetTypeOf } from '../../src/krea/assetType';
import { imageSize, type ReadAt } from '../../src/krea/imageSize';
import { heic, jpeg, png, sampleFiles, webp, withBrands } from '../support/inputFiles';

const reading =
  (file: Buffer): ReadAt =>
  async (position, length) =>
    file.subarray(position, position + length);
const text = (bytes: string): Buffer => Buffer.from(bytes, 'latin1');

describe('the type of an input file', () => {
  for (const [mime, bytes] of Object.entries(sampleFiles).filter(([mime]) => mime !== 'model/gltf-binary'))
    it(`is ${mime} by content`, () => assert.equal(assetTypeOf(bytes.subarray(0, 64))?.mime, mime));

  const more: readonly (readonly [string, Buffer, string | undefined])[] = [
    ['QuickTime without ftyp', text('\0\0\0\x08wide\0\0\0\x08mdat'), 'video/quicktime'],
    ['a frame of MPEG audio', text('\xff\xfb\x90\x64\0\0'), 'audio/mpeg'],
    ['a still that says HEVC among its brands', withBrands('mif1', 'mif1heic'), 'image/heic'],
    ['AVIF', withBrands('avif', 'mif1'), undefined],
    ['AVIF that calls itself a still', withBrands('mif1', 'avifmif1'), undefined],
    ['M4A', withBrands('M4A ', 'isom'), undefined],
    ['GIF', text('GIF89a\x10\0\x10\0'), undefined],
    ['SVG', text('<svg xmlns="http://www.w3.org/2000/svg"/>'), undefined],
    ['Matroska that is no WebM', Buffer.from('1a45dfa3934282886d6174726f736b61', 'hex'), undefined],
    ['AAC in ADTS', text('\xff\xf1\x50\x80\0\0'), undefined],
    ['UTF-16 text', text('\xff\xfeh\0i\0'), undefined],
    ['text', text('a heron'), undefined],
    ['three bytes', text('abc'), undefined],
    ['nothing', Buffer.alloc(0), undefined],
  ];
  for (const [what, bytes, mime] of more) it(`of ${what}: ${mime ?? 'none'}`, () => assert.equal(assetTypeOf(bytes)?.mime, mime));
});

describe('the size of an image', () => {
  const turned = (value: number, order: 'II' | 'MM') => jpeg(4000, 3000, { value, order });
  const rows: readonly (readonly [string, Buffer, readonly [number, number] | undefined])[] = [
    ['PNG', png(1280, 720), [1280, 720]],
    ['PNG cut off', png(1280, 720).subarray(0, 20), undefined],
    ['PNG of no height', png(1280, 0), undefined],
    ['JPEG', jpeg(1024, 768), [1024, 768]],
    ['JPEG upright, by Exif', turned(1, 'II'), [4000, 3000]],
    ['JPEG upside down, by Exif', turned(3, 'MM'), [4000, 3000]],
    ['JPEG turned, by Exif', turned(6, 'II'), [3000, 4000]],
    ['JPEG turned, by Exif of the other byte order', turned(8, 'MM'), [3000, 4000]],
    ['JPEG cut off before its frame', jpeg(1024, 768).subarray(0, 10), undefined],
    ['lossy WebP', webp(800, 600, 'VP8 '), [800, 600]],
    ['lossless WebP', webp(800, 600, 'VP8L'), [800, 600]],
    ['extended WebP', webp(8000, 600, 'VP8X'), [8000, 600]],
    ['HEIC, whose tiles are smaller', heic(4032, 3024), [4032, 3024]],
    ['HEIC, turned', heic(4032, 3024, true), [3024, 4032]],
    ['a video', sampleFiles['video/mp4'], undefined],
  ];
  for (const [what, file, size] of rows)
    it(`of ${what}: ${size?.join(' × ') ?? 'not known'}`, async () => {
      const type = assetTypeOf(file.subarray(0, 64)) ?? assert.fail('no type');
      const found = await imageSize(type, reading(file));
      assert.deepEqual(found && [found.width, found.height], size);
    });
});
