import assert from 'node:assert/strict';
import { realClock, turnableClock } from '../../src/simulator/clock';

describe('simulator: clocks', () => {
  it('runs what is due in the order of time, and at its time', async () => {
    const clock = turnableClock(1000);
    const ran: string[] = [];
    const note = (name: string) => () => void ran.push(`${name} at ${clock.now()}`);
    clock.at(1030, note('third'));
    clock.at(1010, note('first'));
    clock.at(1010, note('second'));
    clock.at(1051, note('later'));
    await clock.advance(50);
    assert.deepEqual(ran, ['first at 1010', 'second at 1010', 'third at 1030']);
    assert.equal(clock.now(), 1050);
  });
  it('runs what an event sets, if it falls due too', async () => {
    const clock = turnableClock(0);
    const ran: number[] = [];
    const again = () => {
      ran.push(clock.now());
      clock.at(clock.now() + 10, again);
    };
    clock.at(10, again);
    await clock.advance(35);
    assert.deepEqual(ran, [10, 20, 30]);
  });
  it('waits for an event that takes its time', async () => {
    const clock = turnableClock(0);
    let done = false;
    clock.at(1, async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done = true;
    });
    await clock.advance(1);
    assert.equal(done, true);
  });
  it('runs no event that was called off', async () => {
    const clock = turnableClock(0);
    const callOff = clock.at(1, () => assert.fail('it ran'));
    callOff();
    await clock.advance(10);
  });
  it('turns one turn after the other', async () => {
    const clock = turnableClock(0);
    await Promise.all([clock.advance(10), clock.advance(10)]);
    assert.equal(clock.now(), 20);
  });
  it('runs at once what is past', async () => {
    const clock = turnableClock(100);
    let ranAt = 0;
    clock.at(50, () => {
      ranAt = clock.now();
    });
    await clock.advance(0);
    assert.equal(ranAt, 100);
  });
  it('steps from event to event', async () => {
    const clock = turnableClock(0);
    clock.at(70, () => undefined);
    assert.equal(await clock.advanceToNext(), true);
    assert.equal(clock.now(), 70);
    assert.equal(await clock.advanceToNext(), false);
    assert.equal(clock.now(), 70);
  });
  it('follows real time, and can be called off there too', async () => {
    const clock = realClock();
    const callOff = clock.at(clock.now() + 5, () => assert.fail('it ran'));
    callOff();
    const from = clock.now();
    // the clock's own timers keep no process alive
    const alive = setTimeout(() => undefined, 10_000);
    await new Promise<void>((resolve) => void clock.at(from + 20, resolve));
    clearTimeout(alive);
    assert.ok(clock.now() >= from + 19);
  });
});
