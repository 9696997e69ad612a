import { isBlank, type Lines, type TextRange } from './lines';
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
  const open: { readonly level: number; readonly index: number }[] = [];
  const drafts: Draft[] = [];
  for (let at = blocks.findIndex(isHeading), next = at; at >= 0 && at < blocks.length; at = next) {
    const heading = blocks[at];
    if (!heading) break;
    next = at + 1;
    while (next < blocks.length && blocks[next]?.kind !== 'heading') next++;
    const { level } = heading;
    const index = drafts.length;
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    const parent = open.at(-1)?.index;
    open.push({ level, index });
    const { text, textRange } = headingText(heading, lines);
    const body = readBody(board, blocks.slice(at + 1, next));
    const shot = shotOf(text, body);
    const range = { start: lines.startOf(heading.first), end: lines.endOf(heading.end - 1) };
    const bodyEnd = lines.endOf((blocks[next - 1] ?? heading).end - 1);
    const wholeRange = { start: range.start, end: bodyEnd };
    drafts.push({ index, level, text, textRange, range, wholeRange, bodyEnd, parent, role: 'section', shot, hasShots: false, body });
  }
  giveRoles(drafts);
  return drafts;
}

const isHeading = ({ kind }: MarkdownBlock): boolean => kind === 'heading';

function headingText({ first }: MarkdownBlock, lines: Lines): { text: string; textRange: TextRange } {
  const line = lines.at(first);
  if (!line) return { text: '', textRange: { start: 0, end: 0 } };
  const lead = /^\s*(?:#{1,6}(?:\s+|$))?/.exec(line.text)?.[0].length ?? 0;
  const text = withoutClosing(line.text.slice(lead).trimEnd());
  return { text, textRange: { start: line.start + lead, end: line.start + lead + text.length } };
}

/** `## Title ##` is `Title`. */
function withoutClosing(text: string): string {
  let end = text.length;
  while (text[end - 1] === '#') end--;
  const open = text.slice(0, end);
  const shown = open.trimEnd();
  return end === 0 || shown.length < open.length ? shown : text;
}

/** `- id: none` makes no shot of a heading that looks like one, any other name makes one (rule 4). */
function shotOf(text: string, { list }: Body): ShotHeading | undefined {
  const value = list?.entries.find(({ name }) => name === 'id')?.value;
  if (value?.kind !== 'text' || isBlank(value.text)) return shotHeading(text);
  return value.text.toLowerCase() === 'none' ? undefined : { id: value.text, start: 0, end: 0, title: shotHeading(text)?.title ?? text };
}

const styleName = /^(?:style|スタイル)$/i;
const blocksName = /^(?:blocks|ブロック)$/i;
const castName = /^(?:cast|キャスト|登場人物)$/i;
const promptName = /^(?:prompt|プロンプト)$/i;

export const isStyle = ({ text }: Pick<Section, 'text'>): boolean => styleName.test(nameIn(text));
export const isCast = ({ text }: Pick<Section, 'text'>): boolean => castName.test(nameIn(text));

/** Emphasis around a name and a colon behind it do not matter; most headings are longer than any name. */
function nameIn(text: string): string {
  if (text.length > 30) return '';
  return (/[*_`:：]/.test(text) ? text.replace(/[*_`]/g, '').replace(/[:：]\s*$/, '') : text).trim();
}

function giveRoles(drafts: readonly Draft[]): void {
  const above = ({ parent }: Draft) => (parent === undefined ? undefined : drafts[parent]);
  for (const draft of drafts) {
    const over = above(draft)?.role;
    const name = nameIn(draft.text);
    if (over === 'textBlocks' || styleName.test(name)) draft.role = 'textBlock';
    else if (over === 'textBlock' || over === 'note') draft.role = 'note';
    else if (blocksName.test(name) || castName.test(name)) draft.role = 'textBlocks';
    else if (draft.shot) draft.role = 'shot';
  }
  for (let at = drafts.length - 1; at >= 0; at--) {
    const draft = drafts[at];
    const over = draft && above(draft);
    if (!over) continue;
    over.wholeRange = { start: over.wholeRange.start, end: Math.max(over.wholeRange.end, draft.wholeRange.end) };
    over.hasShots ||= draft.hasShots || draft.role === 'shot';
  }
  for (const draft of drafts) {
    if (draft.role === 'shot' && draft.hasShots) draft.role = 'section';
    if (draft.role !== 'section') continue;
    const over = above(draft)?.role;
    if (over === 'shot') draft.role = promptName.test(nameIn(draft.text)) ? 'prompt' : 'note';
    else if (over === 'note' || over === 'prompt') draft.role = 'note';
  }
}
