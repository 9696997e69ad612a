import type { KnownKeys } from '../parameterList';
import { type ColumnUse, useOfWord } from './columnUse';

/** A line `key: value`, with or without a bullet; `word` as it is written. */
export interface KeyedLine {
  readonly kind: 'keyed';
  readonly word: string;
  readonly use: ColumnUse;
  readonly value: string;
}

export type ReadLine = KeyedLine | { readonly kind: 'free'; readonly text: string };

const keyed = /^\s*(?:(?:[-*+•・]|\d{1,3}[.)])\s+)?[*_`]*([^:：*`\n]{1,40}?)[*_`]*\s*[:：](?!\/\/)[*_`]*([\s\S]*)$/;
const bullet = /^\s*(?:[-*+•・]|\d{1,3}[.)])\s+/;

/**
 * Lines of one paragraph or list. They are keyed when one of them has a key that means something; then any `key: value` of
 * theirs is for people. Undefined: none has, and all of it is text.
 */
export function keyedLines(lines: readonly string[], known: KnownKeys): readonly ReadLine[] | undefined {
  const parts = lines.flatMap((line) => partsOf(line, known));
  const split = parts.map((text) => ({ text, pair: pairIn(text) }));
  if (!split.some(({ pair }) => pair && useOfWord(pair.word, known))) return undefined;
  const read: ReadLine[] = [];
  for (const { text, pair } of split) {
    const last = read.at(-1);
    const use = pair && (useOfWord(pair.word, known) ?? (isLabel(pair.word) ? ({ kind: 'note' } as const) : undefined));
    if (pair && use) read.push({ kind: 'keyed', word: pair.word, use, value: pair.value });
    // words go on in the next line, numbers and names do not
    else if (last?.kind === 'keyed' && last.value !== '' && goesOn(last.use) && !bullet.test(text))
      read[read.length - 1] = { ...last, value: `${last.value}\n${text.trim()}` };
    else if (last?.kind === 'free') read[read.length - 1] = { kind: 'free', text: `${last.text}\n${text}` };
    else read.push({ kind: 'free', text });
  }
  return read;
}

/** `**Duration:** 5s | **Camera:** pan` are two. */
function partsOf(line: string, known: KnownKeys): readonly string[] {
  const parts = line.split(/\s[|｜]\s/);
  const isPairs =
    parts.length > 1 && parts.every((part) => pairIn(part)) && parts.some((part) => useOfWord(pairIn(part)?.word ?? '', known));
  return isPairs ? parts : [line];
}

function pairIn(text: string): { readonly word: string; readonly value: string } | undefined {
  const [, word, value] = keyed.exec(text) ?? [];
  if (word === undefined || value === undefined || word.trim() === '') return undefined;
  return { word: word.trim(), value: value.trim().replace(/\s*\\$/, '') };
}

/** A word or two, and no sentence: `Camera`, `Shot size`, `照明`. */
const isLabel = (word: string): boolean => word.split(/\s+/).length <= 3 && !/[.,;!?。、！？"“「]/.test(word);

const goesOn = ({ kind }: ColumnUse): boolean => kind === 'prompt' || kind === 'note';
