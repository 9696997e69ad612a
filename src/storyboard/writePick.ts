import type { Shot, Storyboard } from './storyboard';
import { type TextChange, writeEntry } from './writeEntry';

export type { TextChange } from './writeEntry';

/** Writes which take a shot has picked: one line is changed or inserted, and no other byte (rule 15). */
export const writePick = (text: string, board: Storyboard, shot: Shot, take: number): TextChange =>
  writeEntry(text, board, shot, 'pick', String(take));
