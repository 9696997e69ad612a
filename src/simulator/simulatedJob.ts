import type { ClipSpec } from './clipSpec';
import type { Ending, Failure, JobScript } from './jobScript';
import type { SimulatedModel } from './models';

export type JobState =
  /** Waits for a free slot of its workspace; its script has not begun. */
  | { readonly kind: 'backlogged' }
  | { readonly kind: 'running'; readonly step: number }
  | {
      readonly kind: 'ended';
      readonly ending: Ending;
      /** The status that is told; nearly always `ending`. */
      readonly word: string;
      readonly at: number;
      readonly by: EndedBy;
      readonly failure?: Failure;
    };

export type EndedBy = 'script' | 'client' | 'serverTimeout' | 'control';

/** A job as the simulator knows it. Tests read it; only SimulatedJobs writes it. */
export interface SimulatedJob {
  readonly id: string;
  readonly model: SimulatedModel;
  /** Somebody else's, by the same token. */
  readonly stranger: boolean;
  /** Name of the token it was submitted with. */
  readonly token: string;
  readonly workspace: string;
  /** As it was sent. */
  readonly body: Readonly<Record<string, unknown>>;
  /** With the defaults of what was not sent. */
  readonly resolved: Readonly<Record<string, unknown>>;
  /** ms on the simulator's clock. */
  readonly createdAt: number;
  readonly script: JobScript;
  readonly state: JobState;
  /** When the script began: the time the job left the backlog. */
  readonly startedAt: number | undefined;
  /** What is charged now: 0 again after a failure or a cancellation. */
  readonly chargedUsd: number;
  readonly clip: ClipSpec;
  /** A DELETE was answered with success. */
  readonly deleted: boolean;
  /** GET /jobs/{id} so far; `pollsAfterEnd`: those after the end had been told. */
  readonly polls: number;
  /** A poll has been answered with its end. */
  readonly endTold: boolean;
  readonly pollsAfterEnd: number;
  /** Whole downloads of its file. */
  readonly downloads: number;
  readonly webhookUrl: string | undefined;
}

export type OpenJob = { -readonly [K in keyof SimulatedJob]: SimulatedJob[K] };

export function statusOf(job: SimulatedJob): string {
  switch (job.state.kind) {
    case 'backlogged':
      return 'backlogged';
    case 'running':
      return job.script[job.state.step]?.status ?? 'processing';
    case 'ended':
      return job.state.word;
    default:
      return job.state satisfies never;
  }
}
