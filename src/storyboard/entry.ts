import type { Json } from '../catalogue/model';
import type { TextRange } from './lines';
import { narrow } from './lines';

/** One `key: value` of a front matter or of the list below a heading, as written. */
export interface Entry {
  /** The name it means: that of a field of a model or of a word of the storyboard's own; else as `plainKey` has it. */
  readonly name: string;
  readonly known: boolean;
  readonly value: EntryValue;
  /** Whole lines, without the end of the last. */
  readonly range: TextRange;
  readonly keyRange: TextRange;
  /** Empty where no value is written. */
  readonly valueRange: TextRange;
}

export interface EntryItem {
  readonly text: string;
  readonly range: TextRange;
}

/** `data`: what only YAML can say, from a front matter. */
export type EntryValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly EntryItem[] }
  | { readonly kind: 'data'; readonly data: Json };

/** `**Aspect ratio`, `aspect-ratio` and `aspect_ratio` are one key to a reader. */
export const plainKey = (text: string): string =>
  narrow(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s*_`-]/g, '');

const comment = /<!--.*?-->/gs;
const link = /^!?\[[^\]]*\]\(\s*<?([^)>]*?)>?\s*\)$/;

/** A value as it is meant: comments, and the marks around the whole of it, are left out. */
export function plainValue(written: string): string {
  if (!/[<`"'*_[]/.test(written)) return written.trim();
  const text = written.replace(comment, ' ').trim();
  const target = link.exec(text)?.[1];
  if (target !== undefined) return target;
  const [, , inner] = /^(["'`]|\*\*|__)(.*)\1$/s.exec(text) ?? [];
  if (inner !== undefined && inner.trim() !== '') return inner.trim();
  return /^<\S+:\S+>$/.test(text) ? text.slice(1, -1) : text;
}

/** `[a, b]` is a list, and `[name](path)` is none; a comma inside brackets parts nothing. */
export function inlineItems(written: string, start: number): readonly EntryItem[] | undefined {
  if (!/^\s*[[［]/.test(written)) return undefined;
  const text = narrow(written).trim();
  if (!text.startsWith('[') || !text.endsWith(']') || link.test(text)) return undefined;
  const first = narrow(written).indexOf('[') + 1;
  const last = narrow(written).lastIndexOf(']');
  const items: EntryItem[] = [];
  let depth = 0;
  for (let at = first, from = first; at <= last; at++) {
    const sign = narrow(written.charAt(at));
    if ('([{'.includes(sign)) depth++;
    else if (')]}'.includes(sign) && at < last) depth--;
    else if (at === last || (sign === ',' && depth <= 0)) {
      const item = written.slice(from, at);
      const lead = item.length - item.trimStart().length;
      if (item.trim() !== '')
        items.push({ text: plainValue(item), range: { start: start + from + lead, end: start + from + item.trimEnd().length } });
      from = at + 1;
    }
  }
  return items;
}
