import type { KreaClient } from '../krea/kreaClient';
import type { Network } from '../krea/network';
import type { Accounts } from './accounts';
import type { Clock } from './clock';
import type { Pause } from './job';
import type { Ledger } from './ledger';
import type { RequestRate } from './requestRate';
import type { WindowLock } from './windowLock';

/** The account in use now. A job is asked after only with the pair of address and account it was made with. */
export interface Connection {
  readonly client: KreaClient;
  readonly network: Network;
  readonly account: string;
}

/** What every step of a job's life works with. All of it comes from outside, so that a test can turn it. */
export interface JobParts {
  readonly ledger: Ledger;
  readonly lock: WindowLock;
  readonly clock: Clock;
  readonly rate: RequestRate;
  /** Which jobs the account in use may ask after. */
  readonly accounts: Accounts;
  /** Folder for clips on their way, and for those whose own folder cannot be written. */
  readonly clipStore: string;
  /** Bytes above which the user is asked before a clip is fetched; a large disk and a large line may do without. */
  readonly askAboveBytes?: () => number;
  /** `undefined` without a token. Waits for no window: a remote host outlives its window. */
  readonly connect: () => Promise<Connection | undefined>;
  /** Trouble that the user must see although the job goes on. */
  readonly warn: (warning: JobWarning) => void;
  /** How far the upload of a file has come, in this window. */
  readonly onUpload?: (progress: UploadProgress) => void;
  /** Never a token, a prompt or an address of a clip. */
  readonly log: (line: string) => void;
}

/** Bytes. `ended`: nothing more of this try comes, whatever became of it. */
export interface UploadProgress {
  readonly id: string;
  readonly role: string;
  readonly sent: number;
  readonly bytes: number;
  readonly ended: boolean;
}

export type JobWarning =
  /** 429: the job waits for a free place. */
  | { readonly kind: 'noPlace'; readonly id: string }
  | { readonly kind: 'acceptedNotWritten'; readonly jobId: string }
  | { readonly kind: 'paused'; readonly why: Exclude<Pause, 'noToken'> }
  | { readonly kind: 'noAccess'; readonly status: number }
  | { readonly kind: 'cancelTooLate'; readonly id: string };

export function belongsTo(connection: Connection, job: { readonly account: string; readonly apiBase: string }): boolean {
  return job.account === connection.account && job.apiBase === connection.client.apiBase.href;
}
