import type { Job } from '../jobs/job';
import type { Take } from '../takes/take';

/** Where a shot stands. What it follows is its pick, or without one the newest take. */
export type ShotState =
  /** Its prompt is not written yet. */
  | { readonly kind: 'empty' }
  /** The user's own footage; nothing is generated. */
  | { readonly kind: 'footage' }
  /** Its number is kept, and it is made no more. */
  | { readonly kind: 'omitted' }
  | { readonly kind: 'noTake' }
  | { readonly kind: 'current' | 'changed' | 'notHere'; readonly take: Take }
  | { readonly kind: 'running' | 'unclear'; readonly job: Job }
  /** For a frame of that shot. */
  | { readonly kind: 'waiting'; readonly shot: string };

export interface ShotFacts {
  readonly hasPrompt: boolean;
  readonly isFootage: boolean;
  readonly isOmitted: boolean;
  /** Of the request as the text stands now; `undefined` where a file of it is not there. */
  readonly hash: string | undefined;
  readonly pick: number | undefined;
  /** Ascending by number. */
  readonly takes: readonly Take[];
  /** Jobs of the shot that have not ended, the newest first. */
  readonly running: readonly Job[];
  readonly unclear: readonly Job[];
  /** Shot without a take whose frame it needs. */
  readonly waitsFor: string | undefined;
}

/** A state makes nothing run by itself, and going back to the text of a take makes the shot *current* again. */
export function shotState(facts: ShotFacts): ShotState {
  const { hasPrompt, isFootage, isOmitted, hash, pick, takes, waitsFor } = facts;
  const [running] = facts.running;
  if (running) return { kind: 'running', job: running };
  const [unclear] = facts.unclear;
  if (unclear) return { kind: 'unclear', job: unclear };
  if (isOmitted) return { kind: 'omitted' };
  if (isFootage) return { kind: 'footage' };
  const picked = takes.find(({ number }) => number === pick);
  const same = takes.filter(({ sidecar }) => sidecar.request_hash === hash);
  const follows = picked ?? same.findLast(({ clip }) => clip !== undefined) ?? same.at(-1) ?? takes.at(-1);
  if (!hasPrompt) return { kind: 'empty' };
  if (!follows) return waitsFor === undefined ? { kind: 'noTake' } : { kind: 'waiting', shot: waitsFor };
  if (hash !== undefined && follows.sidecar.request_hash !== hash) return { kind: 'changed', take: follows };
  return { kind: follows.clip === undefined ? 'notHere' : 'current', take: follows };
}
