import { type Line, Lines } from '../lines';
import type { MarkdownBlock } from '../markdownBlocks';

/** A block of a source with its words, as a person would say them: without the marks of quotes and fences. */
export interface Passage {
  readonly kind: 'paragraph' | 'list' | 'quote' | 'fence' | 'table' | 'rule' | 'html';
  readonly text: string;
  readonly lines: readonly Line[];
  /** Of a fence. */
  readonly info: string;
}

export function passageOf(block: MarkdownBlock, lines: readonly Line[]): Passage {
  const own = lines.slice(block.first, block.end);
  const raw = own.map(({ text }) => text);
  const { kind, info } = block;
  switch (kind) {
    case 'heading':
    case 'paragraph':
      // an underline of dashes parts paragraphs
      return { kind: 'paragraph', text: (block.level > 0 && kind === 'paragraph' ? raw.slice(0, -1) : raw).join('\n'), lines: own, info };
    case 'quote':
      return { kind, text: raw.map((line) => line.replace(/^\s*(?:>\s?)+/, '')).join('\n'), lines: own, info };
    case 'fence': {
      const isClosed = raw.length > 1 && /^\s*(?:`{3,}|~{3,})\s*$/.test(raw.at(-1) ?? '');
      return { kind, text: raw.slice(1, isClosed ? -1 : undefined).join('\n'), lines: own, info };
    }
    case 'list':
    case 'table':
    case 'rule':
    case 'html':
      return { kind, text: raw.join('\n'), lines: own, info };
    default:
      return kind satisfies never;
  }
}

const bullet = /^(\s*)(?:[-*+]|\d{1,9}[.)])(?:\s+|$)/;

/** An item of a list, without its bullet and tick. */
export interface ListItem {
  /** What is indented below the first line keeps its lines. */
  readonly lines: readonly string[];
  /** Lines at the margin behind it, which Markdown counts to it. */
  readonly lazy: readonly string[];
}

/** The items of a list at its margin. */
export function listItems(text: string): readonly ListItem[] {
  const items: { readonly lines: string[]; readonly lazy: string[] }[] = [];
  let margin: number | undefined;
  let width = 0;
  for (const { text: line } of new Lines(text).all) {
    const [mark, indent = ''] = bullet.exec(line) ?? [];
    const lead = line.length - line.trimStart().length;
    const last = items.at(-1);
    if (mark !== undefined && (margin === undefined || indent.length <= margin)) {
      margin ??= indent.length;
      width = mark.length;
      items.push({ lines: [line.slice(mark.length).replace(/^\[[ xX]\]\s+/, '')], lazy: [] });
    } else if (line.trim() !== '' && lead <= (margin ?? 0)) last?.lazy.push(line.trim());
    else if (line.trim() !== '' && last && last.lazy.length > 0) last.lazy.push(line.trim());
    else last?.lines.push(line.slice(Math.min(lead, width)));
  }
  return items;
}
