import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Job, jobIdOf } from '../../src/jobs/job';
import type { Simulator } from '../../src/simulator/simulator';
import { readSidecar } from '../../src/takes/sidecar';
import { checkFiles, checkToken } from './checkFiles';
import { checkGestures, postsOf } from './checkGestures';
import { endStates, saysUnclear } from './stateWords';

export type ViolationKind = 'secondJob' | 'lost' | 'badFile' | 'falseWord' | 'token' | 'other';

export interface Violation {
  readonly kind: ViolationKind;
  readonly what: string;
}

export type Add = (kind: ViolationKind, what: string) => void;

/** A computer, with a ledger and a takes folder of its own. */
export interface MachineEnd {
  readonly storage: string;
  readonly project: string;
  readonly rows: readonly Job[];
}

export interface RunEnd {
  readonly simulator: Simulator;
  /** The offline demo, where somebody tried it. */
  readonly demo?: Simulator;
  readonly machines: readonly MachineEnd[];
  readonly rows: readonly Job[];
  readonly folder: string;
  /** Gestures of which the user was told that they are taken. */
  readonly acknowledged: ReadonlySet<string>;
  /** A user wished to cancel. */
  readonly mayDelete: boolean;
  /** Accounts whose token is gone for good: what cannot be asked for any more may stay open. */
  readonly goneAccounts: ReadonlySet<string>;
  /** All that was printed or logged. */
  readonly output: string;
  /** No window was killed while it had work to do. */
  readonly nobodyDied: boolean;
  /** Gestures of windows that were stopped between writing *submitting* and sending. */
  readonly stoppedBeforeSending: ReadonlySet<string>;
  /** Gestures of windows that were killed while a file of theirs went up. */
  readonly diedUploading: ReadonlySet<string>;
  readonly clipOf: (prompt: string) => Buffer;
}

/** What must hold after everything, whatever happened. */
export function checkRun(end: RunEnd): readonly Violation[] {
  const found: Violation[] = [];
  const add: Add = (kind, what) => void found.push({ kind, what });
  checkGestures(end, add);
  for (const row of end.rows) checkRow(row, end, add);
  checkTimes(end, add);
  checkFiles(end, add);
  checkToken(end, add);
  checkDemo(end, add);
  for (const violation of end.simulator.violations)
    add(violation.includes('token') || violation.includes('Authorization') ? 'token' : 'other', violation);
  return found;
}

function checkRow(row: Job, end: RunEnd, add: Add): void {
  const { name } = row.state;
  const waitsForGoneAccount = row.paused !== undefined && end.goneAccounts.has(row.account);
  if (!endStates.has(name) && !saysUnclear.has(name) && !waitsForGoneAccount) add('lost', `${row.id} never ended: ${name}`);
  if (row.state.name !== 'done') return;
  const { clip, sidecar } = row.state.saved;
  if (!existsSync(clip)) add('badFile', `${row.id}: ${path.basename(clip)} is not there`);
  else if (!readFileSync(clip).equals(end.clipOf(row.order.prompt))) add('badFile', `${row.id}: ${path.basename(clip)} holds other bytes`);
  const described = readSidecar(parsed(sidecar));
  if (described?.job_id !== jobIdOf(row) || described?.output.file !== path.basename(clip))
    add('badFile', `${row.id}: its sidecar is not right`);
}

/** ms: the 30 s after which a window asks instead of sending, and what a slow machine adds at the speed of these tests. */
const latest = 30_000 + 50_000;

/** What was written as *submitting* long ago is not sent any more: the machine may have slept. */
function checkTimes({ rows, simulator, stoppedBeforeSending }: RunEnd, add: Add): void {
  for (const row of rows.filter(({ id }) => stoppedBeforeSending.has(id))) {
    const posts = postsOf(simulator, row.order.prompt);
    const sentAt = posts.at(-1)?.at;
    if (sentAt === undefined || !('submittedAt' in row.state) || row.state.submittedAt === undefined) continue;
    if (sentAt - row.state.submittedAt > latest)
      add('other', `${row.id} was sent ${Math.round((sentAt - row.state.submittedAt) / 1000)} s late`);
  }
}

/** The demo and the service know nothing of each other. */
function checkDemo({ demo, simulator, rows }: RunEnd, add: Add): void {
  if (simulator.requests.some(({ token }) => token === 'demo')) add('token', 'of the demo at the service');
  if (rows.some(({ id }) => id === 'demo')) add('other', 'a job of the demo is in the ledger');
  if (demo?.requests.some(({ origin, token }) => origin === 'api' && token !== 'demo'))
    add('token', 'another one than its own at the demo');
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
