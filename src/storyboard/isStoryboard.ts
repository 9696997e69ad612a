/** A document of the editor, as far as it is needed here. */
export interface TextLines {
  readonly fileName: string;
  readonly languageId: string;
  readonly lineCount: number;
  /** Without the end of the line. */
  lineAt(line: number): { readonly text: string };
}

/**
 * Rule 1: a Markdown file whose name says so, or its front matter. Asked of every Markdown file that is opened: it reads no
 * further than the front matter, and loads no parser.
 */
export function isStoryboard(document: TextLines): boolean {
  if (document.languageId !== 'markdown') return false;
  if (document.fileName.endsWith('.storyboard.md')) return true;
  const lines = Array.from({ length: Math.max(0, frontMatterEnd(document) - 2) }, (_, index) => document.lineAt(index + 1).text);
  // a key of the outermost map stands as far in as the first of them
  const margin = /^ */.exec(lines.find((line) => /^\s*[^\s#]/.test(line)) ?? '')?.[0] ?? '';
  return lines.some((line) => line.startsWith(margin) && saysSo.test(line.slice(margin.length)));
}

const saysSo = /^(["']?)storyboard\1\s*:\s+(["']?)1\2\s*(?:\s#.*)?$/;

/** The line after the closing mark of a front matter; 0 where there is none. */
export function frontMatterEnd(document: Pick<TextLines, 'lineCount' | 'lineAt'>): number {
  const { lineCount } = document;
  if (lineCount === 0 || !/^---\s*$/.test(document.lineAt(0).text)) return 0;
  for (let at = 1; at < lineCount; at++) if (/^(?:---|\.\.\.)\s*$/.test(document.lineAt(at).text)) return at + 1;
  return 0;
}
