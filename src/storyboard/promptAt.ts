import { type LineKind, lineKinds } from './lineKinds';

/** Offsets in UTF-16 units, as editors count. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

interface Line extends TextRange {
  readonly text: string;
  readonly kind: LineKind;
}

/**
 * The prompt that someone means who has the cursor at `offset` and nothing selected: the paragraph there, or the whole of a fence
 * tagged `prompt`. Undefined on an empty line and on what is no prompt (headings, parameters, quotes, tables, fences, comments,
 * front matter). `plain`: only empty lines divide.
 */
export function promptAt(text: string, offset: number, form: 'markdown' | 'plain' = 'markdown'): TextRange | undefined {
  const lines = form === 'markdown' ? markdownLines(text) : plainLines(text);
  const at = lines.findLastIndex(({ start }) => start <= offset);
  const line = lines[at];
  if (!line || (line.kind !== 'prompt' && line.kind !== 'fencedPrompt')) return undefined;
  const isSame = ({ kind }: Line) => kind === line.kind;
  const first = lines.slice(0, at).findLastIndex((other) => !isSame(other)) + 1;
  const next = lines.findIndex((other, index) => index > at && !isSame(other));
  const last = (next < 0 ? lines.length : next) - 1;
  return trimmed(text, lines[first]?.start ?? line.start, lines[last]?.end ?? line.end);
}

function trimmed(text: string, start: number, end: number): TextRange | undefined {
  const inner = text.slice(start, end);
  const lead = inner.length - inner.trimStart().length;
  const kept = inner.trim().length;
  return kept === 0 ? undefined : { start: start + lead, end: start + lead + kept };
}

/** Lines without their ends; CR LF, LF and CR end one. */
function splitLines(text: string): readonly (TextRange & { readonly text: string })[] {
  const lines: (TextRange & { readonly text: string })[] = [];
  let start = 0;
  for (const { index, 0: ending } of text.matchAll(/\r\n|\n|\r/g)) {
    lines.push({ start, end: index, text: text.slice(start, index) });
    start = index + ending.length;
  }
  lines.push({ start, end: text.length, text: text.slice(start) });
  return lines;
}

const isBlank = (text: string) => text.replace(/\uFEFF/g, '').trim() === '';

const plainLines = (text: string): readonly Line[] =>
  splitLines(text).map((line) => ({ ...line, kind: isBlank(line.text) ? 'blank' : 'prompt' }));

function markdownLines(text: string): readonly Line[] {
  const lines = splitLines(text);
  const kinds = lineKinds(lines.map((line) => line.text.replace(/^\uFEFF/, '')));
  return lines.map((line, index) => ({ ...line, kind: kinds[index] ?? 'blank' }));
}
