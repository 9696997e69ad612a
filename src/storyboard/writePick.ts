import type { Entry } from './entry';
import { type Line, Lines, narrow, type TextRange } from './lines';
import { markdownBlocks } from './markdownBlocks';
import type { Section } from './outline';
import type { Shot, Storyboard } from './storyboard';

/** One change of a text. */
export interface TextChange extends TextRange {
  readonly text: string;
}

/**
 * Writes which take a shot has picked: one line is changed or inserted, and a blank line where Markdown needs one (rule 15).
 * No other byte changes.
 */
export function writePick(text: string, board: Storyboard, shot: Shot, take: number): TextChange {
  const written = shot.entries.find(({ name }) => name === 'pick');
  if (written) {
    const { start } = written.valueRange;
    // what stands below the line is not touched
    const [value = ''] = text.slice(start, written.valueRange.end).split(/[\r\n]/, 1);
    const length = /^\d+/.exec(narrow(value))?.[0].length ?? value.length;
    const isGlued = /[:：]/.test(text.charAt(start - 1));
    return { start, end: start + length, text: `${isGlued ? ' ' : ''}${take}` };
  }
  const heading = board.headings[shot.heading];
  const ending = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const list = heading?.body.list;
  const last = list?.entries.at(-1);
  if (list && last) {
    const { start, end } = last.range;
    return isPlain(last, text)
      ? { start: end, end, text: `${ending}${list.bullet}pick: ${take}` }
      : { start, end: start, text: `${list.bullet}pick: ${take}${ending}` };
  }
  return insertedBelow(text, heading, shot, `pick: ${take}`, ending);
}

/** Behind one line, or a list of values, another item changes nothing; behind other blocks it may end or go on with one of them. */
function isPlain({ range, value }: Entry, text: string): boolean {
  const below = text.slice(range.start, range.end).split(/\r\n|\n|\r/).length - 1;
  return below === 0 || (value.kind === 'list' && value.items.length === below);
}

function insertedBelow(text: string, heading: Section | undefined, shot: Shot, line: string, ending: string): TextChange {
  const at = heading?.range.end ?? shot.range.start;
  const split = new Lines(text);
  const lines = split.between(0, split.count);
  const index = lines.findIndex(({ end }) => end === at);
  const below = lines.slice(index + 1);
  const blanks = below.findIndex((other) => other.text.trim() !== '');
  const next = blanks < 0 ? undefined : below[blanks];
  const bullet = bulletAbove(next?.text ?? '', nextIsDashed(below) ? '*' : '-');
  // between a list and a paragraph Markdown needs a blank line, and nothing else has to move
  if (!next || blanks < 0) return { start: at, end: at, text: `${ending}${ending}${bullet}${line}` };
  if (blanks === 0) return { start: at, end: at, text: `${ending}${bullet}${line}${ending}` };
  return { start: next.start, end: next.start, text: `${bullet}${line}${ending}${ending}` };
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
