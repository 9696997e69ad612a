import MarkdownIt from 'markdown-it';

export type BlockKind = 'heading' | 'paragraph' | 'list' | 'quote' | 'table' | 'fence' | 'rule' | 'html';

/** A block of a Markdown text that stands in no other; lines are counted from 0, `end` is the one after it. */
export interface MarkdownBlock {
  readonly kind: BlockKind;
  readonly first: number;
  readonly end: number;
  /** Of a heading, 1 to 6; of a paragraph that a line of `---` underlines, 2; else 0. */
  readonly level: number;
  /** The word behind the marks of a fence. */
  readonly info: string;
  /** Quotes, tables, fences and HTML that stand in the items of a list. */
  readonly inside: readonly MarkdownBlock[];
}

// block rules only: what stands inside a line is ours to read, and costs most of the time. Indented text is text, and a line
// that Markdown takes for the target of links must not vanish. HTML is on, or comments would be paragraphs
const markdown = new MarkdownIt('default', { html: true });
markdown.block.ruler.disable(['code', 'reference']);

const kinds: Readonly<Record<string, BlockKind>> = {
  heading_open: 'heading',
  paragraph_open: 'paragraph',
  bullet_list_open: 'list',
  ordered_list_open: 'list',
  blockquote_open: 'quote',
  table_open: 'table',
  fence: 'fence',
  hr: 'rule',
  html_block: 'html',
};

const notText: ReadonlySet<BlockKind> = new Set(['quote', 'table', 'fence', 'html']);

type Token = ReturnType<InstanceType<typeof markdown.block.State>['push']>;

/** What every token is before a rule fills it in: its constructor defines each of its fields anew, and takes longest of all. */
const blank: Token = new markdown.block.State('', markdown, {}, []).push('', '', 0);

/** Keeps the few tokens that are asked for; to make the many others is what takes the parser most of its time. */
class BlockState extends markdown.block.State {
  private readonly other: Token = Object.create(blank);

  override push(type: string, tag: string, nesting: -1 | 0 | 1): Token {
    if (nesting < 0) this.level--;
    const { level } = this;
    if (nesting > 0) this.level++;
    const kind = nesting < 0 ? undefined : kinds[type];
    if (!kind || (level > 0 && !notText.has(kind))) return this.other;
    const token: Token = Object.create(blank);
    token.type = type;
    token.tag = tag;
    token.level = level;
    this.tokens.push(token);
    return token;
  }
}
markdown.block.State = BlockState;

/** The outermost blocks in their order. `firstLine` is what the first line of `text` is to be counted as. */
export function markdownBlocks(text: string, firstLine: number): readonly MarkdownBlock[] {
  const blocks: (MarkdownBlock & { readonly inside: MarkdownBlock[] })[] = [];
  const tokens: Token[] = [];
  markdown.block.parse(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text, markdown, {}, tokens);
  for (const { level, type, tag, markup, info, map } of tokens) {
    const kind = map && kinds[type];
    if (!map || !kind) continue;
    const first = map[0] + firstLine;
    const end = map[1] + firstLine;
    if (level > 0) {
      const outer = blocks.at(-1);
      const known = outer?.inside.at(-1);
      if (outer?.kind === 'list' && notText.has(kind) && !(known && first < known.end))
        outer.inside.push({ kind, first, end, level: 0, info: firstWord(info), inside: [] });
    } else if (kind === 'heading' && markup === '-') blocks.push({ kind: 'paragraph', first, end, level: 2, info: '', inside: [] });
    else blocks.push({ kind, first, end, level: kind === 'heading' ? Number(tag.slice(1)) : 0, info: firstWord(info), inside: [] });
  }
  return blocks;
}

const firstWord = (info: string) => (info === '' ? '' : (info.trim().split(/\s/, 1)[0] ?? '').toLowerCase());
