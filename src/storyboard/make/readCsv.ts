/** Records of a CSV as spreadsheets write it: quoted fields with line breaks, `,` `;` or tabs, a byte order mark, Excel's line `sep=;`. */
export function readCsv(source: string): readonly (readonly string[])[] {
  const text = source.replace(/^\uFEFF/, '');
  const [told, separator] = /^"?sep=([,;\t|])"?[ \t]*(?:\r\n|\n|\r)/i.exec(text) ?? [];
  return recordsOf(told === undefined ? text : text.slice(told.length), separator ?? separatorOf(text));
}

/** The one by which most of the first lines fall into the same number of cells, more than one. */
function separatorOf(text: string): string {
  const head = text.slice(0, 20_000);
  const found = ['\t', ',', ';'].map((separator) => {
    const widths = recordsOf(head, separator)
      .slice(0, 20)
      .map(({ length }) => length)
      .filter((width) => width > 1);
    const usual = Math.max(0, ...widths.map((width) => widths.filter((other) => other === width).length));
    return { separator, usual };
  });
  return found.reduce((best, one) => (one.usual > best.usual ? one : best)).separator;
}

/** Whether a text is cells that were copied out of a spreadsheet: tabs part each of its lines, also those with line breaks in a cell. */
export function isCopiedCells(text: string): boolean {
  if (!/^[^\t\r\n]+\t/.test(text) || /^\s*(?:[-*+]|\d+[.)])\t/.test(text)) return false;
  const records = recordsOf(text.replace(/^\uFEFF/, ''), '\t');
  return records.length > 1 && records.every(({ length }) => length > 1);
}

/** RFC 4180; a quote inside a cell that does not begin with one is a sign like any other. */
function recordsOf(text: string, separator: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let cells: string[] = [];
  const end = (): void => {
    if (cells.some((cell) => cell.trim() !== '')) records.push(cells);
    cells = [];
  };
  for (let at = 0; at < text.length; ) {
    const quoted = text.charAt(at) === '"' ? quotedCell(text, at, separator) : undefined;
    const stop = quoted?.end ?? plainEnd(text, at, separator);
    cells.push(quoted?.cell ?? text.slice(at, stop));
    const sign = text.charAt(stop);
    at = stop + (sign === '\r' && text.charAt(stop + 1) === '\n' ? 2 : 1);
    if (sign === separator && at >= text.length) cells.push('');
    if (sign !== separator) end();
  }
  end();
  return records;
}

/** `undefined`: the quote is never closed, and is then a sign of the cell. */
function quotedCell(text: string, from: number, separator: string): { readonly cell: string; readonly end: number } | undefined {
  for (let at = text.indexOf('"', from + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text.charAt(at + 1) === '"') {
      at++;
      continue;
    }
    const end = plainEnd(text, at + 1, separator);
    const cell = text.slice(from + 1, at).replaceAll('""', '"');
    return { cell: (cell + text.slice(at + 1, end).trimEnd()).replace(/\r\n|\r/g, '\n'), end };
  }
  return undefined;
}

function plainEnd(text: string, from: number, separator: string): number {
  let at = from;
  while (at < text.length && text.charAt(at) !== separator && text.charAt(at) !== '\n' && text.charAt(at) !== '\r') at++;
  return at;
}
