import type { DraftShot } from './shotDraft';

/** What a storyboard is made of, in its order. `text` may stand as it is where no shot precedes it; a `note` never may. */
export type DraftPart =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
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
