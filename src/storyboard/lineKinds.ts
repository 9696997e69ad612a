import { isParameterKey } from './parameterKeys';

export type LineKind = 'prompt' | 'blank' | 'fencedPrompt' | 'other';

/** How many lines from here belong together, and what they are; `inside` is for the lines between the marks of a fence. */
interface Block {
  readonly length: number;
  readonly kind: LineKind;
  readonly inside?: { readonly kind: LineKind; readonly length: number };
}

const heading = /^ {0,3}#{1,6}(\s|$)/;
const underline = /^ {0,3}=+\s*$/;
const rule = /^ {0,3}([-*_])(\s*\1){2,}\s*$/;
const quote = /^ {0,3}>/;
const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})\s*(\S*)/;
const comment = /^ {0,3}<!--/;
const image = /^ {0,3}!\[[^\]]*\]\([^)]*\)\s*$/;
const tableRule = /^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const bullet = /^ {0,3}(?:[-*+]|\d{1,9}[.)])\s+/;

/** What each line of a Markdown text is to someone who looks for prompts. */
export function lineKinds(lines: readonly string[]): readonly LineKind[] {
  const start = frontMatterLength(lines);
  const kinds: LineKind[] = Array<LineKind>(start).fill('other');
  // parameters are the first list under a heading; quotes, comments and images may precede it
  let maySetParameters = true;
  while (kinds.length < lines.length) {
    const at = kinds.length;
    const { length, kind, inside } = blockAt(lines, at, maySetParameters);
    for (let index = 0; index < length; index++) kinds.push(inside && index > 0 && index <= inside.length ? inside.kind : kind);
    if (heading.test(lines[at] ?? '')) maySetParameters = true;
    else if (kind === 'prompt' || bullet.test(lines[at] ?? '')) maySetParameters = false;
  }
  return kinds;
}

function frontMatterLength(lines: readonly string[]): number {
  if (!/^---\s*$/.test(lines[0] ?? '')) return 0;
  return lines.findIndex((line, index) => index > 0 && /^(---|\.\.\.)\s*$/.test(line)) + 1;
}

function blockAt(lines: readonly string[], at: number, maySetParameters: boolean): Block {
  const line = lines[at] ?? '';
  if (isBlank(line)) return { length: 1, kind: 'blank' };
  const [, marks, tag] = fence.exec(line) ?? [];
  if (marks !== undefined) return fenceAt(lines, at, marks, tag ?? '');
  if (comment.test(line)) return { length: lengthUntil(lines, at, (other) => other.includes('-->')), kind: 'other' };
  if (heading.test(line) || rule.test(line) || image.test(line)) return { length: 1, kind: 'other' };
  // a line right after a quote or a table goes on with it, as Markdown has it
  if (quote.test(line) || isTable(lines, at)) return { length: paragraphLength(lines, at), kind: 'other' };
  if (bullet.test(line) && maySetParameters) return listAt(lines, at);
  const length = paragraphLength(lines, at);
  return underline.test(lines[at + length] ?? '') ? { length: length + 1, kind: 'other' } : { length, kind: 'prompt' };
}

function fenceAt(lines: readonly string[], at: number, marks: string, tag: string): Block {
  const closing = new RegExp(`^ {0,3}${marks[0]}{${marks.length},}\\s*$`);
  const length = lengthUntil(lines, at, (line, index) => index > at && closing.test(line));
  const isClosed = length > 1 && closing.test(lines[at + length - 1] ?? '');
  const kind = tag.toLowerCase() === 'prompt' ? 'fencedPrompt' : 'other';
  return { length, kind: 'other', inside: { kind, length: length - (isClosed ? 2 : 1) } };
}

/** A list with one known key is a list of parameters; an unindented line without a bullet ends it. */
function listAt(lines: readonly string[], at: number): Block {
  const belongs = (line: string) => bullet.test(line) || (/^\s/.test(line) && !isBlank(line));
  const length = lengthUntil(lines, at, (_, index) => !belongs(lines[index + 1] ?? ''));
  const items = lines.slice(at, at + length).filter((line) => bullet.test(line));
  const setsParameters = items.some((item) => isParameterKey(/^([^:：]{1,60})[:：]/.exec(item.replace(bullet, ''))?.[1] ?? ''));
  return { length, kind: setsParameters ? 'other' : 'prompt' };
}

function paragraphLength(lines: readonly string[], at: number): number {
  const ends = (line: string) =>
    isBlank(line) ||
    heading.test(line) ||
    underline.test(line) ||
    rule.test(line) ||
    fence.test(line) ||
    comment.test(line) ||
    quote.test(line);
  const first = lines[at] ?? '';
  return lengthUntil(lines, at, (_, index) => {
    const next = lines[index + 1];
    return next === undefined || (ends(next) && !(quote.test(first) && quote.test(next)));
  });
}

function lengthUntil(lines: readonly string[], at: number, isLast: (line: string, index: number) => boolean): number {
  let index = at;
  while (index < lines.length - 1 && !isLast(lines[index] ?? '', index)) index++;
  return index + 1 - at;
}

const isTable = (lines: readonly string[], at: number) =>
  (lines[at] ?? '').includes('|') && (lines[at + 1] ?? '').includes('|') && tableRule.test(lines[at + 1] ?? '');

const isBlank = (line: string) => line.trim() === '';
