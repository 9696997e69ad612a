import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readSidecar, type Sidecar } from '../../src/takes/sidecar';
import { moveSidecar, writeSidecar } from '../../src/takes/writeSidecar';
import { emptyFolder } from '../support/emptyFolder';
import { noHardLinks } from '../support/noHardLinks';

const sample: Sidecar = {
  schema: 'krea-video/take/1',
  shot: 'SH010',
  take: 3,
  state: 'completed',
  job_id: '550e8400-e29b-41d4-a716-446655440000',
  endpoint: '/generate/video/kling/kling-2.5',
  request: { prompt: 'A lighthouse. See https://example.com/?x=1#y', duration: 5, reference_images: ['https://gen.krea.ai/a.png'] },
  request_hash: 'a'.repeat(64),
  source: { file: 'boards/storm.storyboard.md', shot_hash: null, commit: 'abc', dirty: false },
  inputs: [{ role: 'start', path: 'stills/sh010.png', sha256: 'b'.repeat(64) }],
  price: { estimate: 0.3667, currency: 'USD', catalogue_date: '2026-10-09' },
  times: {
    intended: '2026-11-22T14:03:07.000Z',
    submitted: '2026-11-22T14:03:08.000Z',
    completed: null,
    saved: '2026-11-22T14:05:00.000Z',
  },
  output: {
    file: 'SH010_take-003.mp4',
    sha256: 'c'.repeat(64),
    bytes: 1233,
    width: 64,
    height: 36,
    seconds: 1,
    video_codec: 'h264',
    audio_codec: null,
  },
  submit: { attempts: 1, ambiguous: false },
};

const written = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const ways = [
  ['with hard links', undefined],
  ['without hard links', noHardLinks],
] as const;

for (const [how, makeLink] of ways) {
  describe(`writing a sidecar ${how}`, () => {
    it('leaves one file that reads back as what was written', async () => {
      const folder = emptyFolder();
      assert.deepEqual(await writeSidecar(path.join(folder, 'a.json'), sample, makeLink), { kind: 'written' });
      assert.deepEqual(readdirSync(folder), ['a.json']);
      assert.deepEqual(readSidecar(written(path.join(folder, 'a.json'))), sample);
    });

    it('replaces the same job’s, and never another’s or a stranger’s', async () => {
      const folder = emptyFolder();
      const file = path.join(folder, 'a.json');
      await writeSidecar(file, sample, makeLink);
      assert.deepEqual(await writeSidecar(file, { ...sample, state: 'perhaps' }, makeLink), { kind: 'written' });
      assert.deepEqual(await writeSidecar(file, { ...sample, job_id: 'other' }, makeLink), { kind: 'nameTaken' });
      assert.partialDeepStrictEqual(written(file), { state: 'perhaps', job_id: sample.job_id });
      for (const [name, content] of [
        ['b.json', ''],
        ['c.json', '{"job_id":"other"}'],
        ['d.json', 'my notes'],
      ] as const) {
        writeFileSync(path.join(folder, name), content);
        assert.deepEqual(await writeSidecar(path.join(folder, name), sample, makeLink), { kind: 'nameTaken' });
        assert.equal(readFileSync(path.join(folder, name), 'utf8'), content);
      }
      assert.deepEqual(readdirSync(folder).sort(), ['a.json', 'b.json', 'c.json', 'd.json']);
    });

    it('gives a name to one of many that want it at once', async () => {
      const file = path.join(emptyFolder(), 'a.json');
      const jobs = Array.from({ length: 20 }, (_, index) => ({ ...sample, job_id: `job-${index}` }));
      const results = await Promise.all(jobs.map((job) => writeSidecar(file, job, makeLink)));
      const winners = jobs.filter((_, index) => results[index]?.kind === 'written');
      assert.equal(winners.length, 1);
      assert.deepEqual(results.filter(({ kind }) => kind === 'nameTaken').length, 19);
      assert.deepEqual(readSidecar(written(file)), winners[0]);
      assert.deepEqual(readdirSync(path.dirname(file)), ['a.json']);
    });
  });
}

describe('a sidecar', () => {
  it('holds no signed address, no picture, no absolute path and no name of a person', async () => {
    const file = path.join(emptyFolder(), 'a.json');
    await writeSidecar(file, {
      ...sample,
      request: {
        prompt: sample.request.prompt ?? null,
        start_image: 'https://ann:secret@gen.krea.ai/a.png?X-Signature=secret#secret',
        end_image: 'data:image/png;base64,c2VjcmV0',
        edit_video: 'file:///home/ann/clip.mp4',
        multi: [
          { url: 'https://gen.krea.ai/b.png?token=secret', path: '/home/ann/c.png', win: 'C:\\Users\\ann\\d.png', unc: '\\\\ann\\e.png' },
        ],
        duration: 5,
      },
      source: { file: '/home/ann/film/storm.md', shot_hash: null, commit: null, dirty: null },
      inputs: [
        { role: 'start', path: 'C:\\Users\\ann\\stills\\sh010.png', sha256: null },
        { role: 'end', path: 'file:///home/ann/last.png', sha256: null },
      ],
      output: { ...sample.output, file: '/home/ann/takes/SH010_take-003.mp4' },
    });
    const text = readFileSync(file, 'utf8');
    assert.doesNotMatch(text, /secret|ann|c2VjcmV0|C:|data:image\/png;/);
    assert.partialDeepStrictEqual(written(file), {
      request: {
        prompt: 'A lighthouse. See https://example.com/?x=1#y',
        start_image: 'https://gen.krea.ai/a.png',
        end_image: 'data:image/png,',
        edit_video: 'clip.mp4',
        multi: [{ url: 'https://gen.krea.ai/b.png', path: 'c.png', win: 'd.png', unc: 'e.png' }],
        duration: 5,
      },
      source: { file: 'storm.md' },
      inputs: [{ path: 'sh010.png' }, { path: 'last.png' }],
      output: { file: 'SH010_take-003.mp4' },
    });
  });

  const faults: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'krea-video/take/1'],
    ['another schema', { ...sample, schema: 'krea-video/take/2' }],
    ['no job', { ...sample, job_id: undefined }],
    ['a number for a text', { ...sample, endpoint: 5 }],
    ['a broken take', { ...sample, take: 1.5 }],
    ['negative bytes', { ...sample, output: { ...sample.output, bytes: -1 } }],
    ['a clip elsewhere', { ...sample, output: { ...sample.output, file: '../../secret.mp4' } }],
    ['a clip on Windows elsewhere', { ...sample, output: { ...sample.output, file: '..\\secret.mp4' } }],
    ['another currency', { ...sample, price: { ...sample.price, currency: 'EUR' } }],
    ['inputs that are no list', { ...sample, inputs: {} }],
  ];
  for (const [what, value] of faults) it(`is not read from ${what}`, () => assert.equal(readSidecar(value), undefined));

  it('is read without what may be missing, and without what a later version adds', () => {
    const { shot, source, ...rest } = sample;
    assert.deepEqual(readSidecar({ ...rest, later: 1 }), { ...sample, shot: null, source: null });
    assert.ok(shot && source);
  });
});

describe('moving a sidecar', () => {
  it('writes the new one and removes the old one of the same job', async () => {
    const folder = emptyFolder();
    const [from, to] = [path.join(folder, 'a_take-003.json'), path.join(folder, 'a_take-004.json')];
    await writeSidecar(from, sample);
    assert.deepEqual(await moveSidecar(from, to, { ...sample, take: 4 }), { kind: 'written' });
    assert.deepEqual(readdirSync(folder), ['a_take-004.json']);
    assert.deepEqual(await moveSidecar(from, to, { ...sample, take: 4 }), { kind: 'written' });
  });

  it('leaves another job’s old one where it is, and goes to no name that is taken', async () => {
    const folder = emptyFolder();
    const [from, to] = [path.join(folder, 'a.json'), path.join(folder, 'b.json')];
    await writeSidecar(from, { ...sample, job_id: 'other' });
    assert.deepEqual(await moveSidecar(from, to, sample), { kind: 'written' });
    assert.deepEqual(readdirSync(folder), ['a.json', 'b.json']);
    assert.deepEqual(await moveSidecar(to, from, sample), { kind: 'nameTaken' });
    assert.deepEqual(readdirSync(folder), ['a.json', 'b.json']);
  });
});

describe('a sidecar that cannot be written', () => {
  it('tells that the folder is gone', async () => {
    const folder = emptyFolder();
    assert.deepEqual(await writeSidecar(path.join(folder, 'gone/a.json'), sample), {
      kind: 'trouble',
      reason: 'folderGone',
      code: 'ENOENT',
    });
    writeFileSync(path.join(folder, 'file'), '');
    assert.deepEqual(await writeSidecar(path.join(folder, 'file/a.json'), sample), {
      kind: 'trouble',
      reason: 'folderGone',
      code: 'ENOTDIR',
    });
  });

  it('takes a folder of that name for a name that is taken', async () => {
    const file = path.join(emptyFolder(), 'a.json');
    mkdirSync(file);
    assert.deepEqual(await writeSidecar(file, sample), { kind: 'nameTaken' });
  });
});
