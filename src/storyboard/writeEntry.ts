import type { Entry } from './entry';
import { insertEntry } from './insertEntry';
import { narrow, type TextChange, type TextRange } from './lines';
import type { Shot, Storyboard } from './storyboard';

export type { TextChange } from './lines';

/**
 * Writes `key: value` at a shot: the value that stands there is replaced, or one line is inserted, with a blank line where
 * Markdown needs one (rule 15). No other byte changes. `value`: one line that reads as what is meant.
 */
export function writeEntry(text: string, board: Storyboard, shot: Shot, key: string, value: string): TextChange {
  const written = shot.entries.find(({ name }) => name === key);
  return written ? replacedValue(text, written, value) : insertEntry(text, board, shot, `${key}: ${value}`);
}

/** The value of an entry, wherever it stands; what goes on below its line goes with it. */
export function replacedValue(text: string, { range, valueRange }: Entry, value: string): TextChange {
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
