import { placeOf } from './placeOfOrigin';
import type { FrameInput, ShotFinding } from './resolvedShot';
import { shotKey } from './shotId';
import type { Shot } from './storyboard';

/** What a shot takes from others. */
export interface FrameNeeds {
  readonly shot: Shot;
  readonly frames: readonly FrameInput[];
  /** The user's own footage: nothing has to be made for it. */
  readonly clip: string | undefined;
}

/** Frames of shots that there are not, and shots that wait for each other (rule 13); in the order of `needs`. */
export function frameFindings(needs: readonly FrameNeeds[]): readonly (readonly ShotFinding[])[] {
  if (needs.every(({ frames }) => frames.length === 0)) return needs.map(() => []);
  const byKey = new Map(needs.toReversed().map((need) => [shotKey(need.shot.id), need]));
  const circles = circlesIn(needs, byKey);
  return needs.map((need) =>
    need.frames.flatMap(({ frame, origin }): readonly ShotFinding[] => {
      const place = placeOf(origin, need.shot);
      const other = byKey.get(shotKey(frame.shot));
      if (!other) return [{ code: 'unknownShot', severity: 'error', id: frame.shot, ...place }];
      const way = circles.has(need) && circles.has(other) ? wayBack(other, need, byKey) : undefined;
      return way ? [{ code: 'circularFrames', severity: 'error', ids: [need, ...way, need].map(({ shot }) => shot.id), ...place }] : [];
    }),
  );
}

type ByKey = ReadonlyMap<string, FrameNeeds>;

const waitsFor = ({ frames, clip }: FrameNeeds, byKey: ByKey): readonly FrameNeeds[] =>
  clip === undefined ? frames.flatMap(({ frame }) => byKey.get(shotKey(frame.shot)) ?? []) : [];

/** Those that are left when all that wait for none of the others are taken away, again and again. */
function circlesIn(needs: readonly FrameNeeds[], byKey: ByKey): ReadonlySet<FrameNeeds> {
  const waiting = new Map(needs.map((need) => [need, new Set(waitsFor(need, byKey))]));
  const waitedForBy = new Map<FrameNeeds, FrameNeeds[]>();
  for (const [need, others] of waiting) for (const other of others) waitedForBy.set(other, [...(waitedForBy.get(other) ?? []), need]);
  const free = needs.filter((need) => waiting.get(need)?.size === 0);
  for (let need = free.pop(); need; need = free.pop()) {
    waiting.delete(need);
    for (const other of waitedForBy.get(need) ?? [])
      if (waiting.get(other)?.delete(need) && waiting.get(other)?.size === 0) free.push(other);
  }
  return new Set(waiting.keys());
}

/** The shortest way from one shot to another over what they wait for, without its end; undefined where there is none. */
function wayBack(from: FrameNeeds, to: FrameNeeds, byKey: ByKey): readonly FrameNeeds[] | undefined {
  const cameFrom = new Map<FrameNeeds, FrameNeeds | undefined>([[from, undefined]]);
  for (const need of cameFrom.keys()) {
    if (need === to) {
      const way: FrameNeeds[] = [];
      for (let at = cameFrom.get(to); at; at = cameFrom.get(at)) way.unshift(at);
      return way;
    }
    for (const other of waitsFor(need, byKey)) if (!cameFrom.has(other)) cameFrom.set(other, need);
  }
  return undefined;
}
