import type { StateName } from '../../src/jobs/job';
import type { SwitchChange } from '../../src/simulator/switches';
import type { Fault, FaultAct } from './fault';

/** One window in a process of its own, and what happens to it. */
export interface HostPlan {
  readonly gestures: number;
  /** A picture goes with every gesture, the same each time; `lost`: after the first job Krea does not have it any more. */
  readonly file?: 'kept' | 'lost';
  readonly fault?: Fault;
  readonly cancelWhen?: StateName;
  readonly way?: 'direct' | 'editor';
  readonly noHardLinks?: boolean;
  /** Its user takes the first clip that may be the one for the one: only where no stranger is. */
  readonly recognises?: boolean;
  /** Real milliseconds after the first host. */
  readonly startsAfter?: number;
  /** Dies this many real milliseconds after its start, wherever it is. */
  readonly killedAfter?: number;
  /** Gestures once another account is in use. */
  readonly afterwards?: number;
  /** 2: another computer of the same account, with a ledger of its own. */
  readonly machine?: Machine;
  /** It is an older version of the extension, which knows a ledger of this version. */
  readonly schema?: 1 | 2;
}

export type Machine = 1 | 2;

/**
 * A window in the test's own process, which nothing happens to, with a job of its own. `first`: it watches for all;
 * `later`: it comes when the first host already does.
 */
export type Companion = 'none' | 'first' | 'later';

/** One run: windows on one ledger, what the service does to them, and what happens around. Plain data. */
export interface Plan {
  readonly name: string;
  readonly seed: number;
  readonly hosts: readonly HostPlan[];
  readonly companion: Companion;
  readonly switches?: SwitchChange;
  /** The one who looks after it all is killed there first. */
  readonly fellNext?: Fault;
  readonly trace?: boolean;
  /** The first host's doings on the disk are replayed, with a power cut after each. */
  readonly powerCuts?: boolean;
  /** The user presses *Submit Again*, warned, where it is offered: knowing that Krea has no such job, or not knowing. */
  readonly submitsAgain?: 'knowing' | 'blindly';
}

export function actsOf({ hosts, fellNext }: Plan): readonly FaultAct[] {
  return [...hosts.map(({ fault }) => fault), fellNext].flatMap((fault) => fault?.act ?? []);
}

/** The window is stopped before it looks at its clock for the last time: what it sends afterwards comes much too late. */
export const stopsBeforeSending = (fault: Fault | undefined): boolean =>
  (fault?.act.kind === 'stop' || fault?.act.kind === 'sleep') && fault.point === 'submit: submitting';

/** Every window goes on until there is nothing more to do. */
export const nobodyDies = (plan: Plan): boolean =>
  !plan.powerCuts &&
  !plan.fellNext &&
  plan.hosts.every(({ killedAfter }) => killedAfter === undefined) &&
  actsOf(plan).every(
    (act) => act.kind !== 'kill' && !(act.kind === 'namesTaken' && act.thenKilled) && !(act.kind === 'ledger' && act.thenKilled),
  );

export const machinesOf = ({ hosts }: Plan): readonly Machine[] => (hosts.some(({ machine }) => machine === 2) ? [1, 2] : [1]);
