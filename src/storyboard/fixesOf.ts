import { boardFixes } from './boardFixes';
import type { Fix, FixSurroundings } from './fix';
import type { ShotFinding } from './resolvedShot';
import { shotFixes } from './shotFixes';
import type { BoardFinding } from './storyboard';

export type Found = { readonly of: 'text'; readonly finding: BoardFinding } | { readonly of: 'shot'; readonly finding: ShotFinding };

/** What would settle a finding, the best first. Each is a change of these bytes and of no others. */
export function fixesOf(found: Found, { board, catalogue, shot }: FixSurroundings): readonly Fix[] {
  switch (found.of) {
    case 'text':
      return boardFixes(found.finding, { board });
    case 'shot':
      return shot ? shotFixes(found.finding, shot, { board, catalogue }) : [];
    default:
      return found satisfies never;
  }
}
