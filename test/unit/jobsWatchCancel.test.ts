import assert from 'node:assert/strict';
import type { Job } from '../../src/jobs/job';
import { Lab, type LabWindow } from './jobsLab';

const minute = 60_000;

describe('jobs: how soon a cancel acts', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: [{ status: 'processing', forMs: 9 * minute }], concurrency: { running: 40 } } });
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const running = async (window: LabWindow, count: number): Promise<Job[]> => {
    const jobs: Job[] = [];
    for (let index = 0; index < count; index++)
      jobs.push(await window.submit({ destination: { ...lab.order().destination, stem: `s${index}` } }));
    await lab.until('all to run', async () =>
      (await Promise.all(jobs.map(({ id }) => lab.job(id)))).every(({ state }) => state.name === 'running'),
    );
    return jobs;
  };
  const deletes = () => lab.simulator.requests.filter(({ method }) => method === 'DELETE');
  const krea = async ({ id }: Job): Promise<string> => {
    const { state } = await lab.job(id);
    return 'jobId' in state && state.jobId ? state.jobId : '';
  };
  const mostInAMinute = (): number => {
    const sent = lab.simulator.requests.filter(({ origin }) => origin === 'api').map(({ at }) => at);
    return Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + minute).length));
  };

  for (const [where, from] of [
    ['the window that watches', 0],
    ['another window', 1],
  ] as const)
    for (const count of [1, 2, 6])
      it(`of ${count} from ${where}: one GET, then DELETE within 1 s, the rest in order`, async () => {
        const windows = [lab.window(), lab.window()];
        const [first] = windows;
        assert.ok(first);
        const jobs = await running(first, count);
        await windows[1]?.jobs.start();
        await lab.turn(20_000, 1000);
        const asked = lab.clock.now();
        const before = lab.simulator.requests.length;
        for (const { id } of jobs) await windows[from]?.jobs.cancel(id);
        await lab.until('the first DELETE', () => deletes().length > 0);
        assert.ok((deletes()[0]?.at ?? 0) - asked <= 1000, `${(deletes()[0]?.at ?? 0) - asked} ms`);
        const firstId = jobs[0] ? await krea(jobs[0]) : '';
        const upTo = lab.simulator.requests.slice(before).filter(({ path }) => path.endsWith(firstId));
        assert.deepEqual(
          upTo.slice(0, 2).map(({ method }) => method),
          ['GET', 'DELETE'],
        );
        await lab.until('all to be cancelled', async () =>
          (await Promise.all(jobs.map(({ id }) => lab.job(id)))).every(({ state }) => state.name === 'cancelled'),
        );
        assert.deepEqual(
          deletes().map(({ path }) => path),
          await Promise.all(jobs.map(async (job) => `/jobs/${await krea(job)}`)),
        );
        assert.ok((deletes().at(-1)?.at ?? 0) - asked <= 2000 * count, `${(deletes().at(-1)?.at ?? 0) - asked} ms`);
        assert.ok(mostInAMinute() <= 65);
      });

  it('while a poll hangs', async () => {
    const window = lab.window();
    const jobs = await running(window, 2);
    lab.simulator.set({ faults: [{ method: 'GET', path: '/jobs/*', count: 1, act: { kind: 'hang', moment: 'afterReading' } }] });
    await lab.until('the poll', () => lab.simulator.requests.some(({ answer }) => answer === 'hanging'));
    const asked = lab.clock.now();
    for (const { id } of jobs) await window.jobs.cancel(id);
    await lab.until('the first DELETE', () => deletes().length > 0);
    assert.ok((deletes()[0]?.at ?? 0) - asked <= 1000);
  });

  it('while a batch is being sent: before what is still to be sent', async () => {
    const window = lab.window();
    const [job] = await running(window, 1);
    assert.ok(job);
    await lab.turn(20_000, 1000);
    for (let index = 0; index < 12; index++) await window.submit({ destination: { ...lab.order().destination, stem: `t${index}` } });
    await lab.until('some to be sent', () => lab.posts.length >= 5);
    const asked = lab.clock.now();
    await window.jobs.cancel(job.id);
    await lab.until('the DELETE', () => deletes().length > 0);
    assert.ok((deletes()[0]?.at ?? 0) - asked <= 1000, `${(deletes()[0]?.at ?? 0) - asked} ms`);
    assert.ok(mostInAMinute() <= 65);
  });

  it('a DELETE that hangs does not keep the others waiting for ever', async () => {
    const window = lab.window();
    const jobs = await running(window, 3);
    lab.simulator.set({ faults: [{ method: 'DELETE', act: { kind: 'hang', moment: 'afterHandling' } }] });
    const asked = lab.clock.now();
    for (const { id } of jobs) await window.jobs.cancel(id);
    await lab.until('all to be cancelled', async () =>
      (await Promise.all(jobs.map(({ id }) => lab.job(id)))).every(({ state }) => state.name === 'cancelled'),
    );
    assert.ok(lab.clock.now() - asked <= minute);
  });
});
