import { type Entry, type EntryItem, type EntryValue, inlineItems, plainKey, plainValue } from './entry';
import { isBlank, type Line, type Lines, type TextRange } from './lines';
import { ofTheTrade } from './parameterKeys';

/** The names that a list may set: name or plain key -> name. */
export type KnownKeys = ReadonlyMap<string, string>;

export interface ParameterList {
  readonly entries: readonly Entry[];
  /** Items that set nothing, and those for the edit: never sent (rule 9). */
  readonly notes: readonly TextRange[];
  /** The line after the last that belongs to it: a line without a bullet at the margin is prompt again (rule 6). */
  readonly end: number;
  /** The bullet of its first item, with what stands before it. */
  readonly bullet: string;
}

const notSent: ReadonlySet<string> = new Set(ofTheTrade);
const bullet = /^(\s*)([-*+]|\d{1,9}[.)])(?:\s+|$)/;
/** What may stand around a key and behind its colon. */
const marksBefore = /^[\s*_`]*/;
const marksBehind = /[\s*_`]$/;
const behindColon = /\s*(?:\*\*|__|[*_](?=\s))?\s*/y;
const longestKey = 60;

/** The first list below a heading sets parameters when it has one known key (rule 6); else it is text. */
export function parameterList(lines: Lines, first: number, end: number, known: KnownKeys): ParameterList | undefined {
  const items: Line[][] = [];
  const margin = bullet.exec(lines.textOf(first))?.[1]?.length ?? 0;
  let last = first;
  for (let at = first; at < end; at++) {
    const line = lines.at(at);
    if (!line || isBlank(line.text)) continue;
    const indent = line.text.length - line.text.trimStart().length;
    if (indent <= margin && bullet.test(line.text)) items.push([line]);
    else if (indent > margin && goesOn(items.at(-1), line, at > last + 1)) items.at(-1)?.push(line);
    else break;
    last = at;
  }
  const entries: Entry[] = [];
  const notes: TextRange[] = [];
  for (const item of items) {
    const entry = entryOf(item, known);
    if (entry) entries.push(entry);
    if (!entry?.known || notSent.has(entry.name)) notes.push({ start: item[0]?.start ?? 0, end: item.at(-1)?.end ?? 0 });
  }
  if (!entries.some((entry) => entry.known)) return undefined;
  return { entries, notes, end: last + 1, bullet: /^\s*\S+\s*/.exec(lines.textOf(first))?.[0] ?? '- ' };
}

/** Indented text goes on with an item; below a blank line only what is a list of values, or it would be lost as a prompt. */
function goesOn(item: readonly Line[] | undefined, line: Line, isParted: boolean): boolean {
  if (!isParted) return true;
  const [head] = item ?? [];
  return head !== undefined && bullet.test(line.text) && /[:：][\s*_]*$/.test(head.text);
}

function entryOf(item: readonly Line[], known: KnownKeys): Entry | undefined {
  const [head, ...nested] = item;
  if (!head) return undefined;
  const from = bullet.exec(head.text)?.[0].length ?? 0;
  const written = head.text.slice(from);
  const keyed = keyIn(written);
  if (!keyed) return undefined;
  const { lead, key, whole } = keyed;
  const keyStart = head.start + from + lead.length;
  const name = known.get(key) ?? known.get(plainKey(key));
  const { value, valueRange } = valueIn(
    { value: written.slice(whole).trimEnd(), valueStart: head.start + from + whole, closing: lead.trim() },
    nested,
  );
  return {
    name: name ?? plainKey(key),
    known: name !== undefined,
    value,
    range: { start: head.start, end: (item.at(-1) ?? head).end },
    keyRange: { start: keyStart, end: keyStart + key.length },
    valueRange,
  };
}

/** A key without the marks around it; `lead`: what stands before it, `whole`: the length of all that stands before the value. */
function keyIn(written: string): { readonly lead: string; readonly key: string; readonly whole: number } | undefined {
  const [lead = ''] = marksBefore.exec(written) ?? [];
  let colon = lead.length;
  while (colon < written.length && written[colon] !== ':' && written[colon] !== '：') colon++;
  let end = colon;
  while (end > lead.length && marksBehind.test(written[end - 1] ?? '')) end--;
  if (colon === written.length || end === lead.length || end - lead.length > longestKey) return undefined;
  behindColon.lastIndex = colon + 1;
  return { lead, key: written.slice(lead.length, end), whole: colon + 1 + (behindColon.exec(written)?.[0].length ?? 0) };
}

interface Written {
  readonly value: string;
  readonly valueStart: number;
  /** Marks that were opened before the key: `**duration: 5**`. */
  readonly closing: string;
}

function valueIn({ value, valueStart, closing }: Written, nested: readonly Line[]): { value: EntryValue; valueRange: TextRange } {
  const open = closing !== '' && value.endsWith(closing) ? value.slice(0, -closing.length) : value;
  const items = nested.flatMap((line) => nestedItem(line) ?? []);
  const valueRange = { start: valueStart, end: items.at(-1)?.range.end ?? valueStart + open.length };
  if (plainValue(open) === '' && items.length > 0) return { value: { kind: 'list', items }, valueRange };
  const inline = inlineItems(open, valueStart);
  if (inline) return { value: { kind: 'list', items: inline }, valueRange: { start: valueStart, end: valueStart + open.length } };
  // an indented line without a bullet goes on with the value
  const more = nested.filter((line) => !bullet.test(line.text)).map((line) => line.text.trim());
  return { value: { kind: 'text', text: plainValue([open, ...more].join(' ')) }, valueRange };
}

function nestedItem(line: Line): EntryItem | undefined {
  const mark = bullet.exec(line.text)?.[0];
  if (mark === undefined) return undefined;
  const written = line.text.slice(mark.length).trimEnd();
  return { text: plainValue(written), range: { start: line.start + mark.length, end: line.start + mark.length + written.length } };
}

/** A list that a person wrote with a sign that Markdown does not know: `・duration：5`. */
export const isFullWidthBullet = (text: string, known: KnownKeys): boolean => {
  const [, key] = /^\s*[・･•●■]\s*([^:：]{1,60})[:：]/.exec(text) ?? [];
  return key !== undefined && known.has(plainKey(key));
};

/** `＃ Title` looks like a heading and is none. */
export const isFullWidthHeading = (text: string): boolean => /^＃{1,6}\s*\S/.test(text);
