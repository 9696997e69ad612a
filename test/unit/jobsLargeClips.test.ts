import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Job } from '../../src/jobs/job';
import type { SwitchChange } from '../../src/simulator/switches';
import { Lab } from './jobsLab';

type Files = NonNullable<SwitchChange['files']>;

describe('jobs: a clip above the size that is saved unasked', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open();
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const downloads = (): number => lab.simulator.requests.filter(({ origin }) => origin === 'files').length;
  const ended = (id: string): Promise<void> =>
    lab.until('the end', async () => ['done', 'notFetched'].includes((await lab.job(id)).state.name));
  const waiting = ({ state }: Job): Job['state'] & { name: 'notFetched' } => {
    assert.ok(state.name === 'notFetched' && state.why === 'large', lab.story());
    return state;
  };

  const hosts: readonly (readonly [string, Files, 'announced' | 'counted'])[] = [
    ['that announces its size', {}, 'announced'],
    ['that announces no size', { length: 'none' }, 'counted'],
    ['that sends it in chunks', { length: 'chunked' }, 'counted'],
    ['that redirects', { redirect: 'otherHost' }, 'announced'],
  ];
  for (const way of ['direct', 'editor'] as const)
    for (const [name, files, told] of hosts)
      it(`at a host ${name} (${way}): it waits for a yes as long as it takes, then comes whole`, async () => {
        lab.simulator.set({ files });
        const most = lab.clip.length - 1;
        const window = lab.window({ way, askAbove: most });
        const { id } = await window.run();
        const { size } = waiting(await lab.job(id));
        assert.deepEqual(size, told === 'announced' ? { bytes: lab.clip.length } : { bytes: most, atLeast: true });
        await lab.until('the watch to rest', () => window.atRest);
        assert.deepEqual([lab.files(), lab.files(join(lab.storage, 'clips'))], [[], []]);
        const asked = lab.simulator.requests.length;
        await lab.turn(48 * 3_600_000, 3_600_000);
        assert.equal(lab.simulator.requests.length, asked, 'nothing is asked for meanwhile');
        await window.jobs.saveAgain(id);
        await ended(id);
        await lab.assertSaved(id);
      });

  it('a clip of just that size is saved unasked', async () => {
    const job = await lab.window({ askAbove: lab.clip.length }).run();
    await lab.assertSaved(job.id);
  });

  it('a size that is announced too large is asked about, and nothing of it is fetched', async () => {
    lab.simulator.set({ files: { length: 'long' } });
    const window = lab.window({ askAbove: lab.clip.length });
    const { id } = await window.run();
    assert.deepEqual(waiting(await lab.job(id)).size, { bytes: lab.clip.length + 1000 });
    lab.simulator.set({ files: { length: 'exact' } });
    await window.jobs.saveAgain(id);
    await ended(id);
    await lab.assertSaved(id);
  });

  it('a size that is announced too small brings no more than was announced', async () => {
    lab.simulator.set({ files: { length: 'short' } });
    const { state } = await lab.window({ askAbove: lab.clip.length - 1 }).run();
    assert.equal(state.name === 'notFetched' && state.why, 'network');
  });

  it('a yes holds in the window that takes the job over', async () => {
    const first = lab.window({ askAbove: 100 });
    const { id } = await first.run();
    lab.simulator.set({ faults: [{ origin: 'files', count: 99, act: { kind: 'reset', moment: 'beforeReading' } }] });
    const before = downloads();
    await first.jobs.saveAgain(id);
    await lab.until('a broken download', () => downloads() > before);
    await first.close();
    lab.simulator.set({ faults: [] });
    await lab.window({ askAbove: 100 }).jobs.start();
    await ended(id);
    await lab.assertSaved(id);
  });

  it('a clip that was saved once is fetched again unasked', async () => {
    const window = lab.window({ askAbove: 100 });
    const { id } = await window.run();
    await window.jobs.saveAgain(id);
    await ended(id);
    const { state } = await lab.job(id);
    assert.ok(state.name === 'done');
    rmSync(state.saved.clip);
    rmSync(state.saved.sidecar);
    await window.jobs.saveAgain(id);
    await lab.until('the clip', () => lab.files().some((name) => name.endsWith('.mp4')));
    await ended(id);
    await lab.assertSaved(id);
  });
});
