import type { StateName } from './job';

/** How a list sorts jobs: on their way, with a clip, ended without one, or of unknown fate. */
export type JobKind = 'running' | 'finished' | 'failed' | 'unclear';

export const jobKinds: readonly JobKind[] = ['running', 'finished', 'failed', 'unclear'];

const kinds: Readonly<Record<StateName, JobKind>> = {
  intended: 'running',
  submitting: 'running',
  queued: 'running',
  running: 'running',
  downloading: 'running',
  done: 'finished',
  failed: 'failed',
  notFetched: 'failed',
  cancelled: 'failed',
  refused: 'failed',
  notSent: 'failed',
  overdue: 'unclear',
  closed: 'failed',
  unknown: 'unclear',
  perhaps: 'unclear',
};

/** A state that only a newer version knows is unclear to this one. */
export function kindOf(state: string): JobKind {
  return isStateName(state) ? kinds[state] : 'unclear';
}

/** All states but those of one kind, so that a state of a newer version falls to *unclear* here too. */
export function statesBut(kind: JobKind): readonly StateName[] {
  return stateNames.filter((name) => kinds[name] !== kind);
}

export function statesOf(kind: JobKind): readonly StateName[] {
  return stateNames.filter((name) => kinds[name] === kind);
}

const stateNames = Object.keys(kinds).filter(isStateName);

export function isStateName(name: string): name is StateName {
  return Object.hasOwn(kinds, name);
}
