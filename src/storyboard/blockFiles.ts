import type { TextRange } from './lines';
import type { KnownKeys } from './parameterList';
import { readStoryboard } from './readStoryboard';
import type { BoardFinding, Storyboard, TextBlock } from './storyboard';

/** A Markdown file whose blocks a board may use, as its front matter names it. */
export interface BlockFile extends TextRange {
  readonly written: string;
}

export type BlockFileText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly why: 'missing' | 'outside' | 'unreadable' };

/** What the front matter names under `blocks` (rule 2), each once. */
export function blockFilesOf({ frontMatter }: Pick<Storyboard, 'frontMatter'>): readonly BlockFile[] {
  const files = frontMatter.flatMap(({ name, value, valueRange }): readonly BlockFile[] => {
    if (name !== 'blocks' || value.kind === 'data') return [];
    return value.kind === 'text'
      ? [{ written: value.text, ...valueRange }]
      : value.items.map(({ text, range }) => ({ written: text, ...range }));
  });
  return files.filter(({ written }, index) => written.trim() !== '' && files.findIndex((other) => other.written === written) === index);
}

/** The blocks of those files, in their order; a file that cannot be had is told of where it is named. `texts`: by what is written. */
export function blocksOfFiles(
  files: readonly BlockFile[],
  texts: ReadonlyMap<string, BlockFileText>,
  known: KnownKeys,
): { readonly textBlocks: readonly TextBlock[]; readonly findings: readonly BoardFinding[] } {
  const textBlocks: TextBlock[] = [];
  const findings: BoardFinding[] = [];
  for (const { written, start, end } of files) {
    const found = texts.get(written) ?? ({ kind: 'refused', why: 'missing' } as const);
    if (found.kind === 'refused') findings.push({ code: 'blockFile', file: written, why: found.why, start, end });
    else textBlocks.push(...readStoryboard(found.text, known).textBlocks.map((block) => ({ ...block, file: written })));
  }
  return { textBlocks, findings };
}
