import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ChildWindow } from '../support/childWindow';
import { waitFor } from '../support/waitFor';
import { WindowProcess } from '../support/windowProcess';
import { Lab } from './jobsLab';

const minute = 60_000;

describe('jobs: two windows on one ledger', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: [{ status: 'processing', forMs: 3 * minute }] } });
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  it('the other leaves alone what a live window is about to send or is sending', async () => {
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'slow', delayMs: 5 * minute } }] });
    const [first, second] = [lab.window(), lab.window()];
    const sending = await first.submit();
    const waiting = await first.submit({ prompt: 'two' });
    await lab.until('the POST', () => lab.posts.length === 1);
    await second.jobs.start();
    await lab.turn(4 * minute, 5000);
    assert.equal((await lab.job(sending.id)).state.name, 'submitting');
    assert.equal((await lab.job(waiting.id)).state.name, 'intended');
    await lab.until(
      'both to be done',
      async () => (await lab.job(sending.id)).state.name === 'done' && (await lab.job(waiting.id)).state.name === 'done',
    );
    assert.equal(lab.posts.length, 2);
    assert.deepEqual(
      second.log.filter((line) => line.includes('taken over')),
      [],
    );
  });

  it('only the owner polls and saves; both see every step', async () => {
    const [first, second] = [lab.window(), lab.window()];
    const { id } = await first.submit();
    await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
    await second.jobs.start();
    await lab.until('both to rest', () => !lab.markerIsThere && first.atRest && second.atRest);
    await lab.assertSaved(id);
    await lab.until('the other to see it', () => second.statesOf(id).at(-1) === 'done');
    const polls = lab.simulator.requests.filter(({ method, path }) => method === 'GET' && path.startsWith('/jobs/')).length;
    assert.ok(polls <= 3 * 12 + 3, `${polls} polls in 3 min`);
  });

  const cancels: readonly (readonly [string, () => Promise<void>, number])[] = [
    [
      'before it is sent',
      async () => lab.simulator.set({ faults: [{ method: 'GET', path: '/jobs', act: { kind: 'slow', delayMs: minute } }] }),
      0,
    ],
    ['while waiting for a free place', async () => lab.simulator.set({ concurrency: { running: 1, heldByOthers: 1, overflow: 429 } }), 1],
    ['while being sent', async () => lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'slow', delayMs: 10_000 } }] }), 1],
    ['while running', async () => undefined, 1],
  ];
  for (const [when, arrange, posts] of cancels)
    it(`cancel from the other window ${when}`, async () => {
      await arrange();
      const [first, second] = [lab.window(), lab.window()];
      const { id } = await first.submit();
      await lab.until('its moment', async () => {
        const { name } = (await lab.job(id)).state;
        if (when === 'before it is sent') return lab.simulator.requests.length === 1;
        return when === 'while running'
          ? name === 'running'
          : lab.posts.length === 1 && name === (when === 'while being sent' ? 'submitting' : 'intended');
      });
      await second.jobs.start();
      await second.jobs.cancel(id);
      await lab.until('the end', async () => (await lab.job(id)).state.name === 'cancelled');
      await lab.turn(5 * minute, 5000);
      assert.equal(lab.posts.length, posts);
      assert.equal(lab.simulator.jobs[0]?.chargedUsd ?? 0, 0);
      assert.ok(first.atRest && second.atRest);
    });

  it('after one has closed the other goes on, and there is one clip', async () => {
    const [first, second] = [lab.window(), lab.window()];
    const { id } = await first.submit();
    await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
    await second.jobs.start();
    await lab.turn(10_000, 1000);
    await first.close();
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
    await lab.assertSaved(id);
    assert.ok(second.log.some((line) => line.includes('taken over')));
  });

  it('a window that was at rest notices on focus', async () => {
    const [first, second] = [lab.window(), lab.window()];
    await second.jobs.start();
    const { id } = await first.submit();
    await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
    await first.close();
    second.jobs.lookNow();
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
    await lab.assertSaved(id);
  });

  it('a window that closes before the POST sends nothing; the next says so and sends nothing either', async () => {
    lab.simulator.set({ faults: [{ method: 'GET', path: '/jobs', act: { kind: 'hang', moment: 'beforeReading' } }] });
    const first = lab.window();
    const { id } = await first.submit();
    await lab.until('the GET', () => lab.simulator.requests.length === 1);
    await first.close();
    const second = lab.window();
    await second.jobs.start();
    await lab.until('not sent', async () => (await lab.job(id)).state.name === 'notSent');
    await lab.turn(60 * minute);
    assert.equal(lab.posts.length, 0);
    assert.ok(!lab.markerIsThere);
    await second.jobs.sendNow(id);
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
    await lab.assertSaved(id);
  });

  it('a window that closes during the POST waits for its answer, and the id is written', async () => {
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'slow', delayMs: 5000 } }] });
    const [first, second] = [lab.window(), lab.window()];
    const { id } = await first.submit();
    await lab.until('the POST', () => lab.posts.length === 1);
    await second.jobs.start();
    const closing = first.close();
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
    await closing;
    await lab.assertSaved(id);
    assert.ok(!second.log.some((line) => line.includes('unknown')), 'the other took it for dead while it was waiting');
  });

  it('five windows that wake and rest at random leave no lock, no open file and no job twice', async () => {
    lab.simulator.set({ jobScript: [{ status: 'queued', forMs: 1000 }], concurrency: { running: 99 } });
    const windows = Array.from({ length: 5 }, () => lab.window());
    const jobs = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const window = windows[index % windows.length];
        assert.ok(window);
        await lab.clock.advance((index * 37) % 400);
        return window.submit({ prompt: `take ${index}`, destination: { ...lab.order().destination, stem: `s${index}` } });
      }),
    );
    await lab.until('all to be done', async () => !lab.markerIsThere && windows.every(({ atRest }) => atRest));
    for (const { id } of jobs) assert.equal((await lab.job(id)).state.name, 'done', lab.story());
    assert.equal(lab.posts.length, 12);
    assert.equal(lab.files().length, 24);
    assert.deepEqual(readdirSync(join(lab.storage, 'windows')), []);
    assert.ok(windows.every(({ log }) => !log.some((line) => line.includes('taken over'))));
  });
});

describe('jobs: a window that is killed', () => {
  let lab: Lab;
  let children: WindowProcess[];
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: [{ status: 'processing', forMs: 3 * minute }] } });
    children = [];
  });
  afterEach(async () => {
    for (const child of children) await child.kill();
    await lab.close();
    lab.assertClean();
    for (const { output } of children) assert.ok(!output.includes(lab.simulator.token));
  });

  const child = (change: Partial<ChildWindow>): WindowProcess => {
    const started = new WindowProcess(lab, { windowId: `c${children.length + 1}`, ...change });
    children.push(started);
    return started;
  };
  const beatOf = (windowId: string): number => {
    const database = new DatabaseSync(join(lab.storage, 'windows.sqlite'), { timeout: 5000 });
    try {
      return Number(database.prepare('SELECT max(beat) AS beat FROM beats WHERE owner LIKE ?').get(`${windowId}-%`)?.beat ?? 0);
    } finally {
      database.close();
    }
  };
  const stateOf = async (id: string): Promise<string> =>
    existsSync(join(lab.storage, 'ledger.sqlite')) ? (await lab.job(id)).state.name : '';

  it('between writing it down and the POST: not sent, by anybody', async () => {
    const first = child({ submit: 'a', withoutNetwork: true });
    await first.said('step a intended');
    await first.kill();
    assert.ok(lab.markerIsThere);
    const window = lab.window();
    await window.jobs.start();
    await lab.until('not sent', async () => (await lab.job('a')).state.name === 'notSent');
    const { state } = await lab.job('a');
    assert.equal(state.name === 'notSent' && state.why, 'windowEnded');
    await lab.turn(60 * minute);
    assert.equal(lab.simulator.requests.length, 0);
    assert.ok(!lab.markerIsThere);
  });

  for (const moment of ['afterReading', 'afterHandling'] as const)
    it(`during the POST (${moment}): unclear, and one POST`, async () => {
      lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'hang', moment } }] });
      const first = child({ submit: 'a' });
      await lab.simulator.waitFor(() => lab.posts[0]?.answer === 'hanging');
      await first.kill();
      const window = lab.window();
      await window.jobs.start();
      await lab.until('unclear', async () => ['unknown', 'perhaps'].includes((await lab.job('a')).state.name));
      await lab.turn(60 * minute);
      assert.equal(lab.posts.length, 1);
    });

  it('while running: the next window goes on, one clip, one POST', async () => {
    const first = child({ submit: 'a' });
    await first.runs('a');
    await first.kill();
    const window = lab.window();
    await window.jobs.start();
    await lab.until('done', async () => (await stateOf('a')) === 'done');
    await lab.assertSaved('a');
  });

  it('while downloading: the next window goes on, one clip', async () => {
    lab.simulator.set({ jobScript: [{ status: 'completed' }], faults: [{ origin: 'files', act: { kind: 'stalledAnswer' } }] });
    const first = child({ submit: 'a' });
    await first.said('step a downloading');
    await lab.simulator.waitFor(() => lab.simulator.requests.some(({ origin, answer }) => origin === 'files' && answer === 'hanging'));
    await first.kill();
    const window = lab.window();
    await window.jobs.start();
    await lab.until('done', async () => (await stateOf('a')) === 'done');
    await lab.assertSaved('a');
    await lab.until('the watch to rest', () => window.atRest);
    assert.deepEqual(readdirSync(join(lab.storage, 'clips')), []);
  });

  it('while another window is open: that one goes on', async () => {
    const first = child({ submit: 'a' });
    await first.runs('a');
    const window = lab.window();
    await window.jobs.start();
    for (let checks = 0; checks < 6; checks++) {
      const before = beatOf('c1');
      await waitFor('the other to work on', () => beatOf('c1') > before, { everyMs: 5 }); // its clock is not the one that is turned
      await lab.turn(5000);
    }
    assert.ok(!window.log.some((line) => line.includes('taken over')), window.log.join('\n'));
    await first.kill();
    await lab.until('done', async () => (await stateOf('a')) === 'done');
    await lab.assertSaved('a');
  });

  it('stopped, not killed: its jobs stay its own', async function () {
    if (process.platform === 'win32') return this.skip();
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'hang', moment: 'afterHandling' } }] });
    const first = child({ submit: 'a' });
    await lab.simulator.waitFor(() => lab.posts.length === 1);
    first.signal('SIGSTOP');
    const window = lab.window();
    await window.jobs.start();
    await lab.turn(10 * minute, 10_000);
    assert.equal(await stateOf('a'), 'submitting');
    first.signal('SIGCONT');
  });

  it('after the end nothing keeps a process alive: no timer, no socket, no file', async () => {
    lab.simulator.set({ jobScript: [{ status: 'completed' }] });
    const first = child({ submit: 'a' });
    assert.equal(await first.ended(), 0, first.output);
    await lab.assertSaved('a');
    assert.ok(!lab.markerIsThere);
    assert.deepEqual(readdirSync(join(lab.storage, 'windows')), []);
    lab.assertNowhere(lab.simulator.token);
  });
});
