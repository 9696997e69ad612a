import type { Entry } from './entry';
import type { Fix } from './fix';
import type { TextChange, TextRange } from './lines';
import { plainlyWritten } from './plainlyWritten';
import type { Storyboard } from './storyboard';

/** The entry whose key or value stands at a place, with those of its list. */
export interface PlacedEntry {
  readonly entry: Entry;
  readonly list: readonly Entry[];
  /** YAML has no list whose last known entry must not go. */
  readonly isFrontMatter: boolean;
}

export function entryAt(board: Storyboard, { start, end }: TextRange): PlacedEntry | undefined {
  const find = (list: readonly Entry[]): Entry | undefined =>
    list.find(
      ({ keyRange, valueRange, range }) => Math.min(keyRange.start, range.start) <= start && end <= Math.max(range.end, valueRange.end),
    );
  const front = find(board.frontMatter);
  if (front) return { entry: front, list: board.frontMatter, isFrontMatter: true };
  for (const { body } of board.headings) {
    const list = body.list?.entries ?? [];
    const entry = find(list);
    if (entry) return { entry, list, isFrontMatter: false };
  }
  return undefined;
}

/** The whole lines of an entry go. Not offered where what is left would be no list of parameters any more, but prompt (rule 6). */
export function removal(text: string, { entry, list, isFrontMatter }: PlacedEntry, preferred = false): readonly Fix[] {
  const others = list.filter((other) => other !== entry);
  if (!isFrontMatter && others.length > 0 && !others.some(({ known }) => known)) return [];
  return [{ act: { kind: 'remove', name: entry.name }, changes: [wholeLines(text, entry)], preferred }];
}

export const renaming = ({ keyRange }: Entry, to: string, preferred: boolean): Fix => ({
  act: { kind: 'rename', to },
  changes: [{ ...keyRange, text: to }],
  preferred,
});

/** As a note under another key, or where it would leave no list of parameters as a comment: neither is ever sent. */
export function keptAsNote(text: string, { entry, list, isFrontMatter }: PlacedEntry): readonly Fix[] {
  if (isFrontMatter) return [];
  const others = list.filter((other) => other !== entry);
  const act = { kind: 'keepAsNote', name: entry.name } as const;
  const { keyRange } = entry;
  if (others.some(({ known }) => known))
    return [{ act, changes: [{ start: keyRange.start, end: keyRange.start, text: 'note: ' }], preferred: false }];
  const words = plainlyWritten(text.slice(keyRange.start, entry.range.end));
  if (others.length > 0 || /--/.test(words)) return [];
  return [{ act, changes: [{ ...entry.range, text: `<!-- ${words} -->` }], preferred: false }];
}

/** From the beginning of its first line to that of the next one. */
export function wholeLines(text: string, { range, valueRange }: Entry): TextChange {
  const before = Math.max(text.lastIndexOf('\n', range.start - 1), text.lastIndexOf('\r', range.start - 1)) + 1;
  const start = /^\s*$/.test(text.slice(before, range.start)) ? before : range.start;
  const last = Math.max(range.end, valueRange.end);
  const [rest = ''] = /^[^\r\n]*(?:\r\n|\n|\r)?/.exec(text.slice(last)) ?? [];
  return { start, end: last + rest.length, text: '' };
}
