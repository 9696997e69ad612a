import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { MkvOutputFormat, MovOutputFormat, Mp4OutputFormat } from 'mediabunny';
import { inspectClip } from '../../src/takes/inspectClip';
import { emptyFolder } from '../support/emptyFolder';
import { remuxedClip } from '../support/remuxedClip';
import { clipFile, tinyClip } from '../support/tinyClip';

const { signal } = new AbortController();
const inspect = async (bytes: Buffer | string) => inspectClip(await clipFile('clip.mp4', Buffer.from(bytes)), signal);

const box = (type: string, content: string) => Buffer.concat([Buffer.from([0, 0, 0, 8 + content.length]), Buffer.from(type + content)]);

describe('inspecting a clip', () => {
  it('reads size, length and codecs from the file, and its hash', async () => {
    const clip = await tinyClip({ width: 36, height: 64, seconds: 2 });
    const { sha256, ...rest } = { sha256: '', ...(await inspect(clip)) };
    assert.deepEqual(rest, {
      kind: 'clip',
      container: 'mp4',
      bytes: clip.length,
      width: 36,
      height: 64,
      seconds: 2,
      videoCodec: 'h264',
      audioCodec: null,
    });
    assert.equal(sha256, createHash('sha256').update(clip).digest('hex'));
  });

  const containers = [
    ['a mov turned on its side', () => remuxedClip(new MovOutputFormat(), { rotation: 90 }), { container: 'mov', width: 36, height: 64 }],
    ['a mov turned over', () => remuxedClip(new MovOutputFormat(), { rotation: 180 }), { container: 'mov', width: 64, height: 36 }],
    [
      'a clip with sound',
      () => remuxedClip(new Mp4OutputFormat(), { sound: true }),
      { container: 'mp4', videoCodec: 'h264', audioCodec: 'pcm-s16' },
    ],
    [
      'a clip with its index in front',
      () => remuxedClip(new Mp4OutputFormat({ fastStart: 'in-memory' })),
      { container: 'mp4', seconds: 1 },
    ],
    ['a clip in fragments', () => remuxedClip(new Mp4OutputFormat({ fastStart: 'fragmented' })), { container: 'mp4', width: 64 }],
    ['a Matroska file', () => remuxedClip(new MkvOutputFormat()), { container: 'webm', width: 64, height: 36, videoCodec: 'h264' }],
  ] as const;
  for (const [what, make, expected] of containers) {
    it(`knows ${what}`, async () => assert.partialDeepStrictEqual(await inspect(await make()), { kind: 'clip', ...expected }));
  }

  it('keeps a clip of a codec that nobody knows: it is paid for', async () => {
    const clip = Buffer.from((await tinyClip()).toString('latin1').replaceAll('avc1', 'zzz1'), 'latin1');
    assert.partialDeepStrictEqual(await inspect(clip), {
      kind: 'clip',
      container: 'mp4',
      bytes: clip.length,
      videoCodec: null,
      audioCodec: null,
    });
  });

  it('keeps a complete file that the probe cannot read', async () => {
    const clip = await tinyClip();
    const broken = Buffer.from(clip);
    broken.fill(0xff, clip.indexOf('stsd') + 4, clip.indexOf('stsd') + 40);
    assert.partialDeepStrictEqual(await inspect(broken), { kind: 'clip', container: 'mp4', bytes: clip.length });
  });

  it('minds nothing that stands after the last box', async () => {
    assert.partialDeepStrictEqual(await inspect(Buffer.concat([await tinyClip(), Buffer.alloc(3)])), { kind: 'clip', seconds: 1 });
    assert.partialDeepStrictEqual(await inspect(Buffer.concat([await tinyClip(), Buffer.alloc(500)])), { kind: 'clip', seconds: 1 });
  });
});

describe('what is no video', () => {
  const table: readonly (readonly [string, () => Buffer | string | Promise<Buffer>, string])[] = [
    ['an empty file', () => '', 'empty'],
    ['a page', () => '<!DOCTYPE html><html><body>Sign in</body></html>', 'html'],
    ['a page after white space and a byte order mark', () => '\uFEFF\n  <html>', 'html'],
    ['an answer in XML', () => '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', 'html'],
    ['an answer in JSON', () => '{"error":"expired"}', 'json'],
    ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'unknown'],
    ['zeros', () => Buffer.alloc(5000), 'unknown'],
    ['one byte', () => 'x', 'unknown'],
    [
      'an index without tracks',
      () => Buffer.concat([box('ftyp', 'isom0000'), box('moov', 'what is this'), box('mdat', 'samples')]),
      'noPicture',
    ],
    ['sound alone', () => remuxedClip(new Mp4OutputFormat(), { picture: false, sound: true }), 'noPicture'],
    ['a Matroska file cut short', async () => (await remuxedClip(new MkvOutputFormat())).subarray(0, 600), 'cutOff'],
    ['a Matroska file of its first bytes', () => Buffer.from('1a45dfa3', 'hex'), 'cutOff'],
  ];
  for (const [what, make, expected] of table) {
    it(`is told: ${what}`, async () => assert.deepEqual(await inspect(await make()), { kind: 'notAVideo', what: expected }));
  }

  for (const [where, format] of [
    ['the end', new Mp4OutputFormat({ fastStart: false })],
    ['the front', new Mp4OutputFormat({ fastStart: 'in-memory' })],
  ] as const) {
    it(`is a clip with its index at ${where}, cut anywhere`, async () => {
      const clip = await remuxedClip(format);
      for (let length = 8; length < clip.length; length += 7) {
        assert.deepEqual(await inspect(clip.subarray(0, length)), { kind: 'notAVideo', what: 'cutOff' }, `${length} of ${clip.length}`);
      }
    });
  }
});

describe('inspecting what cannot be read', () => {
  it('tells trouble with the disk apart from a bad file', async () => {
    const folder = emptyFolder();
    assert.deepEqual(await inspectClip(path.join(folder, 'gone.mp4'), signal), { kind: 'trouble', reason: 'folderGone', code: 'ENOENT' });
    mkdirSync(path.join(folder, 'clip.mp4'));
    assert.partialDeepStrictEqual(await inspectClip(path.join(folder, 'clip.mp4'), signal), { kind: 'trouble' });
  });

  it('ends with its signal', async () => {
    await assert.rejects(inspectClip(await clipFile(), AbortSignal.abort(new Error('called off'))), /called off/);
  });

  it('holds a large file in pieces', async () => {
    // a hole of 300 MB in a box that says so: costs no disk, and would cost its length in memory
    const clip = await tinyClip();
    const hole = 300 * 2 ** 20;
    const free = Buffer.alloc(8);
    free.writeUInt32BE(hole);
    free.write('free', 4);
    const file = await clipFile('large.mp4', Buffer.concat([clip, free]));
    truncateSync(file, clip.length + hole);
    const before = process.memoryUsage().rss;
    assert.partialDeepStrictEqual(await inspectClip(file, signal), { kind: 'clip', bytes: clip.length + hole, seconds: 1 });
    assert.ok(process.memoryUsage().rss - before < hole / 2);
  }).timeout(20_000);
});
