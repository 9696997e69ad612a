import type { MarkdownBlock } from './markdownBlocks';
import { type PromptSource, promptOf } from './promptSource';
import type { BoardText } from './readBody';

export const isPromptFence = ({ kind, info }: MarkdownBlock): boolean => kind === 'fence' && info === 'prompt';

/** The text of a fence alone, without the blanks by which the whole fence is indented. */
export function fencedPrompt({ text, lines }: BoardText, { first, end }: MarkdownBlock): PromptSource | undefined {
  const opening = lines.textOf(first);
  const inside = lines.between(first + 1, closes(opening, lines.textOf(end - 1)) && end - 1 > first ? end - 1 : end).map((line) => {
    const blanks = Math.min(indentOf(opening), indentOf(line.text));
    return { start: line.start + blanks, end: line.end, text: line.text.slice(blanks) };
  });
  return promptOf(text, inside, []);
}

/** A fence that never ends may hold the marks of a shorter one in its last line. */
function closes(opening: string, line: string): boolean {
  const [marks = ''] = /`{3,}|~{3,}/.exec(opening) ?? [];
  return marks !== '' && line.trim().startsWith(marks) && line.trim().replaceAll(marks.charAt(0), '') === '';
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
