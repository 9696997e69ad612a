import type { Line, TextRange } from './lines';
import type { MarkdownBlock } from './markdownBlocks';
import { type KnownKeys, type ParameterList, parameterList } from './parameterList';
import { isSent, merged, type PromptSource, promptOf, type Still, unsentMarks } from './promptSource';

/** What stands below a heading, up to the next one. */
export interface Body {
  readonly list: ParameterList | undefined;
  readonly prompt: PromptSource | undefined;
  /** Fences tagged `prompt`; the first is the prompt, and no other text then. */
  readonly fences: readonly TextRange[];
  readonly stills: readonly Still[];
  readonly oddities: readonly BodyOddity[];
}

export type BodyOddity = TextRange & { readonly code: 'ruleUnderText' | 'commentNotClosed' | 'onlyQuotes' };

/** A blank line in a prompt's place, where something that is not sent stood between two paragraphs. */
const gap = (at: number): Line => ({ start: at, end: at, text: '' });

export function readBody(text: string, lines: readonly Line[], blocks: readonly MarkdownBlock[], known: KnownKeys): Body {
  const oddities: BodyOddity[] = [];
  const kept: Line[] = [];
  const fences: { readonly range: TextRange; readonly prompt: PromptSource | undefined }[] = [];
  let list: ParameterList | undefined;
  let quote: TextRange | undefined;
  let mayBeList = true;
  let isOver = false;
  const skip = (line: number): void => void kept.push(gap(lines[line]?.start ?? 0));
  const fence = (block: MarkdownBlock): void => {
    if (block.info === 'prompt') fences.push(fencedPrompt(text, lines, block));
  };
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'fence') fence(block);
    if (block.kind === 'quote') quote ??= rangeOf(lines, block);
    if (block.kind === 'rule') isOver = true;
    if (isOver || !isSent(block)) {
      skip(block.first);
      continue;
    }
    let { first, end } = block;
    if (block.kind === 'list' && mayBeList) {
      list = parameterList(lines, first, end, known);
      first = list?.end ?? first;
    }
    if (block.kind !== 'html' && !isOnlyImages(text, lines, block)) mayBeList = false;
    if (block.level === 2) {
      end--;
      isOver = true;
      oddities.push({ code: 'ruleUnderText', ...rangeOf(lines, { first: end, end: end + 1 }) });
    }
    const before = blocks[index - 1];
    if (before && before.end < block.first) skip(before.end);
    for (const inner of block.inside) if (inner.kind === 'fence') fence(inner);
    const unsent = block.inside.length > 0 ? block.inside.filter((inner) => inner.kind !== 'html') : block.inside;
    for (let at = first; at < end; at++) {
      const inside = unsent.some((inner) => inner.first <= at && at < inner.end);
      const line = lines[at];
      if (line) kept.push(inside ? gap(line.start) : line);
    }
  }
  const { cuts, stills } = marksOf(text, lines, blocks, oddities);
  const prompt = fences.length > 0 ? fences[0]?.prompt : promptOf(text, kept, cuts);
  if (!prompt && quote && fences.length === 0) oddities.push({ code: 'onlyQuotes', ...quote });
  return { list, prompt, fences: fences.map(({ range }) => range), stills, oddities };
}

function marksOf(text: string, lines: readonly Line[], blocks: readonly MarkdownBlock[], oddities: BodyOddity[]) {
  const [first] = blocks;
  const last = blocks.at(-1);
  if (!first || !last) return { cuts: [], stills: [] };
  const marks = unsentMarks(text, rangeOf(lines, { first: first.first, end: last.end }));
  const unclosed = blocks.flatMap((block): readonly TextRange[] => {
    if (block.kind !== 'html') return [];
    const { start, end } = rangeOf(lines, block);
    const part = text.slice(start, end);
    const at = part.lastIndexOf('<!--');
    return at >= 0 && part.indexOf('-->', at + 2) < 0 ? [{ start: start + at, end }] : [];
  });
  oddities.push(...unclosed.map((range) => ({ code: 'commentNotClosed' as const, ...range })));
  return unclosed.length > 0 ? { ...marks, cuts: merged([...marks.cuts, ...unclosed]) } : marks;
}

/** The text of a fence alone, without the blanks by which the whole fence is indented. */
function fencedPrompt(text: string, lines: readonly Line[], block: MarkdownBlock) {
  const head = lines[block.first];
  const tail = lines[block.end - 1];
  const indent = (head?.text.length ?? 0) - (head?.text.trimStart().length ?? 0);
  const isClosed = block.end - 1 > block.first && /^\s*(?:`{3,}|~{3,})\s*$/.test(tail?.text ?? '');
  const inside = lines.slice(block.first + 1, isClosed ? block.end - 1 : block.end).map((line) => {
    const blanks = Math.min(indent, line.text.length - line.text.trimStart().length);
    return { start: line.start + blanks, end: line.end, text: line.text.slice(blanks) };
  });
  return { range: rangeOf(lines, block), prompt: promptOf(text, inside, []) };
}

function isOnlyImages(text: string, lines: readonly Line[], block: MarkdownBlock): boolean {
  if (block.kind !== 'paragraph' || !lines[block.first]?.text.includes('![')) return false;
  const range = rangeOf(lines, block);
  const { cuts } = unsentMarks(text, range);
  return promptOf(text, lines.slice(block.first, block.end), cuts) === undefined;
}

function rangeOf(lines: readonly Line[], { first, end }: { readonly first: number; readonly end: number }): TextRange {
  const start = lines[first]?.start ?? lines.at(-1)?.end ?? 0;
  return { start, end: lines[end - 1]?.end ?? start };
}
