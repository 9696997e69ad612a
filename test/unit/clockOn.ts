import type { Clock } from '../../src/jobs/clock';
import type { TurnableClock } from '../../src/simulator/clock';

export interface ClockErrors {
  /** Milliseconds by which the wall clock is wrong; a test may change it. */
  readonly skew?: { ms: number };
  /** Runs before each moment the clock is read by `wall`; for clocks that jump at a certain point. */
  readonly onWall?: () => void;
}

/** The clock of a window on the one that the test turns. */
export function clockOn(clock: TurnableClock, { skew, onWall }: ClockErrors = {}): Clock {
  const start = clock.now();
  return {
    // whole, as Date.now is: a turned clock may stand between two milliseconds
    wall: () => {
      onWall?.();
      return Math.floor(clock.now() + (skew?.ms ?? 0));
    },
    monotonic: () => clock.now() - start,
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const end = (): void => {
          callOff();
          signal.removeEventListener('abort', end);
          resolve();
        };
        const callOff = clock.at(clock.now() + ms, end);
        signal.addEventListener('abort', end, { once: true });
      }),
  };
}
