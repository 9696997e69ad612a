import { setImmediate as turnOfLoop } from 'node:timers/promises';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Turns of the event loop after which code that waits for no timer has come to one: an answer is read in a few. */
const turnsToRest = 12;

/**
 * Runs `work` with timers, `Date.now` and `Math.random` of its own: time moves on to the next timer whenever nothing
 * else is under way. `now` is in milliseconds from the start.
 */
export async function onFakeTimers<T>(random: () => number, work: (now: () => number) => Promise<T>): Promise<T> {
  const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout, now: Date.now, random: Math.random };
  const timers = new Map<number, Timer>();
  const start = real.now();
  let time = 0;
  let ids = 0;
  const fake = {
    setTimeout: (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
      ids += 1;
      timers.set(ids, { at: time + ms, run: () => run(...args) });
      return ids;
    },
    clearTimeout: (id: unknown) => {
      if (typeof id === 'number') timers.delete(id);
    },
  };
  Object.assign(globalThis, fake);
  Date.now = () => start + time;
  Math.random = random;
  try {
    let over = false;
    const ends = work(() => time).finally(() => {
      over = true;
    });
    for (;;) {
      for (let turn = 0; turn < turnsToRest && !over; turn++) await turnOfLoop();
      if (over) return await ends;
      const next = [...timers].sort(([, one], [, other]) => one.at - other.at)[0];
      if (!next) throw new Error('It waits for something that is no timer.');
      timers.delete(next[0]);
      time = Math.max(time, next[1].at);
      next[1].run();
    }
  } finally {
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Date.now = real.now;
    Math.random = real.random;
  }
}
