import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { JobState, Pause } from '../../src/jobs/job';
import { Jobs } from '../../src/jobs/jobs';
import { Ledger } from '../../src/jobs/ledger';
import { Lab, type LabWindow } from './jobsLab';

const minute = 60_000;
const hour = 60 * minute;

describe('jobs: accounts', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: [{ status: 'processing', forMs: 3 * minute }] } });
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const stateOf = async (id: string): Promise<JobState> => (await lab.job(id)).state;
  const running = async (window: LabWindow): Promise<string> => {
    const { id } = await window.submit();
    await lab.until('running', async () => (await stateOf(id)).name === 'running');
    return id;
  };
  const paused = (id: string, why: Pause): Promise<void> => lab.until(why, async () => (await lab.job(id)).paused === why);
  const done = (id: string): Promise<void> => lab.until('done', async () => (await stateOf(id)).name === 'done');
  const askedBy = (token: string): number => lab.simulator.requests.filter((request) => request.token === token).length;

  const others: readonly (readonly [string, Pick<LabWindow, 'token' | 'account'>, Pause, number])[] = [
    ['a token of another workspace', { token: 'ben', account: 'account-2' }, 'otherAccount', 1],
    ['no token', { token: 'none', account: 'account-1' }, 'noToken', 0],
  ];
  for (const [name, change, why, asked] of others)
    it(`${name} half-way: the job waits and says so, is asked for at most once an hour, and goes on when its own is back`, async () => {
      const window = lab.window();
      const id = await running(window);
      const before = { token: window.token, account: window.account };
      Object.assign(window, change);
      window.jobs.lookNow();
      await paused(id, why);
      await lab.turn(50 * minute, 10_000);
      assert.equal((await stateOf(id)).name, 'running');
      assert.equal(askedBy('ben'), asked);
      if (why === 'otherAccount') assert.deepEqual(window.warnings, [{ kind: 'paused', why }]);
      Object.assign(window, before);
      window.jobs.lookNow();
      await done(id);
      await lab.assertSaved(id);
      assert.equal((await lab.job(id)).paused, undefined);
    });

  it('a replaced token under the same account goes on', async () => {
    lab.simulator.set({ jobsVisibleTo: 'workspace' });
    const window = lab.window();
    const id = await running(window);
    window.token = 'ben';
    window.jobs.lookNow();
    await done(id);
    await lab.assertSaved(id);
  });

  it('another address: the job waits, and is not asked for there', async () => {
    const window = lab.window();
    const id = await running(window);
    const { apiBase } = window;
    window.apiBase = apiBase.replace('127.0.0.1', 'localhost');
    window.jobs.lookNow();
    await paused(id, 'otherAddress');
    const before = lab.simulator.requests.length;
    await lab.turn(hour);
    assert.equal(lab.simulator.requests.length, before);
    window.apiBase = apiBase;
    window.jobs.lookNow();
    await done(id);
  });

  it('a replaced token of the same workspace is adopted after one look that finds the job', async () => {
    lab.simulator.set({ jobsVisibleTo: 'workspace' });
    const window = lab.window();
    const id = await running(window);
    window.token = 'ben';
    window.account = 'account-2';
    window.jobs.lookNow();
    await done(id);
    await lab.assertSaved(id);
    const job = await lab.job(id);
    assert.equal(job.account, 'account-2');
    assert.equal(job.paused, undefined);
  });

  it('a request without an answer waits with its account, and is vouched for by another job of it', async () => {
    const window = lab.window();
    const first = await running(window);
    await done(first);
    lab.simulator.set({
      faults: [
        { method: 'POST', path: '/generate/*', act: { kind: 'reset', moment: 'afterHandling' } },
        { path: '/jobs', nth: 2, count: 3, act: { kind: 'captivePortal' } },
      ],
    });
    const { id } = await window.submit({ prompt: 'two', destination: { ...lab.order().destination, stem: 'two' } });
    await lab.until('unknown', async () => (await stateOf(id)).name === 'unknown');
    window.token = 'ben';
    window.account = 'account-2';
    window.jobs.lookNow();
    await paused(id, 'otherAccount');
    await lab.turn(5 * hour, minute);
    assert.equal((await stateOf(id)).name, 'unknown', 'another account’s list says nothing of it');
    lab.simulator.set({ jobsVisibleTo: 'workspace' });
    await lab.turn(hour, minute);
    await lab.until('perhaps', async () => (await stateOf(id)).name === 'perhaps');
    assert.equal((await lab.job(id)).account, 'account-2');
  });

  it('a token that is revoked half-way: the job stays, the user is told, and a new one goes on', async () => {
    const window = lab.window();
    const id = await running(window);
    lab.simulator.set({
      jobsVisibleTo: 'workspace',
      faults: [{ path: '/jobs*', count: 1e9, act: { kind: 'answer', status: 401, body: 'json' } }],
    });
    await lab.turn(6 * hour, minute);
    assert.equal((await stateOf(id)).name, 'running');
    assert.deepEqual(window.warnings[0], { kind: 'noAccess', status: 401 });
    lab.simulator.set({ faults: [] });
    window.token = 'ben';
    window.account = 'account-2';
    window.jobs.lookNow();
    await done(id);
    await lab.assertSaved(id);
  });

  it('a second ledger on the same account: its jobs are strangers, never certain, and both lose nothing', async () => {
    const window = lab.window();
    lab.simulator.set({ faults: [{ method: 'POST', path: '/generate/*', nth: 2, act: { kind: 'reset', moment: 'afterReading' } }] });
    const folder = join(lab.folder, 'second');
    const other = lab.window();
    const parts = { ...other.parts, ledger: new Ledger(folder, other.parts.clock, () => undefined), clipStore: join(folder, 'clips') };
    const second = new Jobs(parts, folder, () => 'theirs');
    const theirs = await second.submit(
      { ...lab.order(), destination: { ...lab.order().destination, stem: 'theirs' } },
      other.account,
      other.apiBase,
    );
    await lab.until('their POST', () => lab.simulator.jobs.length === 1);
    const { id } = await window.submit();
    await lab.until('unknown', async () => (await stateOf(id)).name !== 'submitting' && lab.posts.length === 2);
    await lab.turn(20 * minute, 5000);
    assert.notEqual((await stateOf(id)).name, 'done');
    assert.equal((await second.find(theirs.id))?.state.name, 'done');
    if ((await stateOf(id)).name === 'perhaps') assert.ok(await window.jobs.notMine(id));
    await lab.until('closed', async () => (await stateOf(id)).name === 'closed');
    await second.dispose();
  });
});
