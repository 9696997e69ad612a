import { forgetAnswerAside, readAnswerAside } from './answerAside';
import { failPoint } from './failPoint';
import { isOpen, type Job, type JobState } from './job';
import type { JobParts } from './jobParts';
import { LedgerTrouble } from './ledgerTrouble';
import { listJobs } from './listJobs';
import { isWatched } from './lookAtJob';
import { PerhapsWatch } from './perhapsWatch';
import { isTaken } from './sqliteErrors';
import {
  type Bounded,
  bounded,
  candidatesFor,
  guessOf,
  isPerhaps,
  isUnknown,
  mayClose,
  type Perhaps,
  type Span,
  spanOf,
  type Unknown,
  unclearPart,
} from './unclear';

/** Milliseconds between two lists: a quarter of the time since the first, within these. */
const shortestPause = 5000;
/** A little above the ten minutes that must lie between the two lists that close a request, in whole seconds of the service. */
const longestPause = 605_000;
/** Until the jobs that may be it are counted for good: longer than a request can still become a job after its end. */
const countPause = 200_000;
/** While a request of the account is on its way. */
const submitPause = 2000;
/** After a list that did not come. */
const troublePause = 60_000;

interface Search {
  readonly begun: number;
  /** Monotonic time of the next list. */
  nextAt: number;
}

/**
 * Looks for the jobs of requests that had no clear answer. Nothing that it finds is certain: others use the workspace,
 * and Krea shows no prompt. It works beside the watch, which is not kept waiting by a long list.
 */
export class Reconcile {
  private readonly searches = new Map<string, Search>();
  /** What goes on beside the watch: lists of accounts, looks at single jobs. */
  private readonly busy = new Set<string>();
  private accountsAt = 0;
  private readonly perhaps: PerhapsWatch;

  constructor(
    private readonly parts: JobParts,
    private readonly beside: (work: Promise<void>) => void,
    private readonly signal: AbortSignal,
  ) {
    this.perhaps = new PerhapsWatch(parts, signal);
  }

  /** Starts what is due for the rows of this window. The monotonic time of the next turn. */
  attend(live: readonly Job[]): number {
    const now = this.parts.clock.monotonic();
    const own = live.filter(({ owner }) => owner === this.parts.lock.owner);
    const sought = own.filter(isSought);
    for (const id of this.searches.keys()) if (!sought.some((job) => job.id === id)) this.searches.delete(id);
    for (const { id, state } of sought)
      if (!this.searches.has(id)) this.searches.set(id, { begun: now, nextAt: state.name === 'perhaps' ? now + countPause : now });
    let next = Number.POSITIVE_INFINITY;
    for (const place of new Set(sought.map(placeOf))) {
      const jobs = sought.filter((job) => placeOf(job) === place);
      if (this.busy.has(place)) continue;
      const due = Math.min(...jobs.map(({ id }) => this.searches.get(id)?.nextAt ?? now));
      if (due > now) next = Math.min(next, due);
      else this.start(place, () => this.search(jobs));
    }
    for (const job of own.filter(isPerhaps)) {
      const key = `${job.id} ${job.state.jobId}`;
      if (this.busy.has(key)) continue;
      const due = this.perhaps.dueAt(job);
      if (due > now) next = Math.min(next, due);
      else this.start(key, () => this.perhaps.look(job));
    }
    this.perhaps.forgetAllBut(own);
    return Math.min(next, this.attendAccounts(own, now));
  }

  /** The user asks, the window has the focus again, the machine woke. */
  lookNow(): void {
    for (const search of this.searches.values()) search.nextAt = 0;
    this.perhaps.lookNow();
    this.accountsAt = 0;
  }

  private start(key: string, work: () => Promise<void>): void {
    this.busy.add(key);
    this.beside(work().finally(() => this.busy.delete(key)));
  }

  /** Jobs of another account than the one in use wait, and go on when it is back or its token was only replaced. */
  private attendAccounts(own: readonly Job[], now: number): number {
    const watched = own.filter(isWatched);
    if (watched.length === 0 || this.busy.has('accounts')) return Number.POSITIVE_INFINITY;
    if (this.accountsAt > now) return watched.some(isOpen) ? this.accountsAt : Number.POSITIVE_INFINITY;
    this.accountsAt = now + troublePause;
    this.start('accounts', async () => {
      for (const job of watched) if (!this.signal.aborted) await this.parts.accounts.connectionFor(job, this.parts, this.signal);
    });
    return Number.POSITIVE_INFINITY;
  }

  /** One list for all requests of one account. */
  private async search(jobs: readonly Sought[]): Promise<void> {
    const { accounts, clock, log, warn } = this.parts;
    for (const { id } of jobs) this.postpone(id, troublePause);
    if (await this.recover(jobs)) return; // the next round has what is left
    const [first] = jobs;
    if (!first || (await this.mustWait(first.account, jobs))) return;
    const connection = await accounts.connectionFor(first, this.parts, this.signal);
    if (!connection) return;
    const reach = this.reachOf(jobs);
    failPoint('search: begins');
    const list = await listJobs(connection.client, reach, () => this.parts.rate.turn(this.signal), this.signal);
    if (this.signal.aborted) return;
    failPoint('search: answered');
    if (list.kind === 'noAccess') return warn({ kind: 'noAccess', status: list.status });
    if (list.kind === 'trouble') {
      log(`The list of jobs did not come (${list.status ?? '-'})`);
      for (const { id } of jobs) this.postpone(id, Math.max(troublePause, Math.min(list.waitMs ?? 0, 10 * troublePause)));
      return;
    }
    const serverNow = list.serverTime;
    if (serverNow === undefined) return; // without the service's own time nothing can be said of when a job was made
    if (await this.mustWait(first.account, jobs)) return; // since the list was asked for
    const held = new Set(await this.parts.ledger.held(list.items.map(({ jobId }) => jobId)));
    // a job is the likeliest that of the last request before it
    for (const job of [...jobs].sort((one, other) => other.state.sentAt - one.state.sentAt)) {
      this.postpone(job.id);
      const state = bounded(job.state, serverNow, clock.wall());
      const span = spanOf(state);
      const candidates = candidatesFor(state, span, list.items, held);
      const [likeliest] = candidates;
      if (isPerhaps(job)) {
        await this.count(job, candidates.length, list.complete && serverNow > span.to);
        continue;
      }
      const complete = list.complete && reach.from <= span.from;
      const next = likeliest
        ? ({ name: 'perhaps', ...unclearPart(state), ...guessOf(likeliest, candidates.length - 1) } as const)
        : await this.withoutCandidate(job, complete ? { ...state, emptyAt: state.emptyAt ?? serverNow } : state, serverNow);
      const moved = await this.move(job, next);
      failPoint('search: written');
      if (!moved || !likeliest) continue;
      held.add(likeliest.jobId);
      this.postpone(job.id, countPause);
    }
  }

  /** The job of a request on its way would be taken for that of another, until the answer says whose it is. */
  private async mustWait(account: string, jobs: readonly Sought[]): Promise<boolean> {
    const waits = await this.parts.ledger.isSubmitting(account);
    if (waits) for (const { id } of jobs) this.postpone(id, submitPause);
    return waits;
  }

  /** How many others may be it as well, once more when the time is over in which one could still be made. */
  private async count(job: Perhaps, others: number, counted: boolean): Promise<void> {
    const next = { ...job.state, others, ...(counted && { counted: true as const }) };
    if (others !== job.state.others || counted) await this.parts.ledger.move(job, ['perhaps'], next);
    this.postpone(job.id, countPause);
  }

  /** An answer that a window could not write into the ledger before it ended. */
  private async recover(jobs: readonly Sought[]): Promise<boolean> {
    const { clipStore, ledger, lock, log } = this.parts;
    let any = false;
    for (const job of jobs) {
      const aside = await readAnswerAside(clipStore, job.id);
      if (!aside) continue;
      const recorded = await ledger.recordAccepted({ ...job, owner: lock.owner }, aside.state, aside.answer);
      any ||= recorded;
      log(`${job.id}: was accepted as ${aside.state.jobId}, as an ended window had put down`);
      await forgetAnswerAside(clipStore, job.id);
    }
    return any;
  }

  /** Still unknown, with what the list taught; or closed, when it may be. */
  private async withoutCandidate(job: Unknown, state: Bounded, serverNow: number): Promise<JobState> {
    const { ledger, clock } = this.parts;
    const { emptyAt } = state;
    if (emptyAt === undefined) return { name: 'unknown', ...state };
    // read anew: the request before this one may have got its guess from the same list
    const guesses = (await ledger.liveJobs()).filter((other) => other.apiBase === job.apiBase).filter(isPerhaps);
    const ends = mayClose(
      { ...state, emptyAt },
      spanOf(state),
      serverNow,
      guesses.map((other) => other.state),
    );
    return ends ? { ...unclearPart(state), name: 'closed', closedAt: clock.wall() } : { ...unclearPart(state), name: 'unknown', emptyAt };
  }

  private async move(job: Unknown, next: JobState): Promise<boolean> {
    if (JSON.stringify(next) === JSON.stringify(job.state)) return true;
    try {
      const moved = await this.parts.ledger.move(job, ['unknown'], next);
      if (moved && next.name !== 'unknown') this.parts.log(`${job.id}: ${next.name}${next.name === 'perhaps' ? ` ${next.jobId}` : ''}`);
      return moved;
    } catch (error) {
      if (error instanceof LedgerTrouble && isTaken(error.cause)) return false; // another request has it since the list was read
      throw error;
    }
  }

  private postpone(id: string, pause?: number): void {
    const search = this.searches.get(id);
    if (!search) return;
    const now = this.parts.clock.monotonic();
    search.nextAt = now + (pause ?? Math.min(longestPause, Math.max(shortestPause, Math.ceil((now - search.begun) / 4))));
  }

  /** How far back a list must go. Where no server time is known yet, our own clock has to do for the first list. */
  private reachOf(jobs: readonly Sought[]): Span {
    const from = jobs.map(({ state }) => state.sentAfter ?? state.sentAt - longestPause);
    return { from: Math.min(...from), to: Number.POSITIVE_INFINITY };
  }
}

type Sought = Unknown | Perhaps;

function isSought(job: Job): job is Sought {
  return isUnknown(job) || (isPerhaps(job) && !job.state.counted);
}

/** Requests that one list serves. */
function placeOf({ account, apiBase }: Job): string {
  return `${account} ${apiBase}`;
}
