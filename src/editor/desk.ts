import type { Connection } from '../jobs/jobParts';
import type { Jobs } from '../jobs/jobs';

export type InTurn = (signal: AbortSignal) => Promise<void>;

/** One ledger with the service it belongs to: the user's account at Krea, or the offline demo. */
export interface Desk {
  readonly kind: 'krea' | 'offline';
  readonly jobs: Jobs;
  /** Where its ledger lies. */
  readonly folder: string;
  /** Waits until one more call of the user's may go to the API base: all calls of all windows share a rate. */
  readonly inTurn: InTurn;
  readonly connect: () => Promise<Connection | undefined>;
  /** A takes folder that holds for every job of this desk, whatever the settings say. */
  readonly takesRoot?: string;
  dispose(): Promise<void>;
}
