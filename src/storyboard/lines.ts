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

/**
 * The lines of a text: CR LF, LF and CR end one; a byte order mark belongs to none. Each is made when it is asked for, for a long
 * text has very many.
 */
export class Lines {
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  constructor(private readonly whole: string) {
    let start = whole.startsWith('\uFEFF') ? 1 : 0;
    let carriage = whole.indexOf('\r');
    for (;;) {
      const feed = whole.indexOf('\n', start);
      if (carriage >= 0 && carriage < start) carriage = whole.indexOf('\r', start);
      const isCarriage = carriage >= 0 && (feed < 0 || carriage < feed);
      const end = isCarriage ? carriage : feed;
      this.starts.push(start);
      this.ends.push(end < 0 ? whole.length : end);
      if (end < 0) return;
      start = isCarriage && feed === end + 1 ? end + 2 : end + 1;
    }
  }

  get count(): number {
    return this.starts.length;
  }

  at(line: number): Line | undefined {
    const start = this.starts[line];
    const end = this.ends[line];
    return start === undefined || end === undefined ? undefined : { start, end, text: this.whole.slice(start, end) };
  }

  /** Empty where there is no such line. */
  textOf(line: number): string {
    return this.whole.slice(this.starts[line] ?? this.whole.length, this.ends[line]);
  }

  startOf(line: number): number {
    return this.starts[line] ?? this.whole.length;
  }

  endOf(line: number): number {
    return this.ends[line] ?? this.whole.length;
  }

  /** The line in which an offset lies, or its end; -1 before the first. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.startOf(middle) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  get all(): readonly Line[] {
    return this.between(0, this.count);
  }

  /** From `first` to the one before `end`. */
  between(first: number, end: number): readonly Line[] {
    const lines: Line[] = [];
    for (let at = first; at < end; at++) {
      const line = this.at(at);
      if (line) lines.push(line);
    }
    return lines;
  }
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
