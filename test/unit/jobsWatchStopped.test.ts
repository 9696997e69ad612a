import assert from 'node:assert/strict';
import { waitFor } from '../support/waitFor';
import { WindowProcess } from '../support/windowProcess';
import { Lab } from './jobsLab';

const minute = 60_000;

describe('jobs: a window that stops working', () => {
  let lab: Lab;
  let child: WindowProcess;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: [{ status: 'processing', forMs: 5 * minute }] } });
    child = new WindowProcess(lab, { windowId: 'c1', submit: 'a' });
  });
  afterEach(async () => {
    await child.kill();
    await lab.close();
    lab.assertClean();
    assert.ok(!child.output.includes(lab.simulator.token));
  });

  /** Turned milliseconds until the log of the other window says so. */
  const untilSaid = async (words: string): Promise<number> => {
    const window = lab.window();
    await window.jobs.start();
    await lab.settle();
    const from = lab.clock.now();
    while (!window.log.some((line) => line.includes(words))) {
      assert.ok(lab.clock.now() - from < 2 * minute, window.log.join('\n'));
      await lab.turn(500);
    }
    return lab.clock.now() - from;
  };

  it('killed: replaced within 10 s', async () => {
    await child.runs('a');
    await child.kill();
    assert.ok((await untilSaid('taken over from a closed window')) <= 10_000);
    await lab.until('done', async () => (await lab.job('a')).state.name === 'done');
    await lab.assertSaved('a');
  });

  it('stopped: its accepted job goes on elsewhere after four checks; when it goes on itself it changes nothing', async function () {
    if (process.platform === 'win32') return this.skip();
    await child.runs('a');
    child.signal('SIGSTOP');
    const late = await untilSaid('taken over from a stopped window');
    assert.ok(late >= 15_000 && late <= 25_000, `${late} ms`);
    await lab.until('done', async () => (await lab.job('a')).state.name === 'done');
    await lab.assertSaved('a');
    child.signal('SIGCONT');
    assert.equal(await child.ended(), 0, child.output);
    assert.ok(!child.output.includes('step a failed'));
    await lab.assertSaved('a');
  });

  it('stopped while it downloads: another saves the clip, and there is one', async function () {
    if (process.platform === 'win32') return this.skip();
    lab.simulator.set({ faults: [{ origin: 'files', act: { kind: 'stalledAnswer' } }] });
    await child.runs('a');
    const [job] = lab.simulator.jobs;
    assert.ok(job);
    lab.simulator.finish(job.id);
    await child.said('step a downloading');
    await lab.simulator.waitFor(() => lab.simulator.requests.some(({ origin, answer }) => origin === 'files' && answer === 'hanging'));
    child.signal('SIGSTOP');
    await untilSaid('taken over from a stopped window');
    await lab.until('done', async () => (await lab.job('a')).state.name === 'done');
    child.signal('SIGCONT');
    await waitFor('the child to look again', () => child.output.includes('step a done'), { deadlineMs: 20_000, everyMs: 20 });
    await lab.assertSaved('a');
  });

  it('stopped while it sends: its request stays its own, however long', async function () {
    if (process.platform === 'win32') return this.skip();
    await child.kill();
    lab.simulator.set({ faults: [{ method: 'POST', act: { kind: 'hang', moment: 'afterHandling' } }] });
    const before = lab.posts.length;
    child = new WindowProcess(lab, { windowId: 'c2', submit: 'b' });
    await lab.simulator.waitFor(() => lab.posts.length > before);
    child.signal('SIGSTOP');
    const window = lab.window();
    await window.jobs.start();
    await lab.turn(10 * minute, 10_000);
    assert.equal((await lab.job('b')).state.name, 'submitting');
    assert.equal(lab.posts.length, before + 1);
    child.signal('SIGCONT');
  });
});
