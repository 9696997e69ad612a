import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Job } from '../../src/jobs/job';
import type { Simulator } from '../../src/simulator/simulator';
import { againOf, gestureOf, type HostWindow } from './hostWindow';
import type { Plan } from './plan';
import type { SharedClock } from './sharedClock';

/** Real milliseconds that jobs get to end. */
const patience = 8000;
/** ms to skip, one after the other, while a request is unclear: its clip comes soon, or nothing until every horizon is over. */
const horizons = [...Array<number>(6).fill(15_000), 60_000, 210_000, 620_000, 8_400_000, 620_000, 620_000];
/** States that a window still works on. */
const openStates = new Set<string>(['intended', 'submitting', 'queued', 'running', 'downloading']);
/** States whose menu has *Submit Again… (may be paid twice)*. */
const offersSubmitAgain = new Set<string>(['unknown', 'perhaps', 'overdue']);

/** Some window works on it: it neither has ended nor waits for its account. */
export const isAtWork = ({ state, paused }: Job): boolean => openStates.has(state.name) && paused === undefined;

/** Whoever sits at a computer afterwards: waits, does what is safe, and says truly whose a clip is. */
export class TruthfulUser {
  /** Every row, when it was last looked at. */
  rows: readonly Job[] = [];
  /** Gestures that were sent once more, warned. */
  readonly sentAgain = new Set<string>();

  constructor(
    private readonly simulator: Simulator,
    private readonly clock: SharedClock,
    private readonly clipOf: (prompt: string) => Buffer,
    private readonly submitsAgain: Plan['submitsAgain'],
  ) {}

  /** Waits until no row is open any more, and skips the long pauses. */
  async settle(window: HostWindow): Promise<void> {
    const end = Date.now() + patience;
    for (let round = 1; Date.now() < end; round++) {
      await this.read(window);
      const waiting = this.simulator.jobs.some((job) => job.state.kind !== 'ended' && gestureOf(String(job.body.prompt)) !== undefined);
      if (!this.rows.some(isAtWork) && !waiting) break;
      await pause(25);
      if (round % 8 === 0) this.clock.skip(20_000);
    }
    await pause(20); // files are tidied after the last commit
    await this.read(window);
  }

  /** Sends what was not sent, fetches what was not fetched. */
  async sendAndFetch(window: HostWindow): Promise<void> {
    for (const { id, state } of this.rows) {
      if (state.name === 'notSent') await window.jobs.sendNow(id);
      if (state.name === 'notFetched') await window.jobs.saveAgain(id);
    }
    await this.settle(window);
  }

  /** Looks at every clip that may be of an unclear request, and says truly whose it is. */
  async decide(window: HostWindow): Promise<void> {
    for (const ms of horizons) {
      const unclear = this.rows.filter(({ state, paused }) => offersSubmitAgain.has(state.name) && !paused);
      if (unclear.length === 0) return;
      for (const job of unclear) await this.submitAgain(job, window);
      for (const { id, state, order } of unclear) {
        if (state.name !== 'perhaps' || !state.clip) continue;
        if (readFileSync(state.clip.file).equals(this.clipOf(order.prompt))) await window.jobs.recognise(id);
        else await window.jobs.notMine(id);
      }
      this.clock.skip(ms);
      window.jobs.lookNow();
      await pause(80);
      await this.settle(window);
    }
  }

  /** Always a new row; the old one stays open. */
  private async submitAgain({ order }: Job, window: HostWindow): Promise<void> {
    const gesture = gestureOf(order.prompt);
    if (!this.submitsAgain || !gesture || gesture.endsWith(againOf('')) || this.sentAgain.has(gesture)) return;
    const isThere = this.simulator.jobs.some(({ body }) => gestureOf(String(body.prompt)) === gesture);
    if (this.submitsAgain === 'knowing' && isThere) return;
    this.sentAgain.add(gesture);
    await window.submit({ id: againOf(gesture) });
  }

  private async read(window: HostWindow): Promise<void> {
    this.rows = await window.parts.ledger.newest(100).catch(() => this.rows);
  }
}
