import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type FailPoint, listenAtFailPoints } from '../../src/takes/failPoint';
import { placeClip } from '../../src/takes/placeClip';
import { readSidecar, type Sidecar, sidecarSchema } from '../../src/takes/sidecar';
import { removeSidecar, writeSidecar } from '../../src/takes/writeSidecar';
import { emptyFolder } from '../support/emptyFolder';
import { noHardLinks } from '../support/noHardLinks';

const sidecar = (jobId: string): Sidecar => ({
  schema: sidecarSchema,
  shot: null,
  take: 1,
  state: 'completed',
  job_id: jobId,
  endpoint: '/generate/video/kling/kling-2.5',
  request: { prompt: 'a heron' },
  request_hash: 'hash',
  source: null,
  inputs: [],
  price: { estimate: null, currency: 'USD', catalogue_date: null },
  times: { intended: '2026-10-12T09:00:00.000Z', submitted: null, completed: null, saved: '2026-10-12T09:00:00.000Z' },
  output: { file: 'a_take-001.mp4', sha256: 'x', bytes: 1, width: null, height: null, seconds: null, video_codec: null, audio_codec: null },
  submit: { attempts: 1, ambiguous: false },
});

const failAt = (wanted: FailPoint) =>
  listenAtFailPoints((point) => {
    if (point === wanted) throw Object.assign(new Error('fault'), { code: 'EIO' });
  });

describe('takes: a step that fails', () => {
  let folder: string;
  beforeEach(() => {
    folder = emptyFolder();
  });
  afterEach(() => listenAtFailPoints(() => undefined));
  const at = (name: string) => path.join(folder, name);

  for (const point of ['clip: linked', 'clip: synced'] as const)
    it(`${point}: a clip whose name may not last does not stand under it, and the part stays`, async () => {
      writeFileSync(at('job-1.part'), 'the clip');
      failAt(point);
      assert.equal((await placeClip(at('job-1.part'), at('a_take-001.mp4'), new AbortController().signal)).kind, 'trouble');
      assert.deepEqual(readdirSync(folder), ['job-1.part']);
    });

  for (const point of ['sidecar: named', 'sidecar: synced'] as const)
    it(`${point}: the sidecar can be taken back, by its own job only`, async () => {
      failAt(point);
      assert.equal((await writeSidecar(at('a_take-001.json'), sidecar('job-1'))).kind, 'trouble');
      await removeSidecar(at('a_take-001.json'), 'job-2');
      assert.deepEqual(readdirSync(folder), ['a_take-001.json']);
      await removeSidecar(at('a_take-001.json'), 'job-1');
      assert.deepEqual(readdirSync(folder), []);
    });

  it('a name that was reserved before a kill, on a disk without hard links, is taken again', async () => {
    writeFileSync(at('.a_take-001.json.job-1.tmp'), '{');
    writeFileSync(at('a_take-001.json'), '');
    assert.equal((await writeSidecar(at('a_take-001.json'), sidecar('job-1'), noHardLinks)).kind, 'written');
    assert.equal(readSidecar(JSON.parse(readFileSync(at('a_take-001.json'), 'utf8')))?.job_id, 'job-1');
    assert.deepEqual(readdirSync(folder), ['a_take-001.json']);
  });

  it('a window that was stopped with a name reserved does not take away the clip that another has put there since', async () => {
    writeFileSync(at('job-1.part'), 'the clip');
    const clip = at('a_take-001.mp4');
    listenAtFailPoints((point) => {
      if (point !== 'name: reserved') return;
      writeFileSync(clip, 'the clip, by another window');
      throw Object.assign(new Error('fault'), { code: 'ENOENT' });
    });
    assert.equal((await placeClip(at('job-1.part'), clip, new AbortController().signal, noHardLinks)).kind, 'trouble');
    assert.equal(readFileSync(clip, 'utf8'), 'the clip, by another window');
  });

  it('somebody’s empty file is left alone', async () => {
    writeFileSync(at('a_take-001.json'), '');
    assert.equal((await writeSidecar(at('a_take-001.json'), sidecar('job-1'), noHardLinks)).kind, 'nameTaken');
    assert.equal(readFileSync(at('a_take-001.json'), 'utf8'), '');
    assert.ok(!existsSync(at('.a_take-001.json.job-1.tmp')));
  });
});
