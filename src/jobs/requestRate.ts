import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from './clock';
import { type LedgerFile, transaction } from './ledgerFile';

/** Who goes first: a cancel, then what the user wants sent, then polls. */
export type Urgency = 'cancel' | 'act' | 'poll';

/** Milliseconds between two calls, once the burst is used up. */
const gap = 1000;
/** Calls that may go at once. The last two are kept for a cancel, which is a GET and a DELETE. */
const burst: Readonly<Record<Urgency, number>> = { cancel: 5, act: 3, poll: 3 };
/** Milliseconds. A moment further ahead than this was written by a wrong clock, and counts as none. */
const farthest = 120_000;
/** Milliseconds for which a turn is given ahead; whoever would be later asks again. */
const reach = 60_000;
/** Milliseconds after which a poll that was passed by stands in line too, so that a long batch does not hide what ends. */
const pollPatience = 5000;

/**
 * One bucket for all calls to the API base by all windows of a ledger: a call a second, five in a burst, so that there
 * are never more than 65 in a minute. Krea counts polls towards a request limit whose size it does not publish.
 */
export class RequestRate {
  /** Wall time from which on the bucket is full again, where no file can be written. */
  private own = 0;

  constructor(
    private readonly clock: Clock,
    private readonly file?: LedgerFile,
  ) {}

  /** Waits for a turn, and takes it. Returns at once, without one, when the signal is aborted. */
  async turn(signal: AbortSignal, urgency: Urgency = 'poll'): Promise<void> {
    const began = this.clock.monotonic();
    while (!signal.aborted) {
      const standsInLine = urgency !== 'poll' || this.clock.monotonic() - began >= pollPatience;
      const { wait, taken } = await this.ask(urgency, standsInLine);
      if (wait > 0) await this.clock.wait(taken ? wait : Math.min(wait, 1000), signal);
      if (taken) return;
    }
  }

  private async ask(urgency: Urgency, standsInLine: boolean): Promise<Turn> {
    const now = Math.round(this.clock.wall());
    if (this.file)
      try {
        return await this.file.use((database) => askTogether(database, now, urgency, standsInLine));
      } catch {
        // a file that cannot be written just now must not keep us from watching or cancelling
      }
    const turn = decide(this.own, now, urgency, standsInLine);
    this.own = turn.fullAt;
    return turn;
  }
}

interface Turn {
  readonly taken: boolean;
  /** Milliseconds until the turn, or until it is worth asking again. */
  readonly wait: number;
  readonly fullAt: number;
}

function askTogether(database: DatabaseSync, now: number, urgency: Urgency, standsInLine: boolean): Turn {
  return transaction(database, () => {
    const stored = database.prepare('SELECT full_at FROM calls WHERE id = 1').get()?.full_at;
    const turn = decide(typeof stored === 'number' ? stored : 0, now, urgency, standsInLine);
    if (turn.taken) database.prepare('INSERT OR REPLACE INTO calls (id, full_at) VALUES (1, ?)').run(turn.fullAt);
    return turn;
  });
}

/** The bucket as one moment, at which it will be full: each call moves it on by the gap. */
function decide(stored: number, now: number, urgency: Urgency, standsInLine: boolean): Turn {
  const fullAt = stored > now + farthest ? now : Math.max(stored, now);
  const wait = Math.max(0, fullAt - (burst[urgency] - 1) * gap - now);
  const taken = wait === 0 || (standsInLine && wait <= reach);
  return { taken, wait, fullAt: taken ? fullAt + gap : fullAt };
}
