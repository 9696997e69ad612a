import { byteOrderMark, csvLine } from '../jobs/csvLine';
import type { ListedShot, ShotList } from './shotList';

export const shotListColumns = [
  'id',
  'title',
  'scene',
  'seconds',
  'model',
  'prompt',
  'dialogue',
  'vo',
  'super',
  'sfx',
  'music',
  'notes',
  'pick',
] as const;

export type ShotListColumn = (typeof shotListColumns)[number];

/** What people read, in their language. */
export interface ShotListWords {
  readonly columns: Readonly<Record<ShotListColumn, string>>;
  /** In place of the title of a shot that keeps its number only: 欠番. */
  readonly omitted: string;
  readonly title: string;
  /** Below the table. */
  readonly sum: string;
}

export interface ShotListForm {
  readonly words: ShotListWords;
  readonly withPrompts: boolean;
}

/** For spreadsheets: UTF-8 with its mark, one line a shot, and no cell that becomes a formula. */
export function shotListAsCsv({ shots }: ShotList, form: ShotListForm): string {
  const columns = columnsOf(form);
  const head = csvLine(columns.map((column) => form.words.columns[column]));
  return byteOrderMark + head + shots.map((shot) => csvLine(columns.map((column) => cellOf(shot, column, form.words)))).join('');
}

/** For people: one table; a column that no shot fills is left out. */
export function shotListAsMarkdown({ shots }: ShotList, form: ShotListForm): string {
  const { words } = form;
  const columns = columnsOf(form).filter((column) => column === 'id' || shots.some((shot) => cellOf(shot, column, words) !== ''));
  const row = (cells: readonly string[]): string => `| ${cells.map(inCell).join(' | ')} |`;
  const table = [
    row(columns.map((column) => words.columns[column])),
    `|${columns.map((column) => (column === 'seconds' || column === 'pick' ? ' ---: ' : ' --- ')).join('|')}|`,
    ...shots.map((shot) => row(columns.map((column) => cellOf(shot, column, words)))),
  ].join('\n');
  return `${[`# ${escaped(words.title.replace(/\s+/g, ' '))}`, table, escaped(words.sum)].join('\n\n')}\n`;
}

const columnsOf = ({ withPrompts }: ShotListForm): readonly ShotListColumn[] =>
  withPrompts ? shotListColumns : shotListColumns.filter((column) => column !== 'prompt');

function cellOf(shot: ListedShot, column: ShotListColumn, { omitted }: ShotListWords): string {
  if (column === 'title' && shot.isOmitted) return shot.title === '' ? omitted : `${omitted}: ${shot.title}`;
  return shot[column];
}

const inCell = (text: string): string => escaped(text).replace(/\s*\n\s*/g, '<br>');

/** Signs that Markdown would take for more than themselves, in a table or outside of one. */
const escaped = (text: string): string =>
  text
    .replace(/[\\`*_[\]|]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
