import assert from 'node:assert/strict';
import type { Job } from '../../src/jobs/job';
import type { SwitchChange } from '../../src/simulator/switches';
import { kling, Lab, type LabWindow } from './jobsLab';

const minute = 60_000;

describe('jobs: one call shows three or more', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: [{ status: 'processing', forMs: 3 * minute }], jobsVisibleTo: 'workspace' } });
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const submit = async (window: LabWindow, count: number): Promise<Job[]> => {
    const jobs: Job[] = [];
    for (let index = 0; index < count; index++)
      jobs.push(await window.submit({ destination: { ...lab.order().destination, stem: `s${index}` } }));
    await lab.until('all to run', async () => {
      const states = await Promise.all(jobs.map(async ({ id }) => (await lab.job(id)).state.name));
      return states.every((state) => state === 'running');
    });
    return jobs;
  };
  const untilDone = (jobs: readonly Job[]): Promise<void> =>
    lab.until('all to be done', async () =>
      (await Promise.all(jobs.map(({ id }) => lab.job(id)))).every(({ state }) => state.name === 'done'),
    );
  const polls = (from: number) => {
    const asked = lab.simulator.requests.filter(({ method, origin, at }) => method === 'GET' && origin === 'api' && at > from);
    return { pages: asked.filter(({ path }) => path === '/jobs'), single: asked.filter(({ path }) => path.startsWith('/jobs/')) };
  };
  const allRunning = async (count: number) => {
    const jobs = await submit(lab.window(), count);
    return { jobs, from: lab.clock.now() };
  };

  it('two jobs are asked after one by one', async () => {
    const { jobs, from } = await allRunning(2);
    await untilDone(jobs);
    assert.equal(polls(from).pages.length, 0);
    assert.ok(polls(from).single.length > 20);
  });

  it('five jobs cost no more calls than one, and the clips come from the addresses of the list', async () => {
    const { jobs, from } = await allRunning(5);
    await untilDone(jobs);
    const { pages, single } = polls(from);
    assert.ok(pages.length > 10 && pages.length <= 3 * 12 + 6, `${pages.length} pages`);
    assert.ok(single.length <= 8, `${single.length} single calls`); // when fewer than three are left
    for (const { id } of jobs) assert.equal((await lab.job(id)).state.name, 'done');
    assert.equal(lab.files().length, 10);
  });

  it('others’ jobs, one a second, push none of ours out of sight', async function () {
    this.timeout(60_000);
    lab.simulator.set({ concurrency: { running: 900, backlog: 900 } });
    const { jobs, from } = await allRunning(4);
    const [, ben] = lab.simulator.tokens;
    for (let second = 0; second < 170; second++) {
      const answer = await fetch(new URL(kling, lab.simulator.apiBase), {
        method: 'POST',
        headers: { authorization: `Bearer ${ben?.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ prompt: 'theirs', duration: 5 }),
      });
      assert.equal(answer.status, 200);
      await lab.turn(1000);
    }
    assert.ok(polls(from).pages.length > 20);
    // one had its turn before there were three
    assert.ok(polls(from).single.length <= 1, 'every job was on its page');
    await untilDone(jobs);
    assert.equal(lab.files().length, 8);
  });

  it('a job that the list does not show is asked after by itself, one a round, and is never gone', async () => {
    const { jobs, from } = await allRunning(4);
    lab.simulator.set({ listLagMs: 60 * minute });
    await lab.turn(2 * minute, 1000);
    const { pages, single } = polls(from);
    assert.ok(single.length >= pages.length - 2 && single.length <= pages.length + 2, `${pages.length} pages, ${single.length} calls`);
    for (const { id } of jobs) assert.equal((await lab.job(id)).state.name, 'running');
    assert.equal(new Set(single.map(({ path }) => path)).size, 4, 'each in its turn');
    await untilDone(jobs);
  });

  const lists: readonly (readonly [string, SwitchChange])[] = [
    ['answers 500', { faults: [{ method: 'GET', path: '/jobs', count: 1e9, act: { kind: 'answer', status: 500, body: 'html' } }] }],
    ['is cut off', { faults: [{ method: 'GET', path: '/jobs', count: 1e9, act: { kind: 'truncatedJson' } }] }],
    ['is not there', { faults: [{ method: 'GET', path: '/jobs', count: 1e9, act: { kind: 'answer', status: 404, body: 'json' } }] }],
  ];
  for (const [what, switches] of lists)
    it(`a list that ${what}: the jobs are found all the same`, async () => {
      const { jobs } = await allRunning(3);
      lab.simulator.set(switches);
      await untilDone(jobs);
      assert.equal(lab.files().length, 6);
    });

  it('an end without a file is not believed of the list alone', async () => {
    const { jobs } = await allRunning(3);
    const items = lab.simulator.jobs.map(({ id, createdAt }) => ({
      job_id: id,
      status: 'completed',
      created_at: new Date(createdAt).toISOString(),
      result: null,
    }));
    const body = { text: JSON.stringify({ items, next_cursor: null }), contentType: 'application/json' };
    lab.simulator.set({ faults: [{ method: 'GET', path: '/jobs', count: 1e9, act: { kind: 'answer', status: 200, body } }] });
    await lab.turn(minute, 1000);
    for (const { id } of jobs) assert.equal((await lab.job(id)).state.name, 'running');
    await untilDone(jobs);
    assert.equal(lab.files().length, 6);
  });

  it('no call goes out once nothing is live', async () => {
    const { jobs } = await allRunning(3);
    await untilDone(jobs);
    await lab.until('rest', () => !lab.markerIsThere);
    const before = lab.simulator.requests.length;
    await lab.turn(60 * minute);
    assert.equal(lab.simulator.requests.length, before);
  });
});
