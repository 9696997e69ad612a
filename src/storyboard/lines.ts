/** Offsets in UTF-16 units, as editors count. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** One change of a text. */
export interface TextChange extends TextRange {
  readonly text: string;
}

/** One line without its end. */
export interface Line extends TextRange {
  readonly text: string;
}

/** CR LF, LF and CR end a line; a byte order mark belongs to none. */
export function splitLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  let carriage = text.indexOf('\r');
  for (;;) {
    const feed = text.indexOf('\n', start);
    if (carriage >= 0 && carriage < start) carriage = text.indexOf('\r', start);
    const isCarriage = carriage >= 0 && (feed < 0 || carriage < feed);
    const end = isCarriage ? carriage : feed;
    if (end < 0) break;
    lines.push({ start, end, text: text.slice(start, end) });
    start = isCarriage && feed === end + 1 ? end + 2 : end + 1;
  }
  lines.push({ start, end: text.length, text: text.slice(start) });
  return lines;
}

/** What ends the lines of a text; its first one tells. */
export const lineEnding = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';

/** Full-width letters, digits and signs in their plain form; nothing changes its place. */
export function narrow(text: string): string {
  return /[\u3000\uFF01-\uFF5E]/.test(text)
    ? text.replace(/[\u3000\uFF01-\uFF5E]/g, (sign) => (sign === '\u3000' ? ' ' : String.fromCharCode(sign.charCodeAt(0) - 0xfee0)))
    : text;
}

export const isBlank = (text: string): boolean => text.trim() === '';
