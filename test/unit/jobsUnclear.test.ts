import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobState } from '../../src/jobs/job';
import type { Fault } from '../../src/simulator/faults';
import { kling, Lab, type LabWindow } from './jobsLab';

const minute = 60_000;
const hour = 60 * minute;

/** The service takes the request, or never sees it; we hear nothing of it. */
const lost = (moment: 'afterHandling' | 'afterReading', nth = 1, count = 1): Fault => ({
  method: 'POST',
  path: '/generate/*',
  nth,
  count,
  act: { kind: 'reset', moment },
});

describe('jobs: a request without a clear answer', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: [{ status: 'processing', forMs: 3 * minute }] } });
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
    assert.equal(lab.simulator.requests.filter(({ method }) => method === 'DELETE').length, 0);
  });

  const stateOf = async (id: string): Promise<JobState> => (await lab.job(id)).state;
  const reaches = (id: string, name: JobState['name']): Promise<void> => lab.until(name, async () => (await stateOf(id)).name === name);
  const clipIsHere = (id: string): Promise<void> =>
    lab.until('its clip', async () => {
      const state = await stateOf(id);
      return state.name === 'perhaps' && state.clip !== undefined;
    });
  const lists = (): number => lab.simulator.requests.filter(({ method, path }) => method === 'GET' && path === '/jobs').length;
  const rest = (window: LabWindow): Promise<void> => lab.until('the watch to rest', () => window.atRest);

  it('is found as perhaps, its clip is fetched apart from the takes, and is a take when the user knows it', async () => {
    lab.simulator.set({ faults: [lost('afterHandling')] });
    const window = lab.window();
    const { id } = await window.submit();
    await clipIsHere(id);
    const state = await stateOf(id);
    assert.ok(state.name === 'perhaps' && state.clip);
    assert.equal(state.jobId, lab.simulator.jobs[0]?.id);
    assert.equal(state.others, 0);
    assert.deepEqual(readFileSync(state.clip.file), lab.clip);
    assert.deepEqual(lab.files(), [], 'a take already');
    await rest(window);
    assert.ok(await window.jobs.recognise(id));
    await reaches(id, 'done');
    await lab.assertSaved(id);
    const done = await stateOf(id);
    assert.ok(done.name === 'done' && lab.sidecar(done.saved.sidecar).submit.ambiguous);
    assert.equal(lab.simulator.jobs[0]?.downloads, 1);
    await rest(window);
    assert.deepEqual(lab.files(join(lab.storage, 'clips')), []);
    assert.ok(!lab.markerIsThere);
    assert.equal(lab.posts.length, 1);
  });

  it('is closed when Krea has listed no such job for long enough, and not before', async () => {
    lab.simulator.set({ faults: [lost('afterReading')] });
    const window = lab.window();
    const { id } = await window.submit();
    await reaches(id, 'unknown');
    const ended = lab.clock.now();
    await lab.turn(2.2 * hour, minute);
    assert.equal((await stateOf(id)).name, 'unknown');
    await reaches(id, 'closed');
    const after = lab.clock.now() - ended;
    assert.ok(after >= 2.25 * hour && after <= 2.5 * hour, `${after / hour} h`);
    assert.ok(lists() <= 45, `${lists()} lists`);
    await rest(window);
    assert.ok(!lab.markerIsThere);
    const before = lab.simulator.requests.length;
    await lab.turn(5 * hour);
    assert.equal(lab.simulator.requests.length, before);
  });

  it('is closed only after two lists ten minutes apart when the machine was off meanwhile', async () => {
    lab.simulator.set({
      faults: [lost('afterReading'), { method: 'GET', path: '/jobs', nth: 2, count: 1e9, act: { kind: 'captivePortal' } }],
    });
    const first = lab.window();
    const { id } = await first.submit();
    await reaches(id, 'unknown');
    await first.close();
    await lab.turn(30 * hour);
    lab.simulator.set({ faults: [] });
    const second = lab.window();
    await second.jobs.start();
    const started = lab.clock.now();
    await reaches(id, 'closed');
    const after = lab.clock.now() - started;
    assert.ok(after >= 10 * minute && after < 12 * minute, `${after / minute} min`);
  });

  it('a list that breaks off proves nothing: it stays open', async () => {
    lab.simulator.set({
      faults: [lost('afterReading'), { method: 'GET', path: '/jobs', nth: 2, count: 1e9, act: { kind: 'truncatedJson' } }],
    });
    const { id } = await lab.window().submit();
    await reaches(id, 'unknown');
    await lab.turn(30 * hour);
    assert.equal((await stateOf(id)).name, 'unknown');
  });

  it('a stranger’s job in the same second, the only candidate, is never certain; ours turns up late and is found', async () => {
    lab.simulator.set({ faults: [lost('afterHandling')], listLagMs: 0 });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the POST', () => lab.simulator.jobs.length === 1);
    await stranger();
    const [ours, theirs] = lab.simulator.jobs;
    assert.ok(ours && theirs);
    await clipIsHere(id);
    const state = await stateOf(id);
    assert.ok(state.name === 'perhaps');
    assert.equal(state.jobId, ours.id, 'the one made first after the request');
    assert.ok(await window.jobs.notMine(id)); // the user errs, or it is the stranger's: either way the search goes on
    await lab.until('the other', async () => {
      const now = await stateOf(id);
      return now.name === 'perhaps' && now.jobId === theirs.id;
    });
    assert.ok(!existsSync(state.clip?.file ?? ''), 'what is not mine is not kept');
    await clipIsHere(id);
    assert.ok(await window.jobs.notMine(id));
    await reaches(id, 'closed');
  });

  it('a stranger’s job is the only one: the user says so, and the request is closed in time', async () => {
    lab.simulator.set({ faults: [lost('afterReading')] });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the POST', () => lab.posts.length === 1);
    await stranger();
    await clipIsHere(id);
    await lab.turn(5 * hour);
    assert.equal((await stateOf(id)).name, 'perhaps', 'only the user decides');
    assert.ok(await window.jobs.notMine(id));
    await reaches(id, 'closed');
    assert.deepEqual(lab.files(), []);
  });

  it('two requests lost at once: one of two rows each, none closed while the other’s guess may be its own', async () => {
    lab.simulator.set({ faults: [lost('afterReading', 1), lost('afterHandling', 2)] });
    const window = lab.window();
    const [one, two] = [await window.submit(), await window.submit({ prompt: 'two' })];
    await lab.until('both', async () => !['intended', 'submitting'].includes((await stateOf(two.id)).name));
    await lab.until('one guess', async () => [await stateOf(one.id), await stateOf(two.id)].some(({ name }) => name === 'perhaps'));
    await lab.turn(5 * hour, 5 * minute);
    const names = [(await stateOf(one.id)).name, (await stateOf(two.id)).name];
    assert.deepEqual(names.toSorted(), ['perhaps', 'unknown'], 'neither is closed');
    if (names[0] === 'perhaps') assert.ok(await window.jobs.notMine(one.id));
    await reaches(two.id, 'perhaps');
    await clipIsHere(two.id);
    assert.ok(await window.jobs.recognise(two.id));
    await reaches(two.id, 'done');
    await reaches(one.id, 'closed');
    await lab.assertSaved(two.id, { posts: 2 });
  });

  it('is not looked for while another request is on its way, whose job would be taken for its own', async () => {
    lab.simulator.set({ faults: [lost('afterReading'), { method: 'POST', nth: 2, act: { kind: 'slow', delayMs: minute } }] });
    const window = lab.window();
    const [one, two] = [await window.submit(), await window.submit({ prompt: 'two' })];
    await reaches(two.id, 'done');
    assert.deepEqual(
      window.statesOf(one.id).filter((name) => name === 'perhaps'),
      [],
    );
    await reaches(one.id, 'closed');
    await lab.assertSaved(two.id, { posts: 2 });
  });

  it('an answer that proves the job takes it from the row that only guessed at it', async () => {
    lab.simulator.set({ faults: [lost('afterReading'), lost('afterReading', 3)] });
    const window = lab.window();
    const one = await window.submit();
    await lab.until('the POST', () => lab.posts.length === 1);
    await stranger();
    await clipIsHere(one.id);
    const two = await window.submit({ prompt: 'two' });
    await reaches(two.id, 'unknown');
    const guess = await stateOf(one.id);
    assert.ok(guess.name === 'perhaps');
    const proof = { name: 'queued', jobId: guess.jobId, status: 'queued', submittedAt: 1, acceptedAt: 2, attempts: 1 } as const;
    assert.ok(await window.parts.ledger.recordAccepted(await lab.job(two.id), proof));
    const left = await stateOf(one.id);
    assert.ok(left.name === 'unknown' && left.notMine?.includes(guess.jobId));
    await reaches(two.id, 'done');
    await reaches(one.id, 'closed');
    await lab.assertSaved(two.id, { posts: 3 });
  });

  const ends = [
    ['failed', { status: 'failed' }, 'failed'],
    ['cancelled', { status: 'cancelled' }, 'cancelled'],
  ] as const;
  for (const [name, step, end] of ends)
    it(`a perhaps that ends as ${name} waits for the user, and ends so when it is theirs`, async () => {
      lab.simulator.set({ faults: [lost('afterHandling')], jobScript: [{ status: 'processing', forMs: minute }, step] });
      const window = lab.window();
      const { id } = await window.submit();
      await reaches(id, 'perhaps');
      assert.equal(await window.jobs.recognise(id), false, 'nothing to know it by yet');
      await lab.until('its end', async () => {
        const state = await stateOf(id);
        return state.name === 'perhaps' && state.phase === end;
      });
      await rest(window);
      assert.ok(await window.jobs.recognise(id));
      assert.equal((await stateOf(id)).name, end);
      assert.ok(!lab.markerIsThere);
    });

  it('another window decides, also while the owner is at work on it', async () => {
    lab.simulator.set({ faults: [lost('afterHandling')] });
    const [first, second] = [lab.window(), lab.window()];
    const { id } = await first.submit();
    await reaches(id, 'perhaps');
    await second.jobs.start();
    await clipIsHere(id);
    assert.ok(await second.jobs.recognise(id));
    await reaches(id, 'done');
    await lab.assertSaved(id);
  });

  it('requests of one account go one at a time, whatever window sends them', async () => {
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'slow', delayMs: minute } }] });
    const [first, second] = [lab.window(), lab.window()];
    const one = await first.submit();
    await lab.until('the POST', () => lab.posts.length === 1);
    const two = await second.submit({ prompt: 'two', destination: { ...lab.order().destination, stem: 'two' } });
    await lab.until('both', async () => (await stateOf(one.id)).name === 'done' && (await stateOf(two.id)).name === 'done');
    const [sent, next] = lab.posts.map(({ at }) => at);
    assert.ok(sent && next && next - sent >= minute, `${next && sent && next - sent} ms`);
    const looks = lab.simulator.requests.filter(({ method, path, at }) => method === 'GET' && path === '/jobs' && at < (next ?? 0));
    assert.ok(looks.length <= 4, `${looks.length} looks while it waited`);
  });

  it('with a wrong clock the times are still those of the service', async () => {
    for (const ms of [-25 * hour, 25 * hour]) {
      const skew = { ms };
      lab.simulator.set({ faults: [lost('afterHandling')], clockSkewMs: 3 * hour });
      const window = lab.window({ skew });
      const { id } = await window.submit({ prompt: `${ms}` });
      skew.ms = 0;
      await reaches(id, 'perhaps');
      const state = await stateOf(id);
      assert.ok(state.name === 'perhaps' && state.jobId === lab.simulator.jobs.at(-1)?.id);
      await window.close();
    }
  });

  it('many jobs of others, at one and the same millisecond: the list is read to its edge', async () => {
    lab.simulator.set({ faults: [lost('afterHandling')], sameTimes: true, concurrency: { running: 1e4 } });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the POST', () => lab.simulator.jobs.length === 1);
    for (let n = 0; n < 130; n++) await stranger();
    await lab.until('them to be counted', async () => {
      const state = await stateOf(id);
      return state.name === 'perhaps' && state.counted === true;
    });
    const state = await stateOf(id);
    assert.equal(state.name === 'perhaps' && state.others, 130);
  });

  async function stranger(): Promise<void> {
    const answer = await fetch(`${lab.simulator.apiBase}${kling}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${lab.simulator.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'of somebody else' }),
    });
    assert.equal(answer.status, 200);
  }
});
