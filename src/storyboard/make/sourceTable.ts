import type { Line } from '../lines';
import { narrow } from '../lines';
import type { KnownKeys } from '../parameterList';
import { useOfWord } from './columnUse';

/** A table of a source: what stands above the columns, and the rows below. */
export interface SourceTable {
  /** Empty where the source names no columns. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly columns: number;
  /** What stood above the header of a spreadsheet: the name of the film, a date. */
  readonly above: readonly string[];
}

/** Two tables of the same columns are asked about once. */
export const tableKey = ({ header, columns }: SourceTable): string => JSON.stringify([columns, header]);

/** Rows of a Markdown table; the line of dashes is none. */
export function markdownTable(lines: readonly Line[]): SourceTable {
  const [header = [], , ...rows] = lines.map(({ text }) => rowCells(text));
  return { header, rows: rows.filter((row) => row.some((cell) => cell !== '')), columns: widest([header, ...rows]), above: [] };
}

const widest = (rows: readonly (readonly string[])[]): number => Math.max(0, ...rows.map(({ length }) => length));

function rowCells(line: string): readonly string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/).map((cell) => plainCell(cell.replaceAll('\\|', '|')));
}

/** Line breaks as they are, and no marks around the whole of a cell. */
function plainCell(cell: string): string {
  const text = cell.replace(/\s*<br\s*\/?>\s*/gi, '\n').trim();
  const [, , inner] = /^(\*\*|__|`)((?:(?!\1).)+)\1$/s.exec(text) ?? [];
  return inner?.trim() ?? text;
}

/** Records of a spreadsheet: its header is the line that says most of its columns, and need not be the first. */
export function recordTable(records: readonly (readonly string[])[], known: KnownKeys): SourceTable {
  const cells = records.map((record) => withoutEmptyEnd(record.map((cell) => cell.trim())));
  const scores = cells.slice(0, 10).map((record) => record.filter((cell) => isColumnWord(cell, known)).length);
  const best = Math.max(0, ...scores);
  const columns = widest(cells);
  if (best === 0 || (best === 1 && columns > 1 && scores[0] !== 1)) return { header: [], rows: cells, columns, above: [] };
  const at = scores.indexOf(best);
  return {
    header: cells[at] ?? [],
    rows: cells.slice(at + 1),
    columns,
    above: cells.slice(0, at).map((record) => record.filter((cell) => cell !== '').join(' ')),
  };
}

const isColumnWord = (cell: string, known: KnownKeys): boolean =>
  cell !== '' && narrow(cell).length <= 40 && !cell.includes('\n') && useOfWord(cell, known) !== undefined;

function withoutEmptyEnd(cells: readonly string[]): readonly string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}
