import type { Entry } from './entry';
import { isBlank, narrow, type TextRange } from './lines';
import { isCast, type Section } from './outline';
import type { Storyboard } from './storyboard';

/** The list or front matter in which somebody writes. */
export type TypedIn =
  | { readonly kind: 'frontMatter' }
  /** `section`: shots below it inherit. */
  | { readonly kind: 'shot' | 'section' | 'cast'; readonly section: Section };

/** What somebody is about to write; `range` is what it would replace, on one line. */
export type Typing = { readonly range: TextRange } & (
  | {
      readonly kind: 'key';
      readonly in: TypedIn;
      /** A blank that belongs between the bullet and the key is not there yet. */
      readonly lead: '' | ' ';
      /** A colon stands behind it. */
      readonly isKeyed: boolean;
    }
  | {
      readonly kind: 'value';
      readonly in: TypedIn;
      readonly name: string;
      readonly lead: '' | ' ';
      /** What stands between the beginning of the value, or of its item, and the cursor. */
      readonly written: string;
      readonly isItem: boolean;
    }
  | { readonly kind: 'frame'; readonly section: Section; readonly isClosed: boolean }
  /** `isOpen`: the braces stand before it. */
  | { readonly kind: 'mention'; readonly section: Section; readonly isOpen: boolean; readonly isCast: boolean }
  | { readonly kind: 'heading'; readonly section: Section }
  /** Somewhere in a text; `isFree`: on an empty line. */
  | { readonly kind: 'words'; readonly section: Section | undefined; readonly isFree: boolean }
);

interface Spot {
  readonly text: string;
  readonly offset: number;
  readonly lineStart: number;
  /** Of the line. */
  readonly before: string;
  readonly after: string;
}

const bulletAt = /^(\s*)(?:[-*+]|\d{1,9}[.)])(\s+|$)/;
const bareBullet = /^\s*[-*+]$/;
const keyedAt = /^[\s*_`]*([^:\n]{1,60}?)[\s*_`]*:\s*(?:\*\*\s*|__\s*)?/;

/** `undefined` where there is nothing to help with. Half-written lines are what it is for: it looks at the signs before the cursor. */
export function typingAt(text: string, board: Storyboard, offset: number): Typing | undefined {
  const lineStart = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
  const [lineRest = ''] = /^[^\r\n]*/.exec(text.slice(offset, offset + 2000)) ?? [];
  const spot: Spot = { text, offset, lineStart, before: text.slice(lineStart, offset).replace(/^\uFEFF/, ''), after: lineRest };
  const front = insideFrontMatter(text, offset);
  if (front === 'inside') return inFrontMatter(spot);
  if (front === 'mark') return undefined;
  const section = board.headings.findLast(({ range }) => range.start <= lineStart);
  if (section && offset <= section.range.end) return inHeading(spot, section);
  if (/^ {0,3}>/.test(spot.before)) return undefined;
  return (section && inBody(spot, section, board)) ?? inText(spot, section);
}

function inFrontMatter(spot: Spot): Typing | undefined {
  const { before, offset } = spot;
  const typedIn: TypedIn = { kind: 'frontMatter' };
  if (/^[\w-]*$/.test(before)) return keyTyping(spot, spot.lineStart, typedIn, '');
  const item = /^\s*-\s+(.*)$/.exec(before)?.[1];
  if (item !== undefined) {
    const name = /(?:^|\n)([\w-]+):[ \t]*\r?\n(?:\s*-[^\n]*\n)*$/.exec(spot.text.slice(0, spot.lineStart))?.[1];
    return name === undefined ? undefined : valueTyping(spot, { start: offset - item.length, name, in: typedIn, lead: '', isItem: true });
  }
  const [whole, name, blank] = /^([\w-]+):(\s*)/.exec(before) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  return valueTyping(spot, { start: spot.lineStart + whole.length, name, in: typedIn, lead: blank === '' ? ' ' : '', isItem: false });
}

function inHeading({ before, after, offset }: Spot, section: Section): Typing | undefined {
  const [, typed] = /^ {0,3}#{1,6}\s+([^\s]*)$/.exec(before) ?? [];
  if (typed === undefined || !isBlank(after)) return undefined;
  return { kind: 'heading', section, range: { start: offset - typed.length, end: offset } };
}

function inBody(spot: Spot, section: Section, board: Storyboard): Typing | undefined {
  const { before, offset } = spot;
  const typedIn = typedInOf(section, board);
  if (!typedIn || !mayBeParameters(spot, section)) return undefined;
  if (bareBullet.test(before)) return keyTyping(spot, offset, typedIn, ' ');
  const [bullet, indent = ''] = bulletAt.exec(before) ?? [];
  if (bullet === undefined) return undefined;
  const rest = narrow(before.slice(bullet.length));
  const entry = entryAt(section, spot.lineStart);
  if (indent !== '' && entry && entry.range.start < spot.lineStart)
    return valueTyping(spot, { start: offset - rest.length, name: entry.name, in: typedIn, lead: '', isItem: true });
  const [keyed, key] = keyedAt.exec(rest) ?? [];
  if (keyed === undefined || key === undefined) {
    const lead = /^[\s*_`]*/.exec(rest)?.[0].length ?? 0;
    return keyTyping(spot, offset - rest.length + lead, typedIn, '');
  }
  if (!entry?.known) return undefined;
  const value = { start: offset - rest.length + keyed.length, name: entry.name, in: typedIn, isItem: false };
  return valueTyping(spot, { ...value, lead: /\s$/.test(before) || value.start < offset ? '' : ' ' });
}

function inText(spot: Spot, section: Section | undefined): Typing | undefined {
  const { before, after, offset } = spot;
  const isNote = section?.role === 'note' || section?.role === 'textBlocks';
  // the paths of links and pictures are Markdown's own to complete
  if (/\]\([^)\s]*$/.test(before)) return undefined;
  const [, backslash, mention] = /(\\?)\{\{[ \t]*([^{}\n]{0,80})$/.exec(before) ?? [];
  if (section && !isNote && mention !== undefined && backslash === '') {
    const closing = /^[^\s{}]*[ \t]*\}{1,2}|^/.exec(after)?.[0].length ?? 0;
    const isCastName = /^[@＠]/.test(mention);
    return {
      ...{ kind: 'mention', section, isOpen: true, isCast: isCastName },
      range: { start: offset - mention.length, end: offset + closing },
    };
  }
  const [, name] = /(?:^|[^\w{@＠])([@＠][^\s{}@＠]{0,40})$/.exec(before) ?? [];
  if (section && !isNote && name !== undefined)
    return { kind: 'mention', section, isOpen: false, isCast: true, range: { start: offset - name.length, end: offset } };
  return isNote && !isBlank(before)
    ? undefined
    : { kind: 'words', section, isFree: isBlank(before) && isBlank(after), range: { start: offset, end: offset } };
}

function keyTyping({ offset, after }: Spot, start: number, typedIn: TypedIn, lead: '' | ' '): Typing {
  const rest = /^[\p{L}\p{N}_-]*/u.exec(after)?.[0].length ?? 0;
  const isKeyed = /^[\s*_`]*:/.test(narrow(after.slice(rest)));
  return { kind: 'key', in: typedIn, lead, isKeyed, range: { start, end: offset + rest } };
}

type ValueAt = Pick<Extract<Typing, { kind: 'value' }>, 'name' | 'in' | 'lead' | 'isItem'> & { readonly start: number };

function valueTyping(spot: Spot, { start, ...value }: ValueAt): Typing | undefined {
  const { text, offset, after } = spot;
  const whole = text.slice(start, offset);
  const [, frame] = /(?:last-frame|first-frame|frame)\(\s*([^()@\n]*)$/i.exec(narrow(whole)) ?? [];
  if (frame !== undefined && value.in.kind !== 'frontMatter')
    return {
      ...{ kind: 'frame', section: value.in.section, isClosed: /^[^()]*\)/.test(narrow(after)) },
      range: { start: offset - frame.length, end: offset + (/^[^\s()@）]*/.exec(after)?.[0].length ?? 0) },
    };
  if (/\(\s*[^()\n]*$/.test(narrow(whole)) && !/[[\]]/.test(whole)) return undefined;
  // `[a, b|`: only the item at the cursor
  const items = /^\s*[[［]/.test(whole) ? (/^[\s\S]*[[,［，、]\s*/.exec(whole)?.[0].length ?? 0) : 0;
  const opening = /^["'`(<]?/.exec(whole.slice(items))?.[0].length ?? 0;
  const written = whole.slice(items + opening);
  const isItem = value.isItem || items > 0;
  const end = isItem ? offset + (/^[^\s,\]］，"')]*/.exec(after)?.[0].length ?? 0) : offset + after.trimEnd().length;
  return { kind: 'value', ...value, isItem, written, range: { start: offset - written.length, end } };
}

const entryAt = ({ body }: Section, lineStart: number): Entry | undefined =>
  body.list?.entries.find(({ range }) => range.start <= lineStart && lineStart <= range.end);

function typedInOf(section: Section, board: Storyboard): TypedIn | undefined {
  switch (section.role) {
    case 'shot':
      return { kind: 'shot', section };
    case 'prompt': {
      const shot = section.parent === undefined ? undefined : board.headings[section.parent];
      return shot && { kind: 'shot', section };
    }
    case 'section':
      return section.hasShots || section.body.list ? { kind: 'section', section } : undefined;
    case 'textBlock': {
      const holder = section.parent === undefined ? undefined : board.headings[section.parent];
      return holder && isCast(holder) ? { kind: 'cast', section } : undefined;
    }
    case 'note':
    case 'textBlocks':
      return undefined;
    default:
      return section.role satisfies never;
  }
}

/** Only the first list below a heading sets parameters; quotes, comments and images may precede it (rule 6). */
function mayBeParameters({ text, lineStart }: Spot, { range, body }: Section): boolean {
  let state: 'before' | 'quote' | 'comment' | 'list' = 'before';
  let items = 0;
  for (const line of text
    .slice(range.end, lineStart)
    .split(/\r\n|\n|\r/)
    .slice(1, -1)) {
    if (state === 'comment') {
      if (line.includes('-->')) state = 'before';
    } else if (isBlank(line)) state = state === 'quote' ? 'before' : state;
    else if (state === 'list' && (/^\s/.test(line) || bulletAt.test(line))) items += bulletAt.test(line) ? 1 : 0;
    else if (state === 'list') return false;
    else if (bulletAt.test(line)) {
      state = 'list';
      items = 1;
    } else if (/^ {0,3}<!--/.test(line)) state = line.includes('-->') ? 'before' : 'comment';
    else if (/^ {0,3}>/.test(line) || state === 'quote') state = 'quote';
    else if (!/^\s*!\[[^\]]*\]\([^)]*\)\s*$/.test(line)) return false;
  }
  return state !== 'comment' && (items === 0 || body.list !== undefined);
}

function insideFrontMatter(text: string, offset: number): 'outside' | 'inside' | 'mark' {
  const [opening] = /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)/.exec(text) ?? [];
  if (opening === undefined) return 'outside';
  const closing = /(?:^|[\r\n])(?:---|\.\.\.)[ \t]*(?=[\r\n]|$)/.exec(text.slice(opening.length - 1));
  if (!closing) return 'outside';
  const start = opening.length - 1 + closing.index + 1;
  if (offset < opening.length) return 'mark';
  if (offset < start) return 'inside';
  return offset <= start + 3 ? 'mark' : 'outside';
}
