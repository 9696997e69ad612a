import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Clock } from '../../src/jobs/clock';
import type { CallOff, ClockEvent, Clock as SimulatorClock } from '../../src/simulator/clock';

/** Where every process of a run finds the time. */
export interface ClockPlace {
  /** Milliseconds that were skipped so far, as text; replaced whole, so that a reader never sees half. */
  readonly file: string;
  /** Real milliseconds since 1970. */
  readonly started: number;
  /** Seconds on this clock to one real second. */
  readonly speed: number;
}

/** Real milliseconds after which a wait looks again whether time was skipped. */
const lookEvery = 30;

/**
 * One time for several processes: it runs faster than real time, goes on for a process that is stopped, and can skip
 * hours, which each process sees at its next look, whatever it was doing.
 */
export class SharedClock implements SimulatorClock {
  private skipped = 0;

  constructor(readonly place: ClockPlace) {}

  static start(file: string, speed: number): SharedClock {
    writeFileSync(file, '0');
    return new SharedClock({ file, started: Date.now(), speed });
  }

  now(): number {
    const { started, speed, file } = this.place;
    return started + (Date.now() - started) * speed + Number(readFileSync(file, 'utf8'));
  }

  skip(ms: number): void {
    this.skipped += ms;
    const next = `${this.place.file}.next`;
    writeFileSync(next, String(this.skipped));
    renameSync(next, this.place.file);
  }

  at(time: number, event: ClockEvent): CallOff {
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      const left = time - this.now();
      if (left <= 0) void event();
      else timer = setTimeout(look, Math.min(lookEvery, left / this.place.speed));
    };
    if (time !== Number.POSITIVE_INFINITY) timer = setTimeout(look, 0);
    return () => clearTimeout(timer);
  }

  /** The clock of one window; `skew` is by how much its wall clock is wrong, and may change at any time. */
  forWindow(skew: { readonly ms: number } = { ms: 0 }): Clock {
    const { started } = this.place;
    return {
      wall: () => Math.round(this.now() + skew.ms),
      monotonic: () => this.now() - started,
      wait: (ms, signal) =>
        new Promise((resolve) => {
          if (signal.aborted) return resolve();
          const end = (): void => {
            callOff();
            signal.removeEventListener('abort', end);
            resolve();
          };
          const callOff = this.at(this.now() + ms, end);
          signal.addEventListener('abort', end, { once: true });
        }),
    };
  }
}
