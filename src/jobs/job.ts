import type { JobFailure } from '../krea/jobReport';
import type { NetworkFault } from '../krea/networkFault';
import type { Evidence } from '../krea/submitAnswer';
import type { Container } from '../takes/containerOf';

/** One paid run at Krea, with our record of it from *intended* on. */
export interface Job {
  /** Ours. Krea's own id is in the state, from the moment it is known. */
  readonly id: string;
  /** Random id stored beside the token: a job is asked after only with the account it was made with. */
  readonly account: string;
  readonly apiBase: string;
  readonly createdAt: number;
  readonly order: Order;
  /** The window that may write this row, and how often that right has passed on. */
  readonly owner: string;
  readonly epoch: number;
  /** Any window may ask; the owner acts when it may. */
  readonly cancelAskedAt?: number;
  readonly state: JobState;
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** Everything a job needs after the gesture that made it, so that any window can finish it. */
export interface Order {
  readonly model: { readonly id: string; readonly name: string; readonly typicalSeconds?: number };
  readonly endpoint: string;
  readonly body: JsonObject;
  readonly prompt: string;
  /** Every parameter that holds, the model's defaults included: what people are shown and pay for. */
  readonly parameters: JsonObject;
  readonly requestHash: string;
  readonly estimate: Estimate;
  readonly webhookUrl?: string;
  readonly destination: Destination;
}

/** Krea reports no charge per job: every figure is an estimate. `microUsd` is in millionths of a US dollar. */
export type Estimate =
  | { readonly kind: 'exact' | 'about'; readonly microUsd: number; readonly date: string }
  | { readonly kind: 'unknown' };

/** Where the take goes. `folder` lies inside `root`, which is checked again when the clip is there. */
export interface Destination {
  readonly folder: string;
  readonly root: string;
  /** File name without take number: `SH010` or `a-red-fox-runs`. */
  readonly stem: string;
  readonly shot?: string;
  /** The text it was made from, relative to `root`. */
  readonly source?: string;
}

export type JobState =
  | {
      readonly name: 'intended' /** wall time before which Krea does not want to hear again (429) */;
      readonly notBefore?: number;
      readonly refusals?: number;
    }
  | { readonly name: 'submitting'; readonly since: number; readonly attempts: number }
  | ({ readonly name: 'queued' | 'running' } & Accepted)
  | ({ readonly name: 'downloading'; readonly endedAt: number; readonly verified?: Verified; readonly placing?: Placing } & Accepted)
  | ({ readonly name: 'done'; readonly endedAt: number; readonly savedAt: number; readonly saved: Verified & SavedTake } & Accepted)
  | ({
      readonly name: 'failed';
      readonly endedAt: number;
      readonly failure: JobFailure /** Krea said *completed* and gave no file. */;
      readonly withoutVideo: boolean;
    } & Accepted)
  | ({ readonly name: 'notFetched'; readonly endedAt: number; readonly why: NotFetched } & Accepted)
  | ({ readonly name: 'overdue'; readonly since: number } & Accepted)
  | ({ readonly name: 'cancelled'; readonly endedAt: number; readonly by: 'us' | 'krea' } & Partial<Accepted>)
  | {
      readonly name: 'refused';
      readonly endedAt: number;
      readonly status: number;
      readonly message: string;
      readonly replacement?: string;
      readonly evidence: Evidence;
    }
  | { readonly name: 'notSent'; readonly endedAt: number; readonly why: NotSent; readonly fault?: NetworkFault }
  | {
      readonly name: 'unknown';
      readonly sentAt: number;
      readonly endedAt: number;
      readonly fault?: NetworkFault;
      readonly evidence?: Evidence;
    };

export type StateName = JobState['name'];

export interface Accepted {
  readonly jobId: string;
  /** The service's own last word. */
  readonly status: string;
  readonly submittedAt: number;
  readonly acceptedAt: number;
  /** When *processing* (or any word of work) was first seen. */
  readonly runningAt?: number;
  readonly attempts: number;
  /** Milliseconds from the first *processing* to the end, where both were seen as they happened: what is learnt from. */
  readonly ranMs?: number;
  /** Before our first DELETE went out: from there on, a job that Krea no longer knows is one that we cancelled. */
  readonly deleteSentAt?: number;
  /** ISO day after which Krea refuses this model, when it warned. */
  readonly sunset?: string;
}

/** A clip that came whole. */
export interface Verified {
  readonly sha256: string;
  readonly bytes: number;
  readonly container: Container;
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
  readonly videoCodec: string | null;
  readonly audioCodec: string | null;
}

/** Where the clip is about to get its name. On disk before the name is, so that a kill leaves no clip under two names. */
export interface Placing {
  readonly folder: string;
  readonly take: number;
  readonly keptBecause?: string;
}

export interface SavedTake {
  readonly clip: string;
  readonly sidecar: string;
  readonly take: number;
  /** Set when the takes folder could not be written and the clip lies in the extension's storage instead. */
  readonly keptBecause?: string;
}

export type NotFetched = 'gone' | 'notAVideo' | 'refusedAddress' | 'storage' | 'network';

/** `windowEnded`: the window that meant to send it is gone. `asleep`: too much time passed before sending. */
export type NotSent = 'windowEnded' | 'asleep' | 'network' | 'noToken' | 'tooBusy';

/** States that a window still works on. */
const openStates: readonly StateName[] = ['intended', 'submitting', 'queued', 'running', 'downloading'];

/** With those that are looked at again from time to time, since nobody knows how they ended. */
export const liveStates: readonly StateName[] = [...openStates, 'overdue'];

export function isOpen(job: Pick<Job, 'state'>): boolean {
  return openStates.includes(job.state.name);
}

export function isLive(job: Pick<Job, 'state'>): boolean {
  return liveStates.includes(job.state.name);
}

export function jobIdOf(job: Pick<Job, 'state'>): string | undefined {
  return 'jobId' in job.state ? job.state.jobId : undefined;
}
