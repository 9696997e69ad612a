import { isBlank, type Line, type TextRange } from './lines';
import type { MarkdownBlock } from './markdownBlocks';
import { type BoardText, type Body, readBody } from './readBody';
import { type ShotHeading, shotHeading } from './shotId';
import type { HeadingRole } from './storyboard';

/** A heading with what stands right below it, and its place in the outline. */
export interface Section {
  readonly index: number;
  readonly level: number;
  readonly text: string;
  readonly textRange: TextRange;
  readonly range: TextRange;
  readonly wholeRange: TextRange;
  /** Where the last of what stands right below it ends. */
  readonly bodyEnd: number;
  readonly parent: number | undefined;
  readonly role: HeadingRole;
  /** Of a shot, by its heading or by a line `id:`. */
  readonly shot: ShotHeading | undefined;
  /** A shot stands below it in the outline. */
  readonly hasShots: boolean;
  readonly body: Body;
}

/** While the outline is made: what a heading is depends on those below it. */
type Draft = { -readonly [Key in keyof Section]: Section[Key] };

/** Headings in the order of the text. What stands before the first belongs to none. */
export function outlineOf(board: BoardText, blocks: readonly MarkdownBlock[]): readonly Section[] {
  const { lines } = board;
  const starts = blocks.flatMap(({ kind }, index) => (kind === 'heading' ? [index] : []));
  const open: { readonly level: number; readonly index: number }[] = [];
  const drafts = starts.flatMap((from, index): readonly Draft[] => {
    const heading = blocks[from];
    if (!heading) return [];
    while ((open.at(-1)?.level ?? 0) >= heading.level) open.pop();
    const parent = open.at(-1)?.index;
    open.push({ level: heading.level, index });
    const body = readBody(board, blocks.slice(from + 1, starts[index + 1] ?? blocks.length));
    const shot = shotOf(heading, lines, body);
    const range = { start: lines[heading.first]?.start ?? 0, end: lines[heading.end - 1]?.end ?? 0 };
    const last = blocks[(starts[index + 1] ?? blocks.length) - 1] ?? heading;
    const wholeRange = { start: range.start, end: lines[last.end - 1]?.end ?? range.end };
    const { text: words, textRange } = headingText(heading, lines);
    const place = { index, level: heading.level, text: words, textRange, range, wholeRange, bodyEnd: wholeRange.end, parent };
    return [{ ...place, role: 'section', hasShots: false, body, shot }];
  });
  giveRoles(drafts);
  return drafts;
}

function headingText({ first }: MarkdownBlock, lines: readonly Line[]): { text: string; textRange: TextRange } {
  const line = lines[first];
  if (!line) return { text: '', textRange: { start: 0, end: 0 } };
  const lead = /^\s*(?:#{1,6}(?:\s+|$))?/.exec(line.text)?.[0].length ?? 0;
  const text = line.text
    .slice(lead)
    .replace(/(?:^|\s+)#+\s*$/, '')
    .trimEnd();
  return { text, textRange: { start: line.start + lead, end: line.start + lead + text.length } };
}

/** `- id: none` makes no shot of a heading that looks like one, any other name makes one (rule 4). */
function shotOf(heading: MarkdownBlock, lines: readonly Line[], { list }: Body): ShotHeading | undefined {
  const { text } = headingText(heading, lines);
  const value = list?.entries.find(({ name }) => name === 'id')?.value;
  if (value?.kind !== 'text' || isBlank(value.text)) return shotHeading(text);
  return value.text.toLowerCase() === 'none' ? undefined : { id: value.text, start: 0, end: 0, title: shotHeading(text)?.title ?? text };
}

const styleName = /^(?:style|スタイル)$/i;
const blocksName = /^(?:blocks|ブロック)$/i;
const castName = /^(?:cast|キャスト|登場人物)$/i;
const promptName = /^(?:prompt|プロンプト)$/i;

export const isStyle = ({ text }: Pick<Section, 'text'>): boolean => styleName.test(plain(text));
export const isCast = ({ text }: Pick<Section, 'text'>): boolean => castName.test(plain(text));
const isHolder = ({ text }: Section) => blocksName.test(plain(text)) || castName.test(plain(text));
const plain = (text: string) =>
  text
    .replace(/[*_`]/g, '')
    .replace(/[:：]\s*$/, '')
    .trim();

function giveRoles(drafts: readonly Draft[]): void {
  const above = ({ parent }: Draft) => (parent === undefined ? undefined : drafts[parent]);
  for (const draft of drafts) {
    const over = above(draft)?.role;
    if (over === 'textBlocks' || isStyle(draft)) draft.role = 'textBlock';
    else if (over === 'textBlock' || over === 'note') draft.role = 'note';
    else if (isHolder(draft)) draft.role = 'textBlocks';
    else if (draft.shot) draft.role = 'shot';
  }
  for (const draft of drafts.toReversed()) {
    const over = above(draft);
    if (!over) continue;
    over.wholeRange = { start: over.wholeRange.start, end: Math.max(over.wholeRange.end, draft.wholeRange.end) };
    over.hasShots ||= draft.hasShots || draft.role === 'shot';
  }
  for (const draft of drafts) {
    if (draft.role === 'shot' && draft.hasShots) draft.role = 'section';
    if (draft.role !== 'section') continue;
    const over = above(draft)?.role;
    if (over === 'shot') draft.role = promptName.test(plain(draft.text)) ? 'prompt' : 'note';
    else if (over === 'note' || over === 'prompt') draft.role = 'note';
  }
}
