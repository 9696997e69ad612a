import { type FailPoint as JobsPoint, failPoints as jobsPoints } from '../../src/jobs/failPoint';
import { type FailPoint as KreaPoint, failPoints as kreaPoints } from '../../src/krea/failPoint';
import { type FailPoint as TakesPoint, failPoints as takesPoints } from '../../src/takes/failPoint';
import type { LedgerTrouble } from './ledgerTroubles';
import type { Who } from './people';

export type FailPoint = JobsPoint | KreaPoint | TakesPoint;
export const failPoints: readonly FailPoint[] = [...kreaPoints, ...jobsPoints, ...takesPoints];

export type ErrorName = 'BUSY' | 'FULL' | 'IOERR' | 'ENOSPC' | 'EIO' | 'ENOENT' | 'EACCES';

/** What happens to a process at a fail point. */
export type FaultAct =
  | { readonly kind: 'kill' }
  /** Stopped while so many milliseconds pass for everybody else. */
  | { readonly kind: 'stop'; readonly ms: number }
  /** The step fails, this time and the next `times - 1`. */
  | { readonly kind: 'error'; readonly error: ErrorName; readonly times: number }
  /** Somebody else's files come to lie under the next names; `thenKilled`: while no window is there to see it. */
  | { readonly kind: 'namesTaken'; readonly thenKilled: boolean }
  /** The wall clock jumps. */
  | { readonly kind: 'clock'; readonly ms: number }
  /** The machine sleeps, with every window on it. */
  | { readonly kind: 'sleep'; readonly ms: number; readonly monotonic: 'stands' | 'goesOn' }
  /** Another token is set in this window and all others, or the one in use is taken back. */
  | { readonly kind: 'account'; readonly change: AccountChange }
  /** The user tries the offline demo in this window: another service, another ledger. */
  | { readonly kind: 'offline' }
  /** From here on, and for a while, the system really refuses what the ledger asks of it. */
  | { readonly kind: 'ledger'; readonly trouble: LedgerTrouble; readonly thenKilled: boolean }
  /** A window of a newer version opens the ledger while this one stands still. */
  | { readonly kind: 'upgrade' };

export type AccountChange = 'otherWorkspace' | 'replaced' | 'revoked' | 'none';

/** Whose token is in use from there on, and whose are set one after the other when all is over. */
export const afterChange: Readonly<Record<AccountChange, { readonly inUse: Who; readonly atEnd: readonly Who[] }>> = {
  otherWorkspace: { inUse: 'bob', atEnd: ['bob', 'ann'] },
  replaced: { inUse: 'annAgain', atEnd: ['annAgain'] },
  revoked: { inUse: 'ann', atEnd: ['annAgain'] },
  none: { inUse: 'nobody', atEnd: ['ann'] },
};

/** At these the process stops itself, so that its parent can turn the world around it. */
export const isStop = ({ kind }: FaultAct): boolean => ['stop', 'sleep', 'ledger', 'upgrade'].includes(kind);

export interface Fault {
  readonly point: FailPoint;
  /** From 1: which time that the point is reached. */
  readonly nth: number;
  readonly act: FaultAct;
}

const day = 24 * 3_600_000;
const kill: FaultAct = { kind: 'kill' };
/** Past the 30 s of the submit and any lease; past every horizon of an unclear job. */
const stops: readonly FaultAct[] = [
  { kind: 'stop', ms: 90_000 },
  { kind: 'stop', ms: 3 * 3_600_000 },
];

/** What can really happen at a point. The faults of the network are the simulator's. */
export function actsAt(point: FailPoint): readonly FaultAct[] {
  return [kill, ...stops, ...errorsAt(point), ...othersAt(point)];
}

function errorsAt(point: FailPoint): readonly FaultAct[] {
  const failing = (...errors: readonly ErrorName[]) => errors.map((error): FaultAct => ({ kind: 'error', error, times: 1 }));
  switch (point) {
    case 'commit: begins':
      return [...failing('BUSY', 'IOERR'), { kind: 'error', error: 'BUSY', times: 30 }];
    case 'commit: changed':
      return [...failing('FULL', 'IOERR'), { kind: 'error', error: 'FULL', times: 4 }];
    case 'commit: stands':
      return failing('IOERR');
    case 'upload: sending':
      return failing('EIO', 'ENOENT');
    case 'upload: answered':
      return failing('BUSY', 'FULL');
    case 'part: opened':
    case 'part: piece':
    case 'part: whole':
    case 'clip: copied':
    case 'sidecar: temporary':
      return [...failing('ENOSPC', 'EIO'), { kind: 'error', error: 'ENOSPC', times: 3 }];
    case 'sidecar: named':
    case 'sidecar: synced':
    case 'clip: linked':
    case 'clip: synced':
    case 'name: linked':
    case 'name: reserved':
      return failing('EIO', 'ENOENT');
    case 'folder: made':
      return [...failing('EACCES', 'ENOENT'), { kind: 'error', error: 'EACCES', times: 3 }];
    default:
      return [];
  }
}

function othersAt(point: FailPoint): readonly FaultAct[] {
  switch (point) {
    case 'save: numbered':
    case 'save: described':
      return [
        { kind: 'namesTaken', thenKilled: false },
        { kind: 'namesTaken', thenKilled: true },
      ];
    case 'upload: answered':
    case 'submit: proven':
    case 'submit: submitting':
    case 'submit: answered':
    case 'POST: leaves':
    case 'commit: changed':
    case 'lease: claimed':
    case 'poll: answered':
    case 'search: begins':
    case 'search: answered':
    case 'perhaps: seen':
    case 'cancel: answered':
    case 'takeOver: found':
    case 'save: begins':
      return [
        { kind: 'clock', ms: day },
        { kind: 'clock', ms: -day },
      ];
    default:
      return [];
  }
}

const sqliteCodes: Partial<Record<ErrorName, number>> = { BUSY: 5, FULL: 13, IOERR: 10 };

/** As the system or SQLite would throw it. */
export function errorOf(name: ErrorName): Error {
  const errcode = sqliteCodes[name];
  return errcode === undefined
    ? Object.assign(new Error(`${name}: fault`), { code: name, syscall: 'write' })
    : Object.assign(new Error(`SQLITE_${name}: fault`), { code: 'ERR_SQLITE_ERROR', errcode });
}

export function wordsFor({ point, nth, act }: Fault): string {
  return `${wordsForAct(act)} at “${point}” #${nth}`;
}

export function wordsForAct(act: FaultAct): string {
  switch (act.kind) {
    case 'kill':
      return 'SIGKILL';
    case 'stop':
      return `SIGSTOP ${act.ms / 1000} s`;
    case 'error':
      return `${act.error} ×${act.times}`;
    case 'namesTaken':
      return act.thenKilled ? 'names taken, SIGKILL' : 'names taken';
    case 'clock':
      return `clock ${act.ms > 0 ? '+' : '−'}1 day`;
    case 'sleep':
      return `sleep of ${act.ms / 3_600_000} h, monotonic clock ${act.monotonic === 'stands' ? 'stands' : 'goes on'}`;
    case 'account':
      return `account: ${act.change}`;
    case 'offline':
      return 'Try Offline';
    case 'ledger':
      return `real ${act.trouble}${act.thenKilled ? ', SIGKILL' : ''}`;
    case 'upgrade':
      return 'newer version';
  }
}

/** The bytes of a file are on their way, and its job is not. */
export const isUpload = (point: FailPoint): boolean => point.startsWith('upload');

export function isFailPoint(value: unknown): value is FailPoint {
  return failPoints.some((point) => point === value);
}
