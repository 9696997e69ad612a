import type { JobReport } from '../krea/jobReport';
import type { Look } from '../krea/kreaClient';
import type { Accepted, Job, JobState } from './job';

/** Milliseconds: Krea ends a job of an outside provider after 2 h; the rest is for clocks and queues. */
const overdueRunning = 2.25 * 3_600_000;
const overdueQueued = 24 * 3_600_000;

/** An overdue job is looked at every hour for a day, then only at a start and when the user asks. */
const overduePause = 3_600_000;
const overdueWatch = 24 * 3_600_000;

/** A 404 is believed only when it stays: three times over ten minutes. */
const mostNotFound = { looks: 3, overMs: 600_000 };

/** Milliseconds after Krea's *accepted* until the first look, which is for early refusals. */
const firstLook = 2500;

/** What this window remembers between two looks at one job; lost with the window, and nothing depends on it. */
export interface LookMemory {
  /** Monotonic time of the next look. */
  nextAt: number;
  /** Looks in a row that came to nothing. */
  troubles: number;
  notFound?: { readonly since: number; readonly looks: number };
  /** The wish to cancel has had its first look; from there on it waits its turn as everything else. */
  cancelSeen?: boolean;
  /** Our DELETE was answered; only a GET says what became of it. */
  deleted?: 'done' | 'gone';
  /** Times that the file host had no usable clip at a fresh address. */
  emptyHanded?: number;
  /** Downloads in a row that broke off. */
  broken?: number;
  /** Addresses of the result files from the last look, best first. */
  urls?: readonly string[];
}

export type WatchedState = Extract<JobState, { name: 'queued' | 'running' | 'overdue' }>;

export function isWatched(job: Job): job is Job & { readonly state: WatchedState } {
  return job.state.name === 'queued' || job.state.name === 'running' || job.state.name === 'overdue';
}

export function freshMemory({ state }: Job, wall: number, monotonic: number): LookMemory {
  const age = state.name === 'queued' || state.name === 'running' ? ageOf(state, wall) : firstLook;
  return { nextAt: monotonic + Math.max(0, firstLook - age), troubles: 0 };
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
export function isOverdue(state: WatchedState, memory: LookMemory, wall: number, monotonic: number): boolean {
  if (state.name === 'overdue') return false;
  const { notFound } = memory;
  if (notFound && notFound.looks >= mostNotFound.looks && monotonic - notFound.since >= mostNotFound.overMs) return true;
  return state.runningAt === undefined ? wall - state.acceptedAt > overdueQueued : wall - state.runningAt > overdueRunning;
}

/** Milliseconds until the next look: soon after the start; every 5 s; rarer while nothing answers. */
export function pauseAfter(state: WatchedState, look: Look<unknown>, memory: LookMemory, wall: number): number {
  if (state.name === 'overdue') return Math.abs(wall - state.since) < overdueWatch ? overduePause : Number.POSITIVE_INFINITY;
  if (look.kind === 'noAccess') return 60_000;
  if (look.kind === 'trouble') return Math.min(60_000, Math.max(look.waitMs ?? 0, pauseAfterTroubles(memory.troubles)));
  return state.name === 'queued' && ageOf(state, wall) > 60_000 ? 10_000 : 5000;
}

/** Milliseconds: doubled with each trouble in a row, up to a minute. */
export function pauseAfterTroubles(troubles: number): number {
  return Math.min(60_000, 2500 * 2 ** Math.min(troubles, 5));
}

/** A moment ahead of the clock counts as long ago: the clock was set back, and would keep us waiting. */
function ageOf(state: Accepted, wall: number): number {
  const age = wall - state.acceptedAt;
  return age < 0 ? Number.POSITIVE_INFINITY : age;
}

export function acceptedPart(state: Accepted, status = state.status): Accepted {
  const { jobId, submittedAt, acceptedAt, runningAt, attempts, deleteSentAt, sunset, recognised } = state;
  return {
    jobId,
    status,
    submittedAt,
    acceptedAt,
    attempts,
    ...(runningAt !== undefined && { runningAt }),
    ...(deleteSentAt !== undefined && { deleteSentAt }),
    ...(sunset && { sunset }),
    ...(recognised && { recognised }),
  };
}
