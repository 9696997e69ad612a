import { microUsdOf } from '../catalogue/microUsd';
import type { BoardShot } from './readBoard';
import type { Storyboard } from './storyboard';

/** What one take of every shot would come to, in millionths of a US dollar. */
export interface BoardSum {
  readonly shots: number;
  readonly microUsd: number;
  /** Shots whose price is not known; they are in no sum. */
  readonly unpriced: number;
}

/** Shots that are generated: not those without a prompt, of the user's own footage, or omitted (rule 14). */
export function boardSum(shots: readonly BoardShot[]): BoardSum {
  let microUsd = 0;
  let unpriced = 0;
  for (const { resolved, price } of shots) {
    if (!resolved.prompt || resolved.clip !== undefined || resolved.omit) continue;
    if (price.kind === 'unknown') unpriced++;
    else microUsd += price.microUsd;
  }
  return { shots: shots.length, microUsd, unpriced };
}

/** Of the front matter, in millionths of a US dollar; `undefined` where it names none. */
export function budgetOf({ frontMatter }: Pick<Storyboard, 'frontMatter'>): number | undefined {
  const value = frontMatter.find(({ name }) => name === 'budget')?.value;
  return value?.kind === 'text'
    ? microUsdOf(value.text.replace(/\s*USD\s*$/i, ''))
    : value?.kind === 'data'
      ? microUsdOf(value.data)
      : undefined;
}
