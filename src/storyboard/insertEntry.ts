import type { Entry } from './entry';
import { type Line, Lines, lineEnding, type TextChange } from './lines';
import { markdownBlocks } from './markdownBlocks';
import type { Shot, Storyboard } from './storyboard';

/**
 * A line `key: value` for a shot that does not have this key: behind its last parameter, else right below its heading, with a
 * blank line where Markdown needs one. No other byte changes.
 */
export function insertEntry(text: string, board: Storyboard, shot: Pick<Shot, 'heading' | 'range'>, entry: string): TextChange {
  const heading = board.headings[shot.heading];
  const ending = lineEnding(text);
  const list = heading?.body.list;
  const last = list?.entries.at(-1);
  if (list && last) {
    const { start, end } = last.range;
    return isPlain(last, text)
      ? { start: end, end, text: `${ending}${list.bullet}${entry}` }
      : { start, end: start, text: `${list.bullet}${entry}${ending}` };
  }
  return insertedBelow(text, heading?.range.end ?? shot.range.start, entry, ending);
}

/** Behind one line, or a list of values, another item changes nothing; behind other blocks it may end or go on with one of them. */
function isPlain({ range, value }: Entry, text: string): boolean {
  const below = text.slice(range.start, range.end).split(/\r\n|\n|\r/).length - 1;
  return below === 0 || (value.kind === 'list' && value.items.length === below);
}

function insertedBelow(text: string, at: number, entry: string, ending: string): TextChange {
  const lines = new Lines(text);
  const below = lines.between(lines.lineAt(at) + 1, lines.count);
  const blanks = below.findIndex((other) => other.text.trim() !== '');
  const next = blanks < 0 ? undefined : below[blanks];
  const bullet = bulletAbove(next?.text ?? '', nextIsDashed(below) ? '*' : '-');
  // between a list and a paragraph Markdown needs a blank line, and nothing else has to move
  if (!next || blanks < 0) return { start: at, end: at, text: `${ending}${ending}${bullet}${entry}` };
  if (blanks === 0) return { start: at, end: at, text: `${ending}${bullet}${entry}${ending}` };
  return { start: next.start, end: next.start, text: `${bullet}${entry}${ending}${ending}` };
}

/** A list of the prompt right below would become one with the new line, were its bullet the same. */
function nextIsDashed(below: readonly Line[]): boolean {
  const [block] = markdownBlocks(
    below
      .map(({ text }) => text)
      .join('\n')
      .slice(0, 2000),
    0,
  );
  return block?.kind === 'list' && /^\s*-/.test(below[block.first]?.text ?? '');
}

/** A line becomes part of the item above when it is indented as far as the words behind the bullet; Markdown allows 8 columns. */
function bulletAbove(next: string, mark: string): string {
  const indent = (/^\s*/.exec(next)?.[0] ?? '').replaceAll('\t', '    ').length;
  return indent < 2 ? `${mark} ` : `   ${mark}${' '.repeat(Math.min(4, Math.max(1, indent - 3)))}`;
}
