import type { JobFailure, Phase } from '../krea/jobReport';
import type { NetworkFault } from '../krea/networkFault';
import type { Evidence, SunsetNotice } from '../krea/submitAnswer';
import type { Container } from '../takes/containerOf';
import type { Batch } from './budget';

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
  /** Why nobody asks after it just now. It goes on by itself when the account it was made with is back. */
  readonly paused?: Pause;
  readonly state: JobState;
}

export type Pause = 'otherAccount' | 'otherAddress' | 'noToken';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** Everything a job needs after the gesture that made it, so that any window can finish it. */
export interface Order {
  readonly model: { readonly id: string; readonly name: string; readonly typicalSeconds?: number };
  readonly endpoint: string;
  /** The JSON of the POST, but for its inputs: where a file's address will stand, there is `sha256:<hex>`. */
  readonly body: JsonObject;
  /** Local files that the request sends. They go up before the POST. */
  readonly inputs?: readonly OrderInput[];
  readonly prompt: string;
  /** Every parameter that holds, the model's defaults included: what people are shown and pay for. */
  readonly parameters: JsonObject;
  readonly requestHash: string;
  readonly estimate: Estimate;
  readonly webhookUrl?: string;
  readonly destination: Destination;
  /** Of one that is made together with others, for a sum that they share. */
  readonly batch?: Batch;
}

/** A local file as it was when the user agreed to the request. */
export interface OrderInput {
  /** Krea's name of that field, such as `start_image` or `reference_images.0`. */
  readonly role: string;
  readonly file: string;
  /** For people and sidecars: relative to the workspace folder, else the name alone. */
  readonly shown: string;
  readonly sha256: string;
  readonly bytes: number;
  /** As in `image/png`. */
  readonly type: string;
  readonly ending: string;
}

/** Why a file could not be uploaded. `status`, `message`: what Krea answered. */
export interface InputFailure {
  readonly role: string;
  readonly name: string;
  readonly why: 'missing' | 'changed' | 'unreadable' | 'tooLarge' | 'refused';
  readonly status?: number;
  readonly message?: string;
}

/**
 * Krea reports no charge per job: every figure is an estimate. `microUsd` is in millionths of a US dollar; `before`: what
 * it was lately, where that is less than half or more than twice as much.
 */
export type Estimate =
  | { readonly kind: 'exact' | 'about'; readonly microUsd: number; readonly date: string; readonly before?: number }
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
  readonly written?: WrittenState;
}

/** The text of a shot when its take was ordered. */
export interface WrittenState {
  /** SHA-256 of its words as they stood in the file. */
  readonly shotHash: string;
  /** Of the repository it lies in, if any. `dirty`: the file was not as in that commit. */
  readonly commit: string | null;
  readonly dirty: boolean | null;
}

export type JobState =
  | {
      readonly name: 'intended' /** wall time before which Krea does not want to hear again (429) */;
      readonly notBefore?: number;
      readonly refusals?: number /** the field whose file is going up. */;
      readonly uploading?: string;
    }
  | {
      readonly name: 'submitting';
      readonly since: number;
      readonly attempts: number /** server time: the newest heard of before the request went out. */;
      readonly sentAfter?: number;
    }
  | ({ readonly name: 'queued' | 'running' } & Accepted)
  | ({
      readonly name: 'downloading';
      readonly endedAt: number;
      readonly verified?: Verified;
      readonly placing?: Placing;
      /** The user was told that the clip is large, and wants it. */
      readonly anySize?: true;
    } & Accepted)
  | ({ readonly name: 'done'; readonly endedAt: number; readonly savedAt: number; readonly saved: Verified & SavedTake } & Accepted)
  | ({
      readonly name: 'failed';
      readonly endedAt: number;
      readonly failure: JobFailure /** Krea said *completed* and gave no file. */;
      readonly withoutVideo: boolean;
    } & Accepted)
  | ({
      readonly name: 'notFetched';
      readonly endedAt: number;
      readonly why: NotFetched /** Of a clip that is *large*. */;
      readonly size?: ClipSize;
    } & Accepted)
  | ({ readonly name: 'overdue'; readonly since: number } & Accepted)
  | ({ readonly name: 'cancelled'; readonly endedAt: number; readonly by: 'us' | 'krea' } & Partial<Accepted>)
  | {
      readonly name: 'refused';
      readonly endedAt: number;
      readonly status: number;
      readonly message: string;
      readonly replacement?: string /** what Krea objects to is a file, of this field if it said so. */;
      readonly input?: string;
      readonly evidence: Evidence;
    }
  | {
      readonly name: 'notSent';
      readonly endedAt: number;
      readonly why: NotSent;
      readonly fault?: NetworkFault;
      readonly input?: InputFailure;
    }
  | ({ readonly name: 'unknown' } & Unclear)
  | ({ readonly name: 'perhaps' } & Guess & Unclear)
  | ({ readonly name: 'closed'; readonly closedAt: number } & Unclear);

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
  /** Krea warned that it will refuse this model. */
  readonly sunset?: SunsetNotice;
  /** No answer named this job: the user recognised its clip, or found it among those of the workspace. */
  readonly recognised?: true;
}

/** What is known of a request that may have become a job, without an answer that says so. */
export interface Unclear {
  /** Wall time at which it was about to go out, and at which there was no more answer to wait for. */
  readonly sentAt: number;
  readonly endedAt: number;
  readonly attempts?: number;
  readonly fault?: NetworkFault;
  readonly evidence?: Evidence;
  /** Server time before the request went out, and after its end: a job of it was made in between, or soon after. */
  readonly sentAfter?: number;
  readonly endedBy?: number;
  /** Ids at Krea that the user, or an answer to another request, says are not this job's. */
  readonly notMine?: readonly string[];
  /** Server time of the first complete list, since the last candidate, that had none. */
  readonly emptyAt?: number;
}

/**
 * A job at Krea that may be the one asked for. Its time fits, and that is all: others use the workspace too, and
 * Krea shows no prompt. It is watched and its clip is fetched, but only the user makes it more, and nobody deletes it.
 */
export interface Guess {
  readonly jobId: string;
  readonly status: string;
  readonly phase: Phase;
  /** Server time. */
  readonly madeAt: number;
  /** Jobs of that time beside this one; `counted` when no more can be made. */
  readonly others: number;
  readonly counted?: true;
  readonly clip?: Verified & { readonly file: string };
  readonly unfetched?: NotFetched;
  readonly failure?: JobFailure;
  /** Krea said *completed* and gave no file; the phase is *failed* then. */
  readonly withoutVideo?: true;
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

/** `large`: it can be fetched, and the user is asked first whether it shall be. */
export type NotFetched = 'gone' | 'notAVideo' | 'refusedAddress' | 'storage' | 'network' | 'large';

/** As the file host announces it; `atLeast` when it announces nothing and so much has come. */
export interface ClipSize {
  readonly bytes: number;
  readonly atLeast?: true;
}

/** `windowEnded`: the window that meant to send it is gone. `asleep`: too much time passed before sending. `input`: a file could not be uploaded. */
export type NotSent = 'windowEnded' | 'asleep' | 'network' | 'noToken' | 'tooBusy' | 'input';

/** States that a window still works on. */
const openStates: readonly StateName[] = ['intended', 'submitting', 'queued', 'running', 'downloading'];

/** With those that are looked at again from time to time, since nobody knows how they ended. */
export const liveStates: readonly StateName[] = [...openStates, 'overdue', 'unknown', 'perhaps'];

/** Those of which a cancel can come to anything: a job that is only guessed is never deleted. */
export const cancellableStates: readonly StateName[] = [...openStates, 'overdue'];

export function isOpen(job: Pick<Job, 'state'>): boolean {
  return openStates.includes(job.state.name);
}

export function isLive(job: Pick<Job, 'state'>): boolean {
  return liveStates.includes(job.state.name);
}

export function jobIdOf(job: Pick<Job, 'state'>): string | undefined {
  return 'jobId' in job.state ? job.state.jobId : undefined;
}
