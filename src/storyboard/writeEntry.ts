import type { Entry } from './entry';
import { type Line, narrow, splitLines, type TextRange } from './lines';
import { markdownBlocks } from './markdownBlocks';
import type { Section } from './outline';
import type { Shot, Storyboard } from './storyboard';

/** One change of a text. */
export interface TextChange extends TextRange {
  readonly text: string;
}

/**
 * Writes `key: value` at a shot: the value that stands there is replaced, or one line is inserted, with a blank line where
 * Markdown needs one (rule 15). No other byte changes. `value`: one line that reads as what is meant.
 */
export function writeEntry(text: string, board: Storyboard, shot: Shot, key: string, value: string): TextChange {
  const written = shot.entries.find(({ name }) => name === key);
  if (written) return replaced(text, written, value);
  const heading = board.headings[shot.heading];
  const ending = lineEnding(text);
  const list = heading?.body.list;
  const last = list?.entries.at(-1);
  const line = `${key}: ${value}`;
  if (list && last) return { start: last.range.end, end: last.range.end, text: `${ending}${list.bullet}${line}` };
  return insertedBelow(text, heading, shot, line, ending);
}

export const lineEnding = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';

function replaced(text: string, { range, valueRange }: Entry, value: string): TextChange {
  const { start } = valueRange;
  const isGlued = /[:：]/.test(text.charAt(start - 1));
  return { start, end: replacedEnd(text, { start, end: range.end }, valueRange, value), text: `${isGlued ? ' ' : ''}${value}` };
}

function replacedEnd(text: string, all: TextRange, { start, end }: TextRange, value: string): number {
  const [line = ''] = text.slice(start, end).split(/[\r\n]/, 1);
  // of a number what stands behind it, and below, is not touched
  if (/^\d+$/.test(value)) return start + (/^\d+/.exec(narrow(line))?.[0].length ?? line.length);
  // a value that goes on below its line is replaced as a whole, or the rest would become part of the new one
  if (/[\r\n]/.test(text.slice(all.start, all.end))) return all.end;
  return start + line.replace(/(?:\s*<!--(?:(?!-->).)*-->)+\s*$/, '').length;
}

function insertedBelow(text: string, heading: Section | undefined, shot: Shot, line: string, ending: string): TextChange {
  const at = heading?.range.end ?? shot.range.start;
  const lines = splitLines(text);
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
