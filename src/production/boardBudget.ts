import { microUsdOf } from '../catalogue/microUsd';
import type { Price } from '../catalogue/price';
import { budgetOf } from '../storyboard/boardSum';
import type { TextRange } from '../storyboard/lines';
import type { Storyboard } from '../storyboard/storyboard';
import type { Take } from '../takes/take';
import type { ShotState } from './shotState';

/** What a board may cost in its whole life. `microUsd`: millionths of a US dollar; `undefined` where the value is no amount. */
export interface BoardBudget {
  readonly microUsd: number | undefined;
  readonly place: TextRange;
}

/** Millionths of a US dollar. */
export interface BoardCost {
  /** Of the takes that are on disk, by the estimate of each. */
  readonly made: number;
  /** Of the shots that have no take yet. */
  readonly toMake: number;
  readonly shots: number;
  /** Of these how many have no known price; they are not in the sum. */
  readonly unpriced: number;
}

export function boardBudget(storyboard: Storyboard): BoardBudget | undefined {
  const entry = storyboard.frontMatter.find(({ name }) => name === 'budget');
  if (!entry || (entry.value.kind === 'text' && entry.value.text.trim() === '')) return undefined;
  const place = entry.valueRange.end > entry.valueRange.start ? entry.valueRange : entry.keyRange;
  return { microUsd: budgetOf(storyboard), place };
}

interface Costed {
  readonly price: Price;
  readonly takes: readonly Take[];
  readonly state: ShotState;
}

export function boardCost(shots: readonly Costed[]): BoardCost {
  const waiting = shots.filter(({ state }) => state.kind === 'noTake' || state.kind === 'waiting');
  const known = waiting.flatMap(({ price }) => (price.kind === 'unknown' ? [] : [price.microUsd]));
  const made = shots.flatMap(({ takes }) => takes.map(({ sidecar }) => microUsdOf(sidecar.price.estimate ?? 0) ?? 0));
  return { made: sum(made), toMake: sum(known), shots: waiting.length, unpriced: waiting.length - known.length };
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);
