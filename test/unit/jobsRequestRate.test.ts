import assert from 'node:assert/strict';
import { RequestRate } from '../../src/jobs/requestRate';
import { turnableClock } from '../../src/simulator/clock';
import { clockOn } from './jobsLab';

describe('jobs: the rate of requests', () => {
  const signal = new AbortController().signal;

  it('lets five through at once, then one a second', async () => {
    const clock = turnableClock();
    const rate = new RequestRate(clockOn(clock));
    const start = clock.now();
    const times: number[] = [];
    const calls = Promise.all(
      Array.from({ length: 8 }, async () => {
        await rate.turn(signal);
        times.push(clock.now() - start);
      }),
    );
    while (times.length < 8) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.advanceToNext();
    }
    await calls;
    assert.deepEqual(times, [0, 0, 0, 0, 0, 1000, 2000, 3000]);
  });

  it('never holds the user’s acts up, but the polls after them', async () => {
    const clock = turnableClock();
    const rate = new RequestRate(clockOn(clock));
    for (let acts = 0; acts < 7; acts++) rate.spend();
    let went = false;
    const poll = rate.turn(signal).then(() => {
      went = true;
    });
    await clock.advance(2900);
    assert.equal(went, false);
    await clock.advance(200);
    await poll;
  });

  it('lets go at once when the window closes', async () => {
    const clock = turnableClock();
    const rate = new RequestRate(clockOn(clock));
    for (let acts = 0; acts < 9; acts++) rate.spend();
    await rate.turn(AbortSignal.abort());
  });
});
