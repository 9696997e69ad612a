import assert from 'node:assert/strict';
import { turnableClock } from '../../src/simulator/clock';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { callsTo, textClip } from './simulatorCalls';

describe('simulator: a job from submit to file', () => {
  const clock = turnableClock();
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator({ clock, makeClip: textClip });
  });
  after(() => simulator.close());

  it('answers a submit, walks through its statuses on the clock and serves the file from another origin', async () => {
    const { submit, poll, status } = callsTo(simulator);
    const answer = await submit({ prompt: 'a heron' });
    assert.equal(answer.status, 200);
    assert.equal(answer.at('status'), 'queued');
    assert.equal(answer.at('completed_at'), null);
    assert.equal(answer.at('result'), null);

    const id = String(answer.at('job_id'));
    const seen = [await status(id)];
    while (seen.at(-1) !== 'completed' && (await clock.advanceToNext())) {
      const now = await status(id);
      if (seen.at(-1) !== now) seen.push(now);
    }
    assert.deepEqual(
      seen.filter((status) => status !== 'sampling'),
      ['queued', 'processing', 'completed'],
    );

    const url = String((await poll(id)).at('result', 'urls', 0));
    assert.notEqual(new URL(url).origin, simulator.apiBase);
    assert.equal(await (await fetch(url)).text(), 'clip of a heron');
    assert.deepEqual(simulator.violations, []);
  });
});
