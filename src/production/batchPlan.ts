import type { Price } from '../catalogue/price';
import { isSendable } from '../storyboard/checkShot';
import type { BoardShot } from '../storyboard/readBoard';
import { shotKey } from '../storyboard/shotId';
import type { Take } from '../takes/take';
import { frameOrder } from './frameOrder';
import type { ShotState } from './shotState';

/** What is asked of a shot to plan with it. */
export interface PlannableShot extends BoardShot {
  readonly takes: readonly Take[];
  readonly state: ShotState;
}

/** Why a shot is in a plan. `changedPick`: its text was changed, and the user has picked a take of it. */
export type PlanReason = 'noTake' | 'changed' | 'changedPick' | 'waiting';

export interface PlannedShot {
  readonly shot: PlannableShot;
  readonly why: PlanReason;
  /** Chosen unless the user says otherwise. */
  readonly ticked: boolean;
  /** An error keeps it from being sent. */
  readonly sendable: boolean;
  readonly price: Price;
  /** Ids of shots of this plan whose frames it needs. */
  readonly after: readonly string[];
  /** How many takes follow one another by frames, with this one as the last. */
  readonly link: number;
}

/**
 * What would be made of a board, in the order in which it can be made. A finished shot is never in it, and what the user has
 * picked is never chosen without them: neither is one whose price is unknown.
 */
export function batchPlan(shots: readonly PlannableShot[]): readonly PlannedShot[] {
  const wanted = shots.flatMap((shot) => {
    const why = reasonFor(shot);
    return why ? [{ shot, why }] : [];
  });
  // a shot whose frame is already there, by its pick, is not waited for
  const known = new Set(shots.filter(hasPick).map(({ resolved }) => shotKey(resolved.shot.id)));
  const order = frameOrder(
    wanted.map(({ shot: { resolved } }) => ({
      shot: resolved.shot,
      frames: resolved.frames.filter(({ frame }) => !known.has(shotKey(frame.shot))),
    })),
  );
  return order.flatMap(({ index, after, link }) => {
    const found = wanted[index];
    if (!found) return [];
    const { shot, why } = found;
    const sendable = isSendable(shot.findings);
    const ticked = sendable && why !== 'changedPick' && shot.price.kind !== 'unknown';
    const names = after.flatMap((other) => wanted[other]?.shot.resolved.shot.id ?? []);
    return [{ shot, why, ticked, sendable, price: shot.price, after: names, link }];
  });
}

const hasPick = ({ resolved: { pick }, takes }: PlannableShot): boolean => takes.some(({ number }) => number === pick);

/** `undefined` for a shot of which nothing is to be made: it is made, on its way, unclear, empty or not the model's to make. */
function reasonFor(shot: PlannableShot): PlanReason | undefined {
  const { state } = shot;
  switch (state.kind) {
    case 'noTake':
    case 'waiting':
      return state.kind;
    case 'changed':
      return hasPick(shot) ? 'changedPick' : 'changed';
    case 'empty':
    case 'footage':
    case 'omitted':
    case 'current':
    case 'notHere':
    case 'running':
    case 'unclear':
      return undefined;
    default:
      return state satisfies never;
  }
}

export interface PlanSum {
  /** Millionths of a US dollar, of those whose price is known. */
  readonly microUsd: number;
  readonly unknown: number;
}

export function sumOfPlan(shots: readonly Pick<PlannedShot, 'price'>[]): PlanSum {
  return {
    microUsd: shots.reduce((sum, { price }) => sum + (price.kind === 'unknown' ? 0 : price.microUsd), 0),
    unknown: shots.filter(({ price }) => price.kind === 'unknown').length,
  };
}
