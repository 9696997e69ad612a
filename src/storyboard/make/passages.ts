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

/** The items of a list at its margin, without bullets and ticks; what is indented below an item keeps its lines. */
export function listItems(text: string): readonly (readonly string[])[] {
  const items: string[][] = [];
  let margin: number | undefined;
  let width = 0;
  for (const { text: line } of new Lines(text).all) {
    const [mark, indent = ''] = bullet.exec(line) ?? [];
    if (mark !== undefined && (margin === undefined || indent.length <= margin)) {
      margin ??= indent.length;
      width = mark.length;
      items.push([line.slice(mark.length).replace(/^\[[ xX]\]\s+/, '')]);
    } else {
      const lead = line.length - line.trimStart().length;
      items.at(-1)?.push(line.slice(Math.min(lead, width)));
    }
  }
  return items;
}
