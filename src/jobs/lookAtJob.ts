import type { JobReport } from '../krea/jobReport';
import type { Accepted, Job, JobState } from './job';
import type { RunTimes } from './runTimes';

/** Milliseconds: Krea ends a job of an outside provider after 2 h; the rest is for clocks and queues. */
const overdueRunning = 2.25 * 3_600_000;
const overdueQueued = 24 * 3_600_000;

/** An overdue job is looked at every hour for a day, then only at a start and when the user asks. */
const overduePause = 3_600_000;
const overdueWatch = 24 * 3_600_000;

/** A 404 is believed only when it stays: three times over ten minutes. */
const mostNotFound = { looks: 3, overMs: 600_000 };

/** Milliseconds between two looks from which on it is not known when *processing* began, or ended. */
const surelySeen = { begin: 25_000, end: 10_000, endShare: 0.25 };
/** Milliseconds by which the wall clock and the monotonic one may part over a run that is learnt from. */
const driftAtMost = 5000;

const someTime = 1_800_000;

/** A moment on both clocks. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

/** What this window remembers between two looks at one job; lost with the window, and nothing depends on it. */
export interface LookMemory {
  /** Monotonic time of the next look at what is overdue or troubled, or of the next try to cancel or save. */
  nextAt: number;
  /** When its state began: accepted, or first seen at work. Long ago when that cannot be told. */
  began: Moment;
  /** Whether `began` is when it began to work, as far as looks can tell. */
  sawBegin: boolean;
  /** The last look that showed it. */
  lookedAt?: Moment;
  /** Monotonic time of the last look that was answered, whether it showed the job or not. */
  askedAt?: number;
  /** Monotonic time of the last look at it alone. */
  aloneAt?: number;
  /** Of its kind, as known when it began to work; `null` when too little was known. */
  runTimes?: RunTimes | null;
  /** Server time of its making. */
  madeAt?: number;
  /** Looks in a row that came to nothing. */
  troubles: number;
  notFound?: { readonly since: number; readonly looks: number };
  /** Our DELETE was answered; only a GET says what became of it. */
  deleted?: 'done' | 'gone';
  /** Times that the file host had no usable clip at a fresh address. */
  emptyHanded?: number;
  /** Downloads in a row that broke off and brought little. */
  broken?: number;
  /** Times that the file host would not hear of the rest of a file. */
  restRefused?: number;
  /** What was joined was no whole clip: this one is fetched in one piece. */
  unjoinable?: true;
  /** Addresses of the result files from the last look, best first. */
  urls?: readonly string[];
}

export type WatchedState = Extract<JobState, { name: 'queued' | 'running' | 'overdue' }>;

export function isWatched(job: Job): job is Job & { readonly state: WatchedState } {
  return job.state.name === 'queued' || job.state.name === 'running' || job.state.name === 'overdue';
}

export function freshMemory({ state }: Job, now: Moment): LookMemory {
  const since = state.name === 'running' ? (state.runningAt ?? state.acceptedAt) : state.name === 'queued' ? state.acceptedAt : now.wall;
  const age = now.wall - since;
  // a moment ahead of the clock counts as some time ago: the clock was set back, and would keep us waiting
  const passed = age < 0 ? someTime : age;
  const began = { wall: now.wall - passed, monotonic: now.monotonic - passed };
  return { nextAt: now.monotonic, troubles: 0, began, sawBegin: state.name === 'running' && age >= 0 };
}

/** Remembers a look that showed the job, and what the job was found to be: `next`, or as it was. */
export function remember(memory: LookMemory, before: JobState, next: JobState | undefined, now: Moment): void {
  const last = memory.lookedAt ?? memory.began;
  memory.lookedAt = now;
  if (next?.name !== 'running' || before.name === 'running') return;
  memory.began = now;
  memory.sawBegin = now.monotonic - last.monotonic <= surelySeen.begin && !parted(last, now);
  delete memory.runTimes;
}

/** Milliseconds that the job ran, when both ends were seen as they happened; the end lies between two looks. */
export function ranMs(state: WatchedState, { began, sawBegin, lookedAt }: LookMemory, now: Moment): number | undefined {
  if (state.name !== 'running' || !sawBegin || !lookedAt || parted(began, now) || parted(lookedAt, now)) return undefined;
  const gap = now.monotonic - lookedAt.monotonic;
  if (gap > surelySeen.end + surelySeen.endShare * (lookedAt.monotonic - began.monotonic)) return undefined;
  const ran = Math.round((lookedAt.monotonic + now.monotonic) / 2 - began.monotonic);
  return ran > 0 ? ran : undefined;
}

/** The machine slept, or a clock was set, in between. */
function parted(from: Moment, to: Moment): boolean {
  return Math.abs(to.wall - from.wall - (to.monotonic - from.monotonic)) > driftAtMost;
}

/** The state a job goes to after the service said this of it; `undefined` when nothing changed. Pure. */
export function stateAfter(job: Job & { readonly state: WatchedState }, report: JobReport, now: number): JobState | undefined {
  const { state } = job;
  const accepted = acceptedPart(state, report.status);
  switch (report.phase) {
    case 'queued':
    case 'running': {
      const begins = report.phase === 'running' && state.name === 'queued';
      if (report.status === state.status && !begins) return undefined;
      if (state.name === 'overdue') return { ...state, status: report.status };
      // a job that was running once is not called queued again: states of the service repeat and skip
      return begins ? { name: 'running', ...accepted, runningAt: state.runningAt ?? now } : { name: state.name, ...accepted };
    }
    case 'completed':
      return report.urls.length > 0
        ? { name: 'downloading', ...accepted, endedAt: now }
        : { name: 'failed', ...accepted, endedAt: now, failure: report.failure ?? {}, withoutVideo: true };
    case 'failed':
      return { name: 'failed', ...accepted, endedAt: now, failure: report.failure ?? {}, withoutVideo: false };
    case 'cancelled':
      return { name: 'cancelled', ...accepted, endedAt: now, by: job.cancelAskedAt === undefined ? 'krea' : 'us' };
  }
}

/**
 * Whether the job has been out of sight or at work for longer than Krea lets a job live. Asked after an answer of the
 * service only: an evening without a network says nothing of the job. Never means *not charged*.
 */
export function isOverdue(state: WatchedState, { notFound, began }: LookMemory, monotonic: number): boolean {
  if (state.name === 'overdue') return false;
  if (notFound && notFound.looks >= mostNotFound.looks && monotonic - notFound.since >= mostNotFound.overMs) return true;
  // not by the wall clock: it jumps
  return monotonic - began.monotonic > (state.name === 'queued' ? overdueQueued : overdueRunning);
}

/** Whether one more 404 makes the job overdue: then the list is asked, too. */
export function wouldBeOverdue(state: WatchedState, { notFound }: LookMemory, monotonic: number): boolean {
  if (state.name === 'overdue' || state.deleteSentAt !== undefined || !notFound) return false;
  return notFound.looks + 1 >= mostNotFound.looks && monotonic - notFound.since >= mostNotFound.overMs;
}

/** Milliseconds until the next look at an overdue job. */
export function pauseOverdue(state: Extract<WatchedState, { name: 'overdue' }>, wall: number): number {
  return Math.abs(wall - state.since) < overdueWatch ? overduePause : Number.POSITIVE_INFINITY;
}

/** Milliseconds: doubled with each trouble in a row, up to a little less than a minute. */
export function pauseAfterTroubles(troubles: number): number {
  return Math.min(55_000, 2500 * 2 ** Math.min(troubles, 5));
}

export function acceptedPart(state: Accepted, status = state.status): Accepted {
  const { jobId, submittedAt, acceptedAt, runningAt, attempts, ranMs, deleteSentAt, sunset, recognised } = state;
  return {
    jobId,
    status,
    submittedAt,
    acceptedAt,
    attempts,
    ...(runningAt !== undefined && { runningAt }),
    ...(ranMs !== undefined && { ranMs }),
    ...(deleteSentAt !== undefined && { deleteSentAt }),
    ...(sunset && { sunset }),
    ...(recognised && { recognised }),
  };
}
