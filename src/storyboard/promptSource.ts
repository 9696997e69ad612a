import { isBlank, type Line, type TextRange } from './lines';

/** The words of a prompt as they stand in the text: `{{…}}` is not yet replaced. */
export interface PromptSource {
  readonly text: string;
  /** Where each piece of it stands; between two stands `before`. */
  readonly pieces: readonly PromptPiece[];
}

export interface PromptPiece extends TextRange {
  readonly before: '' | '\n' | '\n\n';
}

/** The prompt that some lines hold, `cuts` left out; blank lines part it into paragraphs. */
export function promptOf(text: string, lines: readonly Line[], cuts: readonly TextRange[]): PromptSource | undefined {
  const pieces: PromptPiece[] = [];
  let blank = false;
  let at = 0;
  for (const line of lines) {
    while (at < cuts.length && (cuts[at]?.end ?? 0) <= line.start) at++;
    const length = line.text.trimEnd().length;
    blank ||= length === 0;
    if (length === 0) continue;
    const isWhole = (cuts[at]?.start ?? line.end) >= line.end;
    const kept = isWhole ? [{ start: line.start, end: line.start + length }] : uncut(text, line, cuts, at);
    for (const { start, end } of kept) {
      const isSameLine = pieces.length > 0 && start !== kept[0]?.start;
      pieces.push({ start, end, before: pieces.length === 0 || isSameLine ? '' : blank ? '\n\n' : '\n' });
      blank = false;
    }
  }
  const [first] = pieces;
  if (!first) return undefined;
  pieces[0] = { ...first, start: first.end - text.slice(first.start, first.end).trimStart().length };
  let sent = '';
  for (const { before, start, end } of pieces) sent += before + text.slice(start, end);
  return { text: sent, pieces };
}

/** What is left of a line, without the blanks at its end; where a cut took a word, one blank stays. */
function uncut(text: string, line: Line, cuts: readonly TextRange[], from: number): readonly TextRange[] {
  const pieces: TextRange[] = [];
  const keep = (start: number, end: number): void => {
    const kept = text.slice(start, end);
    if (isBlank(kept)) return;
    const last = pieces.at(-1);
    const isParted = last ? /\s$/.test(text.slice(last.start, last.end)) : start > line.start;
    pieces.push({ start: isParted ? end - kept.trimStart().length : start, end });
  };
  let start = line.start;
  for (let at = from; at < cuts.length; at++) {
    const cut = cuts[at];
    if (!cut || cut.start >= line.end) break;
    keep(start, Math.max(start, cut.start));
    start = Math.max(start, cut.end);
  }
  keep(start, Math.max(start, line.end));
  const last = pieces.pop();
  return last ? [...pieces, { start: last.start, end: last.start + text.slice(last.start, last.end).trimEnd().length }] : [];
}

/** Where a part of a prompt stands in the text it was read from. */
export function placeInText(prompt: PromptSource, { start, end }: TextRange): TextRange {
  const first = signInText(prompt, start);
  return { start: first, end: end > start ? signInText(prompt, end - 1) + 1 : first };
}

function signInText({ pieces }: PromptSource, offset: number): number {
  let from = 0;
  for (const { before, start, end } of pieces) {
    from += before.length;
    if (offset < from + end - start) return start + Math.max(0, offset - from);
    from += end - start;
  }
  return pieces.at(-1)?.end ?? 0;
}
