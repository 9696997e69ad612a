import assert from 'node:assert/strict';
import { turnableClock } from '../../src/simulator/clock';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { callsTo, textClip } from './simulatorCalls';

describe('simulator: other people’s jobs in the workspace', () => {
  const clock = turnableClock();
  let simulator: Simulator;
  let calls: ReturnType<typeof callsTo>;
  beforeEach(async () => {
    simulator = await startSimulator({ clock, makeClip: textClip, runTime: () => 10_000, control: true });
    calls = callsTo(simulator);
  });
  afterEach(() => simulator.close());

  const listed = async () => {
    const { text } = await calls.call('GET', '/jobs?limit=1000');
    return (JSON.parse(text) as { items: { job_id: string; status: string; created_at: string }[] }).items;
  };

  it('are there at once, finished or running, free for us, and their ids do not change ours', async () => {
    simulator.strangers({ count: 3, state: 'finished' });
    simulator.strangers({ count: 20, state: 'running' });
    const before = simulator.balance();
    const own = await calls.submitted();
    const statuses = (await listed()).map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 'completed').length, 3);
    assert.equal(statuses.filter((status) => status === 'processing').length, 20);
    assert.equal(await calls.status(own), 'queued');
    assert.ok(simulator.balance() < before && simulator.balance() > before - 1);
    assert.deepEqual(
      simulator.jobs.map(({ stranger }) => stranger).filter((stranger) => !stranger),
      [false],
    );
    const alone = await startSimulator({ clock, makeClip: textClip });
    assert.equal(await callsTo(alone).submitted(), own);
    await alone.close();
  });

  it('come by the control origin too', async () => {
    const order = (body: object) => fetch(`${simulator.controlBase}/strangers`, { method: 'POST', body: JSON.stringify(body) });
    assert.equal((await order({ count: 2, state: 'finished' })).status, 200);
    assert.equal((await order({ count: 2, state: 'sleeping' })).status, 400);
    assert.equal((await listed()).length, 2);
  });

  it('come in the moment of a POST, before and after ours, in the same second', async () => {
    simulator.set({ strangers: { atSubmit: 4 } });
    const own = await calls.submitted();
    const items = await listed();
    assert.deepEqual(
      items.map(({ job_id: id }) => id === own),
      [false, false, true, false, false],
    );
    assert.equal(new Set(items.map(({ created_at: at }) => at.slice(0, 19))).size, 1);
    await clock.advance(10_001);
    assert.ok(
      (await listed()).every(({ status }) => status === 'completed'),
      'they go the way of ours',
    );
  });

  it('come even when our POST makes no job: then theirs is the only one', async () => {
    simulator.set({
      strangers: { atSubmit: 1 },
      faults: [{ method: 'POST', path: '/generate/*', act: { kind: 'reset', moment: 'afterReading' } }],
    });
    await assert.rejects(calls.submit());
    assert.equal((await listed()).length, 1);
    assert.ok(simulator.jobs[0]?.stranger);
  });

  it('come sixty a minute, until they are switched off', async () => {
    simulator.set({ strangers: { perMinute: 60 } });
    await clock.advance(60_000);
    assert.equal(simulator.jobs.length, 60);
    const times = simulator.jobs.map(({ createdAt }) => createdAt);
    assert.ok(times.every((time, i) => i === 0 || time - (times[i - 1] ?? 0) === 1000));
    simulator.set({ strangers: { perMinute: 0 } });
    await clock.advance(60_000);
    assert.equal(simulator.jobs.length, 60);
  });
});
