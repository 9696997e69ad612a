import { fencedPrompt, isPromptFence } from './fencedPrompt';
import { frontMatterEnd } from './isStoryboard';
import { isBlank, Lines, type TextRange } from './lines';
import { type MarkdownBlock, markdownBlocks } from './markdownBlocks';
import { knownKeys } from './parameterKeys';
import { promptOf } from './promptSource';
import { type BoardText, readBody } from './readBody';
import { unsentMarks } from './unsentMarks';

const known = knownKeys();

/**
 * The prompt that someone means who has the cursor at `offset` and nothing selected: the paragraph there, or the whole of a fence
 * tagged `prompt`. Undefined on an empty line and on what is no prompt (headings, parameters, quotes, tables, fences, comments,
 * front matter). `plain`: only empty lines divide.
 */
export function promptAt(text: string, offset: number, form: 'markdown' | 'plain' = 'markdown'): TextRange | undefined {
  const lines = new Lines(text);
  const at = lines.lineAt(offset);
  if (form === 'plain') return paragraphAt(text, lines, at, (line) => !isBlank(lines.textOf(line)));
  const blocks = sectionAt(text, lines, at);
  const board = { text, lines, known };
  const fence = blocks.flatMap((block) => [block, ...block.inside]).find((one) => isPromptFence(one) && one.first < at && at < one.end);
  if (fence) {
    const { pieces = [] } = fencedPrompt(board, fence) ?? {};
    const [first] = pieces;
    const last = pieces.at(-1);
    // its closing mark is none of its text
    return first && last && lines.startOf(at) <= last.end ? { start: first.start, end: last.end } : undefined;
  }
  const sent = promptLines(board, blocks);
  return paragraphAt(text, lines, at, (line) => sent.has(line));
}

/** The blocks that stand between the same two headings as the line; of the heading itself none. */
function sectionAt(text: string, lines: Lines, line: number): readonly MarkdownBlock[] {
  const front = frontMatterEnd({ lineCount: lines.count, lineAt: (at) => ({ text: lines.textOf(at) }) });
  const blocks = markdownBlocks(text.slice(lines.startOf(front)), front);
  const isHeading = ({ kind }: MarkdownBlock) => kind === 'heading';
  const from = blocks.findLastIndex((block) => isHeading(block) && block.first <= line) + 1;
  const next = blocks.findIndex((block, index) => index >= from && isHeading(block));
  return blocks.slice(from, next < 0 ? blocks.length : next);
}

/** Lines with words that are sent, if anyone sends them: also below a rule, and beside a fence. */
function promptLines(board: BoardText, blocks: readonly MarkdownBlock[]): ReadonlySet<number> {
  const { text, lines } = board;
  const { list } = readBody(board, blocks);
  const { cuts } = unsentMarks(board, blocks);
  const sent = new Set<number>();
  for (const { kind, first, end, level, inside } of blocks) {
    if (kind !== 'paragraph' && kind !== 'list' && kind !== 'html') continue;
    const from = list && first < list.end && list.end <= end ? list.end : first;
    // the line of hyphens below a paragraph is none of its words
    for (let at = from; at < (level === 2 ? end - 1 : end); at++) {
      const line = lines.at(at);
      const isOther = inside.some((other) => other.kind !== 'html' && other.first <= at && at < other.end);
      if (line && !isOther && promptOf(text, [line], cuts)) sent.add(at);
    }
  }
  return sent;
}

/** The lines around one that follow each other without a gap, from their first word to their last. */
function paragraphAt(text: string, lines: Lines, at: number, isPrompt: (line: number) => boolean): TextRange | undefined {
  if (at < 0 || !isPrompt(at)) return undefined;
  let first = at;
  while (first > 0 && isPrompt(first - 1)) first--;
  let last = at;
  while (last < lines.count - 1 && isPrompt(last + 1)) last++;
  const part = text.slice(lines.startOf(first), lines.endOf(last));
  const start = lines.endOf(last) - part.trimStart().length;
  return { start, end: start + part.trim().length };
}
