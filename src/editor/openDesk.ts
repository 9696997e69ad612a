import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Accounts } from '../jobs/accounts';
import type { Clock } from '../jobs/clock';
import type { Connection, JobParts } from '../jobs/jobParts';
import { Jobs } from '../jobs/jobs';
import { Ledger } from '../jobs/ledger';
import { RequestRate } from '../jobs/requestRate';
import { WindowLock } from '../jobs/windowLock';
import type { Desk } from './desk';
import { settings } from './settings';
import { tellOnce } from './tellFailure';

export type Connect = () => Promise<Connection | undefined>;

export interface DeskParts {
  readonly windowId: string;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** The desk of the user's own jobs, with its ledger in this folder. */
export function openKreaDesk(folder: string, connect: Connect, parts: DeskParts): Desk {
  const ofJobs = jobPartsFor(folder, connect, parts);
  const jobs = new Jobs(ofJobs, folder, randomUUID);
  const inTurn: Desk['inTurn'] = (signal) => ofJobs.rate.turn(signal, 'act');
  return { kind: 'krea', jobs, folder, inTurn, connect, dispose: () => jobs.dispose() };
}

/** What the jobs of a desk need, by the settings. */
export function jobPartsFor(folder: string, connect: Connect, { windowId, clock, log }: DeskParts): JobParts {
  const ledger = new Ledger(folder, clock, log);
  return {
    ledger,
    lock: new WindowLock(join(folder, 'windows'), windowId),
    clock,
    rate: new RequestRate(clock, ledger.windows),
    accounts: new Accounts(),
    clipStore: join(folder, 'clips'),
    askAboveBytes: settings.askAboveBytes,
    connect,
    warn: tellOnce(),
    log,
  };
}
