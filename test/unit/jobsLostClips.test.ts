import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '../../src/jobs/jobParts';
import type { LostClip, LostClips } from '../../src/jobs/lostClips';
import { kling, Lab, type LabWindow } from './jobsLab';

const minute = 60_000;
const never = new AbortController().signal;

describe('jobs: lost clips', () => {
  let lab: Lab;
  let window: LabWindow;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: [{ status: 'processing', forMs: minute }], concurrency: { running: 1e4 } } });
    window = lab.window();
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const connection = async (): Promise<Connection> => (await window.parts.connect()) ?? assert.fail('no connection');
  /** Made elsewhere: by the web app, another machine, a colleague, or by us before the ledger was set aside. */
  async function elsewhere(count = 1): Promise<void> {
    for (let n = 0; n < count; n++)
      await fetch(`${lab.simulator.apiBase}${kling}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${lab.simulator.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ prompt: 'somewhere else' }),
      });
  }
  async function find(signal = never, onRead: (jobs: number) => void = () => undefined): Promise<LostClips> {
    let found: LostClips | undefined;
    const finding = window.jobs.findLostClips(await connection(), signal, onRead).then((value) => {
      found = value;
    });
    await lab.until('the list', () => found !== undefined);
    await finding;
    return found ?? assert.fail();
  }
  async function clips(): Promise<readonly LostClip[]> {
    const found = await find();
    return found.kind === 'found' ? found.clips : assert.fail(found.kind);
  }
  const order = () => lab.order({ endpoint: '', prompt: 'Clip found at Krea', estimate: { kind: 'unknown' } });

  it('are finished jobs that no row has; saved on the user’s choice, without a POST', async () => {
    const own = await window.run();
    await elsewhere();
    assert.deepEqual(await clips(), [], 'still at work');
    await lab.turn(2 * minute, 5000);
    const [clip, ...more] = await clips();
    assert.ok(clip);
    assert.deepEqual(more, []);
    assert.notEqual(clip.jobId, 'jobId' in own.state && own.state.jobId);
    assert.ok(
      await window.jobs.adoptLostClip(clip, { ...order(), destination: { ...lab.order().destination, stem: 'found' } }, await connection()),
    );
    const [row] = await lab
      .until('the row', () => window.jobs.newest.length === 2)
      .then(() => window.jobs.newest.filter(({ id }) => id !== own.id));
    assert.ok(row);
    await lab.until('done', async () => (await lab.job(row.id)).state.name === 'done');
    const { state } = await lab.job(row.id);
    assert.ok(state.name === 'done');
    assert.deepEqual(readFileSync(state.saved.clip), lab.clip);
    assert.ok(lab.sidecar(state.saved.sidecar).submit.ambiguous);
    assert.deepEqual(await clips(), []);
    assert.equal(await window.jobs.adoptLostClip(clip, order(), await connection()), false, 'twice');
    assert.equal(lab.posts.filter(({ token }) => token === 'ann').length, 2);
  });

  it('can be looked at first; the clip that was looked at is the one that is saved', async () => {
    await elsewhere();
    await lab.turn(2 * minute);
    const [clip] = await clips();
    assert.ok(clip);
    const shown = await window.jobs.previewLostClip(clip, await connection(), never);
    assert.ok(shown.kind === 'clip');
    assert.deepEqual(readFileSync(shown.file), lab.clip);
    assert.deepEqual(lab.files(), []);
    assert.ok(await window.jobs.adoptLostClip(clip, order(), await connection(), shown));
    await lab.until('saved', () => lab.files().length === 2);
    await lab.until('the watch to rest', () => window.atRest);
    assert.ok(!existsSync(shown.file));
    assert.equal(lab.simulator.jobs[0]?.downloads, 1);
    assert.deepEqual(lab.files(join(lab.storage, 'clips')), []);
  });

  it('are read to the end of a long list', async () => {
    await elsewhere(230);
    await lab.turn(2 * minute);
    const read: number[] = [];
    const found = await find(never, (jobs) => read.push(jobs));
    assert.ok(found.kind === 'found' && found.complete);
    assert.equal(found.clips.length, 230);
    assert.deepEqual(read, [100, 230]);
  });

  it('leave out what may be the job of an open request, until the user said that it is not', async () => {
    lab.simulator.set({
      faults: [
        { method: 'POST', path: '/generate/*', act: { kind: 'reset', moment: 'afterHandling' } },
        { path: '/jobs/*', count: 1e9, act: { kind: 'captivePortal' } },
      ],
    });
    const { id } = await window.submit();
    await lab.until('perhaps', async () => (await lab.job(id)).state.name === 'perhaps');
    await elsewhere();
    await lab.turn(2 * minute, 5000);
    assert.deepEqual(await clips(), []);
    const { state } = await lab.job(id);
    assert.ok(await window.jobs.notMine(id));
    assert.deepEqual(
      (await clips()).map(({ jobId }) => jobId),
      ['jobId' in state && state.jobId],
    );
  });

  it('say so when the list cannot be read, and end at once when the user cancels', async () => {
    lab.simulator.set({
      faults: [
        { path: '/jobs', act: { kind: 'captivePortal' } },
        { path: '/jobs', nth: 2, act: { kind: 'answer', status: 401, body: 'json' } },
      ],
    });
    assert.equal((await find()).kind, 'trouble');
    assert.deepEqual(await find(), { kind: 'noAccess', status: 401 });
    const stop = new AbortController();
    stop.abort();
    assert.equal((await find(stop.signal)).kind, 'trouble');
  });
});
