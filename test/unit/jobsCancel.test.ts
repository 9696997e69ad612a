import assert from 'node:assert/strict';
import type { Fault } from '../../src/simulator/faults';
import type { SwitchChange } from '../../src/simulator/switches';
import { Lab } from './jobsLab';

const minute = 60_000;
const deletes = (lab: Lab): number => lab.simulator.requests.filter(({ method }) => method === 'DELETE').length;
const onDelete = (act: Fault['act'], count = 1): Fault => ({ method: 'DELETE', act, count });

describe('jobs: cancel', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: [{ status: 'processing', forMs: 3 * minute }] } });
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const stopped: readonly (readonly [string, SwitchChange, number?])[] = [
    ['the service then says cancelled', { afterDelete: 'cancelled' }],
    ['the service then knows it no more', { afterDelete: 'notFound' }],
    ['the DELETE works, but its answer is lost', { faults: [onDelete({ kind: 'reset', moment: 'afterHandling' })] }],
    [
      'the DELETE works, its answer is lost, and the job is gone',
      { afterDelete: 'notFound', faults: [onDelete({ kind: 'reset', moment: 'afterHandling' })] },
    ],
    ['the first two DELETEs do not arrive', { faults: [onDelete({ kind: 'answer', status: 502, body: 'html' }, 2)] }, 3],
    ['still in the backlog', { jobScript: [{ status: 'backlogged', forMs: 9 * minute }] }],
    ['just submitted, while GET says 404', { earlyNotFound: 3 }],
  ];
  for (const [name, switches, most = 1] of stopped)
    it(`while running: ${name}`, async () => {
      lab.simulator.set(switches);
      const window = lab.window();
      const { id } = await window.submit();
      await lab.until('accepted', async () => 'jobId' in (await lab.job(id)).state);
      await window.jobs.cancel(id);
      await lab.until('the end', async () => (await lab.job(id)).state.name === 'cancelled');
      const { state } = await lab.job(id);
      assert.equal(state.name === 'cancelled' && state.by, 'us');
      assert.equal(deletes(lab), most);
      assert.equal(lab.simulator.jobs[0]?.chargedUsd, 0);
      await lab.until('the watch to rest', () => window.atRest);
    });

  const goesOn: readonly (readonly [string, SwitchChange])[] = [
    ...([400, 404, 409] as const).map((lateDelete) => [`the service says ${lateDelete}: too late`, { lateDelete, deletable: [] }] as const),
    ['the service says yes and finishes all the same', { lateDelete: 'accepted but completes', deletable: [] }],
    ['the DELETE loses the race', { deleteLosesRace: true }],
  ];
  for (const [name, switches] of goesOn)
    it(`while running: ${name}, and the paid clip is saved`, async () => {
      lab.simulator.set(switches);
      const window = lab.window();
      const { id } = await window.submit();
      await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
      await window.jobs.cancel(id);
      await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
      await lab.assertSaved(id);
      assert.equal(deletes(lab), 1);
      const tooLate = 'lateDelete' in switches && typeof switches.lateDelete === 'number';
      assert.deepEqual(window.warnings, tooLate ? [{ kind: 'cancelTooLate', id }] : []);
      assert.equal((await lab.job(id)).cancelAskedAt, undefined);
    });

  it('downloads a job that has finished, instead of deleting it', async () => {
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
    const [job] = lab.simulator.jobs;
    assert.ok(job);
    lab.simulator.finish(job.id);
    await window.jobs.cancel(id);
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
    await lab.assertSaved(id);
    assert.equal(deletes(lab), 0);
  });

  it('acts soon', async () => {
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
    const asked = lab.clock.now();
    await window.jobs.cancel(id);
    await lab.until('the end', async () => (await lab.job(id)).state.name === 'cancelled');
    assert.ok(lab.clock.now() - asked < 3000, `${lab.clock.now() - asked} ms`);
  });

  it('before it is sent is free and sends nothing', async () => {
    lab.simulator.set({ faults: [{ method: 'GET', path: '/jobs', act: { kind: 'slow', delayMs: 5000 } }] });
    const window = lab.window();
    const { id } = await window.submit();
    await window.jobs.cancel(id);
    assert.equal((await lab.job(id)).state.name, 'cancelled');
    await lab.turn(10 * minute);
    assert.equal(lab.posts.length, 0);
    assert.equal((await lab.job(id)).state.name, 'cancelled');
    assert.ok(!lab.markerIsThere);
  });

  it('during the POST waits for its answer, then acts', async () => {
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'slow', delayMs: 20_000 } }] });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the POST', () => lab.posts.length === 1);
    assert.equal((await lab.job(id)).state.name, 'submitting');
    await window.jobs.cancel(id);
    assert.equal((await lab.job(id)).state.name, 'submitting');
    await lab.until('the end', async () => (await lab.job(id)).state.name === 'cancelled');
    assert.equal(lab.simulator.jobs[0]?.chargedUsd, 0);
    assert.equal(lab.posts.length, 1);
  });

  it('while waiting for a free place (429) is free', async () => {
    lab.simulator.set({ concurrency: { running: 1, heldByOthers: 1, overflow: 429 } });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the first 429', async () => lab.posts.length === 1 && (await lab.job(id)).state.name === 'intended');
    await window.jobs.cancel(id);
    await lab.turn(10 * minute);
    assert.equal((await lab.job(id)).state.name, 'cancelled');
    assert.equal(lab.posts.length, 1);
  });

  it('of a job that waits behind another does not wait for it', async () => {
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'slow', delayMs: 60_000 } }] });
    const window = lab.window();
    await window.submit();
    const second = await window.submit({ prompt: 'two' });
    await lab.until('the first POST', () => lab.posts.length === 1);
    await window.jobs.cancel(second.id);
    assert.equal((await lab.job(second.id)).state.name, 'cancelled');
    await lab.turn(5 * minute);
    assert.equal(lab.posts.length, 1);
  });

  it('of a job that has ended changes nothing', async () => {
    const window = lab.window();
    const job = await window.run();
    await window.jobs.cancel(job.id);
    await lab.turn(minute);
    assert.equal((await lab.job(job.id)).cancelAskedAt, undefined);
    assert.equal(deletes(lab), 0);
  });

  it('is carried out by the next window after one that ended between DELETE and its GET', async () => {
    lab.simulator.set({
      afterDelete: 'notFound',
      faults: [{ method: 'GET', path: '/jobs/*', nth: 2, count: 9, act: { kind: 'hang', moment: 'beforeReading' } }],
    });
    const first = lab.window();
    const { id } = await first.submit();
    await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
    lab.simulator.set({ faults: [{ method: 'DELETE', act: { kind: 'hang', moment: 'afterHandling' } }] });
    await first.jobs.cancel(id);
    await lab.until('the DELETE', () => deletes(lab) === 1);
    await first.close();
    lab.simulator.set({ faults: [] });
    const second = lab.window();
    await second.jobs.start();
    await lab.until('the end', async () => (await lab.job(id)).state.name === 'cancelled');
    assert.equal(deletes(lab), 1);
  });
});
