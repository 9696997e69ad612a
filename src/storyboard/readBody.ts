import { fencedPrompt } from './fencedPrompt';
import type { Line, Lines, TextRange } from './lines';
import type { MarkdownBlock } from './markdownBlocks';
import { type KnownKeys, type ParameterList, parameterList } from './parameterList';
import { type PromptSource, promptOf } from './promptSource';
import { type Still, unsentMarks } from './unsentMarks';

/** What stands below a heading, up to the next one. */
export interface Body {
  readonly list: ParameterList | undefined;
  readonly prompt: PromptSource | undefined;
  /** Fences tagged `prompt`; the first is the prompt, and no other text then. */
  readonly fences: readonly TextRange[];
  readonly stills: readonly Still[];
  /** In no order, one may stand in another; a fence that is the prompt, or an image that is an input, may stand in one. */
  readonly unsent: readonly TextRange[];
  readonly oddities: readonly BodyOddity[];
}

export type BodyOddity = TextRange & { readonly code: 'ruleUnderText' | 'commentNotClosed' | 'onlyQuotes' };

export interface BoardText {
  readonly text: string;
  readonly lines: Lines;
  readonly known: KnownKeys;
}

export function readBody(board: BoardText, blocks: readonly MarkdownBlock[]): Body {
  return new BodyReader(board).read(blocks);
}

/** Goes over the blocks below one heading once, and keeps the lines that are sent. */
class BodyReader {
  private readonly kept: Line[] = [];
  private readonly prompts: (PromptSource | undefined)[] = [];
  private readonly fences: TextRange[] = [];
  private readonly unsent: TextRange[] = [];
  private readonly oddities: BodyOddity[] = [];
  private list: ParameterList | undefined;
  private quote: TextRange | undefined;
  /** Only the first list is one of parameters; quotes, comments and images may precede it (rule 6). */
  private mayBeList = true;

  constructor(private readonly board: BoardText) {}

  read(blocks: readonly MarkdownBlock[]): Body {
    let last: MarkdownBlock | undefined;
    let isOver = false;
    for (const block of blocks) {
      if (last && last.end < block.first) this.part(last.end);
      last = block;
      isOver ||= block.kind === 'rule';
      const isPrompt = this.readFences(block);
      if (isOver && !isPrompt) this.unsent.push(this.rangeOf(block));
      if (isOver) continue;
      if (block.kind === 'paragraph' || block.kind === 'html') this.keepText(block);
      else if (block.kind === 'list') this.keepList(block);
      else {
        this.part(block.first);
        if (!isPrompt) this.unsent.push(this.rangeOf(block));
      }
      if (block.kind === 'quote') this.quote ??= this.rangeOf(block);
      isOver ||= block.level === 2;
    }
    const { cuts, stills, unclosed } = unsentMarks(this.board, blocks);
    for (const range of unclosed) this.oddities.push({ code: 'commentNotClosed', ...range });
    const [fence, ...otherFences] = this.fences;
    const prompt = fence ? this.prompts[0] : promptOf(this.board.text, this.kept, cuts);
    if (!prompt && this.quote && !fence) this.oddities.push({ code: 'onlyQuotes', ...this.quote });
    if (fence) this.unsent.push(...this.kept, ...otherFences);
    if (this.list) this.unsent.push(...this.list.notes);
    return { list: this.list, prompt, fences: this.fences, stills, unsent: [...this.unsent, ...cuts], oddities: this.oddities };
  }

  private keepText(block: MarkdownBlock): void {
    if (block.kind === 'paragraph' && !this.isOnlyImages(block)) this.mayBeList = false;
    const isUnderlined = block.level === 2;
    const end = isUnderlined ? block.end - 1 : block.end;
    if (isUnderlined) {
      const underline = this.rangeOf({ first: end, end: end + 1 });
      this.oddities.push({ code: 'ruleUnderText', ...underline });
      this.unsent.push(underline);
    }
    for (let at = block.first; at < end; at++) this.keep(at);
  }

  private keepList(block: MarkdownBlock): void {
    if (this.mayBeList) this.list = parameterList(this.board.lines, block.first, block.end, this.board.known);
    this.mayBeList = false;
    const unsent = block.inside.filter(({ kind }) => kind !== 'html');
    for (const inside of unsent) this.unsent.push(this.rangeOf(inside));
    let next = 0;
    for (let at = this.list && this.list.end > block.first ? this.list.end : block.first; at < block.end; at++) {
      while ((unsent[next]?.end ?? block.end) <= at) next++;
      if ((unsent[next]?.first ?? block.end) <= at) this.part(at);
      else this.keep(at);
    }
  }

  /** Whether the block is one itself. */
  private readFences(block: MarkdownBlock): boolean {
    for (const fence of block.kind === 'list' ? block.inside : [block]) {
      if (fence.kind !== 'fence' || fence.info !== 'prompt') continue;
      this.fences.push(this.rangeOf(fence));
      this.prompts.push(fencedPrompt(this.board, fence));
    }
    return block.kind === 'fence' && block.info === 'prompt';
  }

  private isOnlyImages(block: MarkdownBlock): boolean {
    const { text, lines } = this.board;
    if (!lines.textOf(block.first).includes('![')) return false;
    const { cuts } = unsentMarks(this.board, [block]);
    return promptOf(text, lines.between(block.first, block.end), cuts) === undefined;
  }

  private keep(at: number): void {
    const line = this.board.lines.at(at);
    if (line) this.kept.push(line);
  }

  /** Something that is not sent stands between two paragraphs. */
  private part(at: number): void {
    const start = this.board.lines.startOf(at);
    this.kept.push({ start, end: start, text: '' });
  }

  private rangeOf({ first, end }: Pick<MarkdownBlock, 'first' | 'end'>): TextRange {
    const { lines } = this.board;
    return { start: lines.startOf(first), end: lines.endOf(end - 1) };
  }
}
