/** A document of the editor, as far as it is needed here. */
export interface TextLines {
  readonly fileName: string;
  readonly languageId: string;
  readonly lineCount: number;
  lineAt(line: number): { readonly text: string };
}

/** Lines looked at: opening a Markdown file must not wait for us. */
const looksAt = 300;

/** Whether a file that says it is a storyboard has a heading with a prompt below it, and not only a list. */
export function isBegunStoryboard(document: TextLines): boolean {
  if (document.languageId !== 'markdown') return false;
  const line = (at: number): string => document.lineAt(at).text;
  const last = Math.min(document.lineCount, looksAt);
  let at = 0;
  let says = document.fileName.endsWith('.storyboard.md');
  if (line(0).trimEnd() === '---') {
    for (at = 1; at < last && line(at).trimEnd() !== '---'; at++) says ||= /^storyboard:\s*1\s*$/.test(line(at));
    at++;
  }
  if (!says) return false;
  for (let inShot = false; at < last; at++) {
    if (/^#{1,6}\s+\S/.test(line(at))) inShot = true;
    else if (inShot && /^\s*[^\s>*+-]/.test(line(at))) return true;
  }
  return false;
}
