import { insertEntry } from './insertEntry';
import { narrow, type TextChange } from './lines';
import type { Shot, Storyboard } from './storyboard';

export type { TextChange } from './lines';

/**
 * Writes which take a shot has picked: one line is changed or inserted, and a blank line where Markdown needs one (rule 15).
 * No other byte changes.
 */
export function writePick(text: string, board: Storyboard, shot: Shot, take: number): TextChange {
  const written = shot.entries.find(({ name }) => name === 'pick');
  if (!written) return insertEntry(text, board, shot, `pick: ${take}`);
  const { start } = written.valueRange;
  // what stands below the line is not touched
  const [value = ''] = text.slice(start, written.valueRange.end).split(/[\r\n]/, 1);
  const length = /^\d+/.exec(narrow(value))?.[0].length ?? value.length;
  const isGlued = /[:：]/.test(text.charAt(start - 1));
  return { start, end: start + length, text: `${isGlued ? ' ' : ''}${take}` };
}
