import type { ResolvedShot } from '../storyboard/resolvedShot';
import { shotKey } from '../storyboard/shotId';

/** A shot that is about to be made, among others. */
export interface Ordered {
  /** As in what was put in order. */
  readonly index: number;
  /** Those of the others that must be made before it: it begins or ends with a frame of theirs. */
  readonly after: readonly number[];
  /** Takes that follow one another by frames, with this one as the last; 1 for a shot that needs no frame of the others. */
  readonly link: number;
}

/**
 * Shots in the order in which they can be made: each after those whose frames it needs, else as in the board. Shots that wait
 * for each other in a circle are left out; so is what waits for them.
 */
export function frameOrder(shots: readonly Pick<ResolvedShot, 'shot' | 'frames'>[]): readonly Ordered[] {
  const places = new Map(shots.map(({ shot }, index) => [shotKey(shot.id), index]));
  const needs = shots.map(({ frames }) => [...new Set(frames.flatMap(({ frame }) => places.get(shotKey(frame.shot)) ?? []))]);
  const ordered: Ordered[] = [];
  const links = new Map<number, number>();
  for (let before = -1; before < ordered.length; ) {
    before = ordered.length;
    for (const [index, after] of needs.entries()) {
      if (links.has(index) || !after.every((other) => links.has(other))) continue;
      const link = 1 + Math.max(0, ...after.map((other) => links.get(other) ?? 0));
      links.set(index, link);
      ordered.push({ index, after, link });
    }
    if (ordered.length === before) break;
  }
  return ordered;
}
