import assert from 'node:assert/strict';
import type { Job } from '../../src/jobs/job';
import { Lab, type LabWindow } from './jobsLab';

const minute = 60_000;

describe('jobs: one window watches for all', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: [{ status: 'processing', forMs: 3 * minute }] } });
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const submit = (window: LabWindow, stem: string): Promise<Job> => window.submit({ destination: { ...lab.order().destination, stem } });
  const untilAll = (jobs: readonly Job[], state: string): Promise<void> =>
    lab.until(`all to be ${state}`, async () =>
      (await Promise.all(jobs.map(({ id }) => lab.job(id)))).every((job) => job.state.name === state),
    );
  const polls = (from = 0) =>
    lab.simulator.requests.filter(({ method, path, at }) => method === 'GET' && path.startsWith('/jobs') && at > from).map(({ at }) => at);
  const watchers = (): LabWindow[] => lab.windows.filter(({ log }) => log.some((line) => line.includes('watches for all')));
  const mostInAMinute = (): number => {
    const sent = lab.simulator.requests.filter(({ origin }) => origin === 'api').map(({ at }) => at);
    return Math.max(...sent.map((from) => sent.filter((at) => at >= from && at < from + minute).length));
  };

  it('three windows with jobs of their own: one polls, each saves its own, no more calls than one window', async () => {
    const windows = [lab.window(), lab.window(), lab.window()];
    const jobs: Job[] = [];
    for (const [index, window] of windows.entries()) jobs.push(await submit(window, `a${index}`), await submit(window, `b${index}`));
    await untilAll(jobs, 'running');
    const from = lab.clock.now();
    await untilAll(jobs, 'done');
    assert.ok(polls(from).length <= 3 * 12 + 14, `${polls(from).length} polls`); // each window asks once for the addresses of its clips
    assert.equal(
      watchers().length,
      1,
      watchers()
        .map(({ id }) => id)
        .join(),
    );
    for (const [index, { log }] of windows.entries())
      assert.equal(log.filter((line) => line.includes('saved as')).length, 2, `window ${index + 1}`);
    assert.ok(windows.every(({ log }) => !log.some((line) => line.includes('taken over'))));
    assert.equal(lab.files().length, 12);
    assert.ok(mostInAMinute() <= 65);
  });

  it('when the one that watches closes, another does within 10 s', async () => {
    const [first, second] = [lab.window(), lab.window()];
    const jobs = [await submit(first, 'a'), await submit(second, 'b')];
    await untilAll(jobs, 'running');
    await lab.turn(20_000, 1000);
    const [watcher] = watchers();
    assert.ok(watcher);
    await watcher.close();
    const closed = lab.clock.now();
    await lab.until('a poll', () => polls(closed).length > 0);
    assert.ok((polls(closed)[0] ?? 0) - closed <= 10_000);
    await untilAll(jobs, 'done');
    assert.equal(lab.files().length, 4);
  });

  it('a window that only looks on asks the one that watches to look at once', async () => {
    const [first, second] = [lab.window(), lab.window()];
    const { id } = await submit(first, 'a');
    await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
    await second.jobs.start();
    await lab.turn(12_000, 1000);
    for (let times = 0; times < 3; times++) {
      const asked = lab.clock.now();
      const before = polls().length;
      second.jobs.lookNow();
      await lab.settle();
      await lab.turn(500, 100);
      assert.ok(polls().length > before, `${lab.clock.now() - asked} ms`);
      await lab.turn(700, 100);
    }
    assert.equal(watchers().length, 1);
  });

  it('a window of another account watches its own jobs, and leaves those of the first alone', async () => {
    const [ann, ben] = [lab.window(), lab.window({ token: 'ben', account: 'account-2' })];
    const jobs = [await submit(ann, 'a'), await submit(ben, 'b')];
    await untilAll(jobs, 'done');
    const tokens = lab.simulator.requests.filter(({ path }) => path.startsWith('/jobs/')).map(({ path, token }) => `${path} ${token}`);
    assert.equal(new Set(tokens).size, 2);
    assert.equal(watchers().length, 2);
  });

  it('what a window that has lost the watch still hears is not written', async () => {
    const [first, second] = [lab.window(), lab.window()];
    const { id } = await submit(first, 'a');
    await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
    const job = await lab.job(id);
    const [lease] = await leasesOf(first);
    assert.ok(lease);
    await second.parts.ledger.file.use((database) =>
      database.prepare("UPDATE watches SET owner = 'another-1', epoch = epoch + 1 WHERE account = ?").run(job.account),
    );
    const failed = { name: 'failed', endedAt: 1, failure: {}, withoutVideo: false, ...accepted(job) } as const;
    assert.equal(await first.parts.ledger.move(job, ['running'], failed, lease), false);
    assert.equal((await lab.job(id)).state.name, 'running');
  });
});

async function leasesOf({ parts }: LabWindow) {
  const rows = await parts.ledger.file.use((database) => database.prepare('SELECT * FROM watches').all());
  return rows.map((row) => ({
    account: String(row.account),
    apiBase: String(row.api_base),
    owner: String(row.owner),
    epoch: Number(row.epoch),
    looksAsked: 0,
  }));
}

function accepted({ state }: Job) {
  assert.ok(state.name === 'running');
  const { name: _, ...rest } = state;
  return rest;
}
