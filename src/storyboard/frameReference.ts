import { narrow } from './lines';

/** A frame of another shot's take, as an input (rule 13). `seconds`: of the clip. */
export type FrameReference =
  | { readonly which: 'first' | 'last'; readonly shot: string }
  | { readonly which: 'at'; readonly shot: string; readonly seconds: number };

const form = /^(first-frame|last-frame|frame)\(\s*([^()@]{1,80}?)\s*(?:@\s*(\d+(?:\.\d+)?)\s*s?\s*)?\)$/i;

/** `last-frame(SH010)`, `first-frame(SH030)`, `frame(SH010@2.4)`. */
export function frameReference(text: string): FrameReference | undefined {
  const [, word, shot, seconds] = form.exec(narrow(text).trim()) ?? [];
  if (word === undefined || shot === undefined) return undefined;
  if (word.toLowerCase() === 'frame') return seconds === undefined ? undefined : { which: 'at', shot, seconds: Number(seconds) };
  return seconds === undefined ? { which: word.toLowerCase() === 'last-frame' ? 'last' : 'first', shot } : undefined;
}
