import type { JobReport } from '../krea/jobReport';
import type { Accepted, Guess, Job, JobState, Unclear } from './job';

/** Milliseconds after the end of a POST in which its job may still be made. */
const madeWithin = 180_000;

/** Milliseconds of server time after the end of a POST until a job of it would have ended, and be listed. */
export const horizon = 2.25 * 3_600_000;

/** Milliseconds of server time between the two complete lists that must both be without a candidate. */
export const betweenLists = 600_000;

/** Milliseconds by which our clock may be wrong, where no server time is known from before the request. */
const clockSlack = 600_000;

/** Server time, milliseconds; both ends belong to it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export type Bounded = Unclear & { readonly sentAfter: number; readonly endedBy: number };

export type Unknown = Job & { readonly state: Extract<JobState, { name: 'unknown' }> };
export type Perhaps = Job & { readonly state: Extract<JobState, { name: 'perhaps' }> };

export function isUnknown(job: Job): job is Unknown {
  return job.state.name === 'unknown';
}

export function isPerhaps(job: Job): job is Perhaps {
  return job.state.name === 'perhaps';
}

/**
 * When a job of this request can have been made. Heard of `serverNow`, after the request had ended, it ended before
 * that: so the first list bounds what a window that was killed could not write down.
 */
export function bounded(state: Unclear, serverNow: number, wallNow: number): Bounded {
  const byOurClock = serverNow - (wallNow - state.sentAt) - clockSlack;
  const { emptyAt } = state;
  return {
    ...unclearPart(state),
    ...(emptyAt !== undefined && { emptyAt }),
    sentAfter: state.sentAfter ?? Math.min(byOurClock, serverNow),
    endedBy: Math.min(state.endedBy ?? serverNow, serverNow),
  };
}

export function spanOf({ sentAfter, endedBy }: Pick<Bounded, 'sentAfter' | 'endedBy'>): Span {
  return { from: sentAfter, to: endedBy + madeWithin };
}

/** The jobs of a list that may be this request's, the likeliest first: made soonest after it went out. */
export function candidatesFor(
  state: Unclear,
  span: Span,
  items: readonly JobReport[],
  held: ReadonlySet<string>,
): readonly (JobReport & { readonly createdAt: number })[] {
  return items
    .filter(isDated)
    .filter(({ jobId, createdAt }) => isIn(span, createdAt) && !held.has(jobId) && !state.notMine?.includes(jobId))
    .sort((one, other) => one.createdAt - other.createdAt);
}

export function isIn({ from, to }: Span, time: number): boolean {
  return time >= from && time <= to;
}

/**
 * Whether Krea has shown for long enough that there is no job of this request. `others` hold jobs that may be this
 * one's as well.
 */
export function mayClose(state: Bounded & { readonly emptyAt: number }, span: Span, serverNow: number, guesses: readonly Guess[]): boolean {
  if (serverNow - state.emptyAt < betweenLists || serverNow < state.endedBy + horizon) return false;
  return !guesses.some(({ jobId, madeAt }) => isIn(span, madeAt) && !state.notMine?.includes(jobId));
}

export function guessOf(report: JobReport & { readonly createdAt: number }, others: number): Guess {
  return { jobId: report.jobId, madeAt: report.createdAt, others, ...seenOf(report) };
}

/** What a report says of a job that is only guessed at. */
export function seenOf({ status, phase, failure, urls }: JobReport): Pick<Guess, 'status' | 'phase' | 'failure' | 'withoutVideo'> {
  const withoutVideo = phase === 'completed' && urls.length === 0;
  return { status, phase: withoutVideo ? 'failed' : phase, ...(failure && { failure }), ...(withoutVideo && { withoutVideo }) };
}

/** Ended without a clip to know it by. */
export function hasEnded({ phase }: Guess): boolean {
  return phase === 'failed' || phase === 'cancelled';
}

/** A guess that has come as far as it can: now the user can say whose it is. */
export function isDecidable(job: Job): boolean {
  return isPerhaps(job) && (hasEnded(job.state) || job.state.clip !== undefined);
}

/** The request as it was before the guess, which it will not make again. */
export function withoutGuess(state: Guess & Unclear): Unclear {
  return { ...unclearPart(state), notMine: [...(state.notMine ?? []), state.jobId] };
}

export function unclearPart(state: Unclear): Unclear {
  const { sentAt, endedAt, attempts, fault, evidence, sentAfter, endedBy, notMine } = state;
  return {
    sentAt,
    endedAt,
    ...(attempts !== undefined && { attempts }),
    ...(fault && { fault }),
    ...(evidence && { evidence }),
    ...(sentAfter !== undefined && { sentAfter }),
    ...(endedBy !== undefined && { endedBy }),
    ...(notMine && { notMine }),
  };
}

/** What the row goes to when the user says that the guess is right. `undefined` while Krea is still at work on it. */
export function recognised(state: Guess & Unclear, now: number): JobState | undefined {
  const accepted: Accepted = {
    jobId: state.jobId,
    status: state.status,
    submittedAt: state.sentAt,
    acceptedAt: state.endedAt,
    attempts: state.attempts ?? 1,
    recognised: true,
  };
  switch (state.phase) {
    case 'queued':
    case 'running':
      return undefined;
    case 'completed': {
      if (!state.clip) return { name: 'downloading', ...accepted, endedAt: now };
      const { file: _, ...verified } = state.clip;
      return { name: 'downloading', ...accepted, endedAt: now, verified };
    }
    case 'failed':
      return { name: 'failed', ...accepted, endedAt: now, failure: state.failure ?? {}, withoutVideo: state.withoutVideo === true };
    case 'cancelled':
      return { name: 'cancelled', ...accepted, endedAt: now, by: 'krea' };
  }
}

function isDated(report: JobReport): report is JobReport & { readonly createdAt: number } {
  return report.createdAt !== undefined;
}
