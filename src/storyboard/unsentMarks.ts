import type { EntryItem } from './entry';
import type { TextRange } from './lines';
import type { MarkdownBlock } from './markdownBlocks';
import type { BoardText } from './readBody';

/** A Markdown image: a picture for the reader, or by its alt text an input of the shot (rule 12). */
export interface Still extends EntryItem {
  readonly alt: string;
}

/** Bounded, or a text of nothing but beginnings would take hours. */
const image = /!\[([^\]\n]{0,300})\]\([ \t]*(<[^>\n]{0,1000}>|[^)\s]{0,1000})(?:[ \t]+(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'))?[ \t]*\)/g;

export interface UnsentMarks {
  /** In order, and none in another. */
  readonly cuts: readonly TextRange[];
  readonly stills: readonly Still[];
  readonly unclosed: readonly TextRange[];
}

const noMarks: UnsentMarks = { cuts: [], stills: [], unclosed: [] };

/** What is not sent of the text below a heading (rule 8): comments and images. Of a comment without an end it is all that follows. */
export function unsentMarks({ text, lines }: BoardText, blocks: readonly MarkdownBlock[]): UnsentMarks {
  const [first] = blocks;
  const last = blocks.at(-1);
  if (!first || !last) return noMarks;
  const { cuts, stills } = marksIn(text, { start: lines.startOf(first.first), end: lines.endOf(last.end - 1) });
  const unclosed: TextRange[] = [];
  for (const block of blocks) {
    if (block.kind !== 'html') continue;
    const start = lines.startOf(block.first);
    const end = lines.endOf(block.end - 1);
    const part = text.slice(start, end);
    const at = part.lastIndexOf('<!--');
    if (at >= 0 && part.indexOf('-->', at + 2) < 0) unclosed.push({ start: start + at, end });
  }
  return unclosed.length > 0 ? { cuts: merged([...cuts, ...unclosed]), stills, unclosed } : { cuts, stills, unclosed };
}

/** Comments and images of a part of a text, whatever Markdown makes of it. */
export function marksIn(text: string, body: TextRange): Pick<UnsentMarks, 'cuts' | 'stills'> {
  const part = text.slice(body.start, body.end);
  if (!part.includes('<!--') && !part.includes('![')) return noMarks;
  const cuts: TextRange[] = [];
  for (let at = part.indexOf('<!--'); at >= 0; at = part.indexOf('<!--', at)) {
    const close = part.indexOf('-->', at + 2);
    if (close < 0) break;
    cuts.push({ start: body.start + at, end: body.start + close + 3 });
    at = close + 3;
  }
  const stills: Still[] = [];
  for (const { index, 0: whole, 1: alt = '', 2: target = '' } of part.includes('![') ? part.matchAll(image) : []) {
    const range = { start: body.start + index, end: body.start + index + whole.length };
    if (cuts.some((cut) => cut.start <= range.start && range.start < cut.end)) continue;
    stills.push({ alt: alt.trim().toLowerCase(), text: target.replace(/^<(.*)>$/, '$1'), range });
  }
  return { cuts: merged([...cuts, ...stills.map(({ range }) => range)]), stills };
}

export function merged(ranges: readonly TextRange[]): readonly TextRange[] {
  const all: TextRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = all.at(-1);
    if (last && range.start < last.end) all[all.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else all.push(range);
  }
  return all;
}
