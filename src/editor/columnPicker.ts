import { l10n, type QuickPickItem, window } from 'vscode';
import type { ColumnUse } from '../storyboard/make/columnUse';
import { guessColumns } from '../storyboard/make/guessColumns';
import type { SourceTable } from '../storyboard/make/sourceTable';
import { ofTheTrade } from '../storyboard/parameterKeys';
import type { KnownKeys } from '../storyboard/parameterList';
import { useWords } from './columnWords';
import { withoutIcons } from './plainText';

interface ColumnRow extends QuickPickItem {
  /** `undefined`: go on with what is listed. */
  readonly column: number | undefined;
}

interface UseRow extends QuickPickItem {
  readonly use: ColumnUse;
}

/** What each column of a table is. What is most likely stands there already, so that one Enter goes on; `undefined`: left. */
export async function chooseColumns(table: SourceTable, known: KnownKeys): Promise<readonly ColumnUse[] | undefined> {
  const uses = [...guessColumns(table, known)];
  const title = l10n.t('The columns of the table');
  let last = 0;
  for (;;) {
    const goOn: ColumnRow = {
      label: `$(check) ${l10n.t('Make the Storyboard')}`,
      column: undefined,
      detail: l10n.t('Nothing is sent, and the source stays as it is.'),
    };
    const rows = [goOn, ...uses.map((use, column) => columnRow(table, column, use))];
    const row = await pickFrom(rows, rows[last], { title, placeHolder: l10n.t('What each column is; choose one to change it') });
    if (!row) return undefined;
    if (row.column === undefined) return uses;
    const use = await chooseUse(columnName(table, row.column), uses[row.column] ?? { kind: 'note' }, known);
    if (use) uses[row.column] = use;
    last = row.column + 1;
  }
}

function columnRow(table: SourceTable, column: number, use: ColumnUse): ColumnRow {
  const example = table.rows.map((row) => row[column] ?? '').find((cell) => cell !== '') ?? '';
  return {
    label: withoutIcons(columnName(table, column), 40),
    description: `→ ${useWords(use)}`,
    detail: withoutIcons(example, 90),
    column,
  };
}

const columnName = ({ header }: SourceTable, column: number): string => header[column] || l10n.t('Column {0}', column + 1);

async function chooseUse(name: string, now: ColumnUse, known: KnownKeys): Promise<ColumnUse | undefined> {
  const plain = (['prompt', 'seconds', 'title', 'id', 'scene', 'note', 'leaveOut'] as const).map((kind): ColumnUse => ({ kind }));
  const fields = [...new Set(known.values())].filter((field) => !['id', 'name', 'ref', 'duration', 'negative_prompt'].includes(field));
  const trade = ofTheTrade.filter((field) => field !== 'negative_prompt');
  const others = fields.filter((field) => !trade.includes(field)).sort();
  const uses = [...plain.slice(0, 2), ...[...trade].map((field): ColumnUse => ({ kind: 'field', name: field })), ...plain.slice(2)];
  const rows: readonly UseRow[] = [...uses, ...others.map((field): ColumnUse => ({ kind: 'field', name: field }))].map((use) => ({
    label: useWords(use),
    description:
      use.kind === 'leaveOut' ? l10n.t('these words do not come into the storyboard') : use.kind === 'prompt' ? l10n.t('what is sent') : '',
    use,
  }));
  const same = rows.find(({ use }) => JSON.stringify(use) === JSON.stringify(now));
  const row = await pickFrom(rows, same, { title: l10n.t('The column “{0}” is', withoutIcons(name, 40)), placeHolder: '' });
  return row?.use;
}

/** A quick pick with one of its rows already chosen. */
function pickFrom<Row extends QuickPickItem>(
  rows: readonly Row[],
  active: Row | undefined,
  { title, placeHolder }: { readonly title: string; readonly placeHolder: string },
): Promise<Row | undefined> {
  return new Promise((resolve) => {
    const pick = window.createQuickPick<Row>();
    pick.title = title;
    pick.placeholder = placeHolder;
    pick.items = rows;
    pick.matchOnDetail = true;
    pick.ignoreFocusOut = true;
    if (active) pick.activeItems = [active];
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]);
      pick.dispose();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}
