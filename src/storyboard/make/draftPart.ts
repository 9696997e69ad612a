import type { DraftShot } from './shotDraft';

/** What a storyboard is made of, in its order. `text` may stand as it is where no shot precedes it; a `note` never may. */
export type DraftPart =
  /** `isApart`: of a style, a cast or blocks, which hold no shots. */
  | { readonly kind: 'heading'; readonly level: number; readonly text: string; readonly isApart?: boolean }
  | { readonly kind: 'text' | 'note'; readonly text: string }
  | { readonly kind: 'shot'; readonly level: number; readonly shot: DraftShot };

/** Shots below a heading of this level (0: below none), each scene of theirs with a heading of its own. */
export function shotParts(shots: readonly DraftShot[], below: number): readonly DraftPart[] {
  const hasScenes = shots.some(({ scene }) => scene !== undefined);
  const sceneLevel = Math.min(5, below + 1);
  const level = hasScenes ? sceneLevel + 1 : Math.min(6, Math.max(2, below + 1));
  let current: string | undefined;
  return shots.flatMap((shot): readonly DraftPart[] => {
    const isNew = shot.scene !== undefined && shot.scene !== current;
    current = shot.scene ?? current;
    const part: DraftPart = { kind: 'shot', level, shot };
    return isNew ? [{ kind: 'heading', level: sceneLevel, text: shot.scene ?? '' }, part] : [part];
  });
}

/**
 * The same parts, so that each heading and shot stands where it was meant: none inside a shot, where a heading would be its note
 * and a shot would make a scene of it, and no shot inside a style or a cast.
 */
export function unnested(parts: readonly DraftPart[]): readonly DraftPart[] {
  const deepest = 6;
  let inShot = deepest;
  let inApart = deepest;
  return parts.map((part) => {
    if (part.kind !== 'heading' && part.kind !== 'shot') return part;
    const isApart = part.kind === 'heading' && part.isApart === true;
    const level = Math.min(part.level, inShot, isApart ? deepest : inApart);
    inShot = part.kind === 'shot' ? level : deepest;
    inApart = isApart ? Math.min(inApart, level) : deepest;
    return { ...part, level };
  });
}
