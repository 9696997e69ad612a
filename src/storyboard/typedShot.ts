import type { Section } from './outline';
import type { Shot, Storyboard } from './storyboard';
import type { TypedIn } from './typingAt';

/** The shot that a heading is, or stands in. */
export function shotOf(board: Storyboard, section: Section | undefined): Shot | undefined {
  if (!section) return undefined;
  const heading = section.role === 'shot' ? section.index : section.parent;
  return board.shots.find((shot) => shot.heading === heading);
}

/** Nearest first, then those that follow. */
export function otherShots(board: Storyboard, own: Shot | undefined): readonly Shot[] {
  const at = own ? board.shots.indexOf(own) : board.shots.length;
  return [...board.shots.slice(0, at).toReversed(), ...board.shots.slice(at + 1)];
}

/** The first shot for which holds what is written there. */
export function firstShotOf(board: Storyboard, typedIn: TypedIn): Shot | undefined {
  switch (typedIn.kind) {
    case 'shot':
      return shotOf(board, typedIn.section);
    case 'section':
      return board.shots.find(({ above }) => above.includes(typedIn.section.index));
    case 'frontMatter':
      return board.shots[0];
    case 'cast':
      return undefined;
    default:
      return typedIn satisfies never;
  }
}
