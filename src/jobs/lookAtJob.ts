import type { JobReport } from '../krea/jobReport';
import type { Look } from '../krea/kreaClient';
import type { Accepted, Job, JobState } from './job';

/** Milliseconds: Krea ends a job of an outside provider after 2 h; the rest is for clocks and queues. */
const overdueRunning = 2.25 * 3_600_000;
const overdueQueued = 24 * 3_600_000;

/** A 404 is believed only when it stays: three times over ten minutes. */
const mostNotFound = { looks: 3, overMs: 600_000 };

/** What this window remembers between two looks at one job; lost with the window, and nothing depends on it. */
export interface LookMemory {
  /** Monotonic time of the next look. */
  nextAt: number;
  /** Looks in a row that came to nothing. */
  troubles: number;
  notFound?: { readonly since: number; readonly looks: number };
  /** Our DELETE was answered; only a GET says what became of it. */
  deleted?: boolean;
  /** Times that the file host had no usable clip at a fresh address. */
  emptyHanded?: number;
  /** Addresses of the result files from the last look, best first. */
  urls?: readonly string[];
}

export type WatchedState = Extract<JobState, { name: 'queued' | 'running' }>;

/** The state a job goes to after the service said this of it; `undefined` when nothing changed. Pure. */
export function stateAfter(job: Job & { readonly state: WatchedState }, report: JobReport, now: number): JobState | undefined {
  const accepted = acceptedPart(job.state, report.status);
  switch (report.phase) {
    case 'queued':
      // a job that was running once is not called queued again: states of the service repeat and skip
      return report.status === job.state.status ? undefined : { name: job.state.name, ...accepted };
    case 'running':
      return report.status === job.state.status && job.state.name === 'running'
        ? undefined
        : { name: 'running', ...accepted, runningAt: job.state.runningAt ?? now };
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

/** Whether the job has been out of sight or at work for longer than Krea lets a job live. Never means *not charged*. */
export function isOverdue(state: WatchedState, memory: LookMemory, wall: number, monotonic: number): boolean {
  const { notFound } = memory;
  if (notFound && notFound.looks >= mostNotFound.looks && monotonic - notFound.since >= mostNotFound.overMs) return true;
  return state.runningAt === undefined ? wall - state.acceptedAt > overdueQueued : wall - state.runningAt > overdueRunning;
}

/** Milliseconds until the next look: soon after the start, for early refusals; every 5 s; rarer while nothing answers. */
export function pauseAfter(state: WatchedState, look: Look<unknown>, memory: LookMemory, wall: number): number {
  if (look.kind === 'noAccess') return 60_000;
  if (look.kind === 'trouble') return Math.min(60_000, Math.max(look.waitMs ?? 0, 5000 * 2 ** Math.min(memory.troubles, 4)));
  const age = wall - state.acceptedAt;
  if (age < 2500) return 2500 - Math.max(0, age);
  return state.name === 'queued' && age > 60_000 ? 10_000 : 5000;
}

export function acceptedPart(state: Accepted, status = state.status): Accepted {
  const { jobId, submittedAt, acceptedAt, runningAt, attempts, sunset } = state;
  return { jobId, status, submittedAt, acceptedAt, attempts, ...(runningAt !== undefined && { runningAt }), ...(sunset && { sunset }) };
}
