import { narrow } from '../lines';
import type { KnownKeys } from '../parameterList';
import { shotHeading } from '../shotId';
import { type ColumnUse, useOfWord } from './columnUse';
import { secondsIn } from './secondsIn';
import type { SourceTable } from './sourceTable';

/** What each column of a table most likely is: by its word, and where that says nothing or too much, by its cells. */
export function guessColumns(table: SourceTable, known: KnownKeys): readonly ColumnUse[] {
  const columns = Array.from({ length: table.columns }, (_, index) =>
    table.rows.map((row) => row[index] ?? '').filter((cell) => cell !== ''),
  );
  const guesses = columns.map((cells, index) => guess(table.header[index] ?? '', cells, known, index));
  const sayPrompt = guesses.flatMap((use, index) =>
    use?.kind === 'prompt' && /prompt|プロンプト/i.test(table.header[index] ?? '') ? [index] : [],
  );
  const called = sayPrompt[0] ?? guesses.findIndex((use) => use?.kind === 'prompt');
  // `Shot` stands above numbers, and as often above what is seen
  const seen = guesses.findIndex((use, index) => !use && useOfWord(table.header[index] ?? '', known)?.kind === 'id');
  const chosen = called >= 0 ? called : seen >= 0 ? seen : wordiest(columns, guesses);
  return guesses.map((use, index): ColumnUse => {
    if (index === chosen) return { kind: 'prompt' };
    if (!use || use.kind === 'prompt') return { kind: 'note' };
    // of two columns with numbers, titles or lengths the first is it
    const isSecond = use.kind !== 'note' && guesses.findIndex((other) => isSame(other, use)) < index;
    return isSecond ? { kind: 'note' } : use;
  });
}

const isSame = (a: ColumnUse | undefined, b: ColumnUse): boolean =>
  a?.kind === b.kind && (a.kind !== 'field' || (b.kind === 'field' && a.name === b.name));

function guess(word: string, cells: readonly string[], known: KnownKeys, index: number): ColumnUse | undefined {
  const use = useOfWord(word, known);
  const most = (holds: (cell: string) => boolean) => cells.length > 0 && cells.filter(holds).length * 2 > cells.length;
  if (!use) {
    if (word !== '') return undefined;
    // bare numbers count the shots where they come first
    if (most((cell) => secondsIn(cell) !== undefined && (index > 0 || !/^\d+$/.test(narrow(cell))))) return { kind: 'seconds' };
    return most(isIdLike) ? { kind: 'id' } : undefined;
  }
  if (use.kind === 'id' && !most((cell) => cell.length <= 16)) return undefined;
  // times of the clock, and not pictures
  if (use.kind === 'field' && (use.name === 'start' || use.name === 'end') && most((cell) => /^[\d:.]+$/.test(narrow(cell))))
    return undefined;
  return use;
}

const isIdLike = (cell: string): boolean => /^\d{1,4}[.)]?$/.test(narrow(cell)) || (cell.length <= 16 && shotHeading(cell) !== undefined);

/** Nothing is called prompt: the column with the most to read, of those that are called nothing else. */
function wordiest(columns: readonly (readonly string[])[], guesses: readonly (ColumnUse | undefined)[]): number {
  const lengths = columns.map((cells, index) => (guesses[index] ? -1 : cells.join('').length));
  const longest = Math.max(...lengths);
  return longest > 0 ? lengths.indexOf(longest) : -1;
}
