import { frontMatterEnd, isStoryboard, type TextLines } from './isStoryboard';

/** Lines looked at: opening a Markdown file must not wait for us. */
const looksAt = 300;

/**
 * Whether a storyboard has a heading with a prompt below it, and not only a list. A guess by the look of its lines: asked of
 * every Markdown file before a parser is loaded.
 */
export function isBegunStoryboard(document: TextLines): boolean {
  if (!isStoryboard(document)) return false;
  const last = Math.min(document.lineCount, looksAt);
  for (let at = frontMatterEnd(document), inShot = false; at < last; at++) {
    const { text } = document.lineAt(at);
    if (/^#{1,6}\s+\S/.test(text)) inShot = true;
    else if (inShot && /^\s*[^\s>*+-]/.test(text)) return true;
  }
  return false;
}
