/** The simulator's time. Everything that takes time in the simulator is an event on one of these. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `event` once `time` (ms since 1970) is reached; a time already past counts as now. Returns a way to call it off. */
  at(time: number, event: ClockEvent): CallOff;
}

export interface TurnableClock extends Clock {
  /** Moves time on and runs every event that falls due, in the order of their times. */
  advance(ms: number): Promise<void>;
  /** Moves to the next event, if there is one, and runs it. Answers whether there was one. */
  advanceToNext(): Promise<boolean>;
}

export type ClockEvent = () => void | Promise<void>;
export type CallOff = () => void;

/** setTimeout takes 31 bits; longer waits are made of several. */
const longestTimerMs = 2 ** 31 - 1;

export function realClock(): Clock {
  const now = () => Date.now();
  return {
    now,
    at(time, event) {
      let timer: NodeJS.Timeout;
      const wait = () => {
        const left = Math.max(0, time - now());
        timer = setTimeout(left > longestTimerMs ? wait : () => void event(), Math.min(left, longestTimerMs));
        timer.unref();
      };
      if (time !== Number.POSITIVE_INFINITY) wait();
      return () => clearTimeout(timer);
    },
  };
}

/** A clock that stands still until it is told to move. */
export function turnableClock(startMs: number = Date.UTC(2026, 9, 12, 9)): TurnableClock {
  let time = startMs;
  let order = 0;
  let turning: Promise<unknown> = Promise.resolve();
  const due = new Map<number, { readonly time: number; readonly event: ClockEvent }>();

  const earliest = (until: number) => {
    let found: number | undefined;
    let foundTime = until;
    for (const [key, { time: at }] of due)
      if (at < foundTime || (found === undefined && at <= until)) {
        found = key;
        foundTime = at;
      }
    return found;
  };

  const runUntil = async (until: number, most = Number.POSITIVE_INFINITY) => {
    let ran = 0;
    for (let key = earliest(until); key !== undefined && ran < most; key = earliest(until)) {
      const next = due.get(key);
      due.delete(key);
      if (!next) break;
      time = Math.max(time, next.time);
      await next.event();
      // what the event wrote to a socket should leave before the next one runs
      await new Promise((resolve) => setImmediate(resolve));
      ran += 1;
    }
    return ran;
  };

  const inTurn = <T>(turn: () => Promise<T>): Promise<T> => {
    const result = turning.then(turn);
    turning = result.catch(() => undefined);
    return result;
  };

  return {
    now: () => time,
    at(when, event) {
      const key = order++;
      if (when !== Number.POSITIVE_INFINITY) due.set(key, { time: when, event });
      return () => void due.delete(key);
    },
    advance: (ms) =>
      inTurn(async () => {
        const until = time + ms;
        await runUntil(until);
        time = until;
      }),
    advanceToNext: () => inTurn(async () => (await runUntil(Number.MAX_SAFE_INTEGER, 1)) > 0),
  };
}
