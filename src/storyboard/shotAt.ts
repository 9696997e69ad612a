import type { Shot, Storyboard } from './storyboard';

/** Index of the shot in which an offset lies; the blank lines below a shot are its own. */
export function shotAt({ shots, headings }: Pick<Storyboard, 'shots' | 'headings'>, offset: number): number | undefined {
  let low = 0;
  let high = shots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (startOf(shots[middle]) <= offset) low = middle + 1;
    else high = middle;
  }
  const shot = shots[low - 1];
  if (!shot) return undefined;
  let next = shot.heading + 1;
  while ((headings[next]?.range.start ?? Number.POSITIVE_INFINITY) < shot.range.end) next++;
  const over = headings[next];
  return over && over.range.start <= offset ? undefined : low - 1;
}

const startOf = (shot: Shot | undefined): number => shot?.range.start ?? Number.POSITIVE_INFINITY;
