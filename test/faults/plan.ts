import type { StateName } from '../../src/jobs/job';
import type { SwitchChange } from '../../src/simulator/switches';
import type { Fault } from './fault';

/** One window in a process of its own, and what happens to it. */
export interface HostPlan {
  readonly gestures: number;
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
}

/** One run: windows on one ledger, what the service does to them, and what happens around. */
export interface Plan {
  readonly name: string;
  readonly seed: number;
  readonly hosts: readonly HostPlan[];
  /** A window in the test's own process, which nothing happens to, with a job of its own. */
  readonly companion: boolean;
  readonly switches?: SwitchChange;
  /** The one who looks after it all is killed there first. */
  readonly fellNext?: Fault;
  readonly trace?: boolean;
  /** The first host's doings on the disk are replayed, with a power cut after each. */
  readonly powerCuts?: boolean;
}

/** A window is stopped before it looks at its clock for the last time: what it sends afterwards comes much too late. */
export const stopsBeforeSending = ({ hosts, fellNext }: Plan): boolean =>
  [...hosts.map(({ fault }) => fault), fellNext].some((fault) => fault?.act.kind === 'stop' && fault.point === 'submit: submitting');

/** Every window goes on until there is nothing more to do. */
export const nobodyDies = ({ hosts, fellNext, powerCuts }: Plan): boolean =>
  !powerCuts &&
  !fellNext &&
  hosts.every(
    ({ fault, killedAfter }) =>
      killedAfter === undefined && (fault?.act.kind ?? 'clock') !== 'kill' && !(fault?.act.kind === 'namesTaken' && fault.act.thenKilled),
  );
