import { nameOf, type WordsInReach } from './expandPrompt';
import type { Shot, Storyboard, TextBlock } from './storyboard';
import { blockKey, oneLine } from './textBlock';

/** The words that the prompt of a shot may insert; `others`: blocks of the files that the board names; its own come first. */
export function wordsInReach(board: Storyboard, shot: Pick<Shot, 'heading' | 'above'>, others: readonly TextBlock[] = []): WordsInReach {
  const named = [...board.textBlocks, ...others];
  const scene = shot.above.at(-1);
  return {
    style: styleOf(board, shot) ?? others.find(({ kind }) => kind === 'style'),
    scene: scene === undefined ? undefined : oneLine(board.headings[scene]?.body.prompt?.text ?? ''),
    blocks: byKey(named.filter(({ kind }) => kind === 'block')),
    cast: byKey(
      named.filter(({ kind }) => kind === 'cast'),
      nameOf,
    ),
  };
}

/** The nearest above the shot: first inside the headings that it stands below, then anywhere above. */
function styleOf(board: Storyboard, shot: Pick<Shot, 'heading' | 'above'>): TextBlock | undefined {
  const styles = board.textBlocks.filter(({ kind }) => kind === 'style');
  const parentOf = ({ heading }: TextBlock) => board.headings[heading]?.parent;
  for (const over of [shot.heading, ...shot.above.toReversed(), undefined]) {
    const inside = styles.filter((style) => parentOf(style) === over);
    const nearest = inside.findLast(({ heading }) => heading < shot.heading) ?? (over === shot.heading ? inside.at(-1) : undefined);
    if (nearest) return nearest;
  }
  return styles.findLast(({ heading }) => heading < shot.heading);
}

/** The first of a name counts; a second is told of where it stands. `otherName`: what people may write too. */
function byKey(blocks: readonly TextBlock[], otherName?: (block: TextBlock) => string): ReadonlyMap<string, TextBlock> {
  const named = blocks.toReversed();
  const others = otherName ? named.map((block) => [blockKey(otherName(block)), block] as const) : [];
  return new Map([...others, ...named.map((block) => [blockKey(block.name), block] as const)]);
}
