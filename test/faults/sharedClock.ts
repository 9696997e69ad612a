import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Clock } from '../../src/jobs/clock';
import type { CallOff, ClockEvent, Clock as SimulatorClock } from '../../src/simulator/clock';

/** Where every process of a run finds the time. */
export interface ClockPlace {
  /**
   * Milliseconds that were skipped so far, and how many of them the machine slept without its monotonic clock going
   * on, as text; replaced whole, so that a reader never sees half.
   */
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
  private stood = 0;

  constructor(readonly place: ClockPlace) {}

  static start(file: string, speed: number): SharedClock {
    writeFileSync(file, '0 0');
    return new SharedClock({ file, started: Date.now(), speed });
  }

  now(): number {
    return this.read().now;
  }

  skip(ms: number): void {
    this.skipped += ms;
    this.write();
  }

  /** The machine sleeps. On some systems the monotonic clock of its windows stands still meanwhile. */
  sleep(ms: number, monotonic: 'stands' | 'goesOn'): void {
    this.skipped += ms;
    if (monotonic === 'stands') this.stood += ms;
    this.write();
  }

  at(time: number, event: ClockEvent): CallOff {
    if (time === Number.POSITIVE_INFINITY) return () => undefined;
    return this.when(() => time - this.now(), event);
  }

  /** The clock of one window; `skew` is by how much its wall clock is wrong, and may change at any time. */
  forWindow(skew: { readonly ms: number } = { ms: 0 }): Clock {
    const monotonic = (): number => this.read().monotonic;
    return {
      wall: () => Math.round(this.now() + skew.ms),
      monotonic,
      wait: (ms, signal) =>
        new Promise((resolve) => {
          if (signal.aborted) return resolve();
          const end = (): void => {
            callOff();
            signal.removeEventListener('abort', end);
            resolve();
          };
          const until = monotonic() + ms;
          const callOff = this.when(() => until - monotonic(), end);
          signal.addEventListener('abort', end, { once: true });
        }),
    };
  }

  private when(left: () => number, event: ClockEvent): CallOff {
    let timer: NodeJS.Timeout | undefined;
    const look = (): void => {
      const ms = left();
      if (ms <= 0) void event();
      else timer = setTimeout(look, Math.min(lookEvery, ms / this.place.speed));
    };
    timer = setTimeout(look, 0);
    return () => clearTimeout(timer);
  }

  private read(): { readonly now: number; readonly monotonic: number } {
    const { started, speed, file } = this.place;
    const [skipped = 0, stood = 0] = readFileSync(file, 'utf8').split(' ').map(Number);
    const passed = (Date.now() - started) * speed + skipped;
    return { now: started + passed, monotonic: passed - stood };
  }

  private write(): void {
    const next = `${this.place.file}.next`;
    writeFileSync(next, `${this.skipped} ${this.stood}`);
    renameSync(next, this.place.file);
  }
}
