import { homedir } from 'node:os';
import { basename } from 'node:path';
import { commands, l10n, Position, Uri, ViewColumn, WorkspaceEdit, window, workspace } from 'vscode';
import type { ColumnUse } from '../storyboard/make/columnUse';
import { type MadeStoryboard, type MakeParts, makeStoryboard, type Source } from '../storyboard/make/makeStoryboard';
import { sourceForm } from '../storyboard/make/sourceForm';
import { type SourceTable, tableKey } from '../storyboard/make/sourceTable';
import { keysOf } from '../storyboard/readBoard';
import { modelForTemplate, usualModel } from '../storyboard/storyboardTemplate';
import { boardName, folderFor, freeBoardFile } from './boardPlace';
import { type BoardSource, boardSource, type FoundSource } from './boardSource';
import { chooseColumns } from './columnPicker';
import type { ModelsHere } from './modelsHere';
import { offerNewStoryboard } from './offerNewStoryboard';
import { oneLine, withoutLinks } from './plainText';
import { saveMadeStoryboard } from './saveMadeStoryboard';
import { settings } from './settings';
import { shotCount } from './shotCount';
import { sourceUri } from './sourceTexts';

/** Shows the storyboard of a selection or a file beside it; it becomes a file when the user saves it. The source is not touched. */
export async function makeStoryboardHere(models: Pick<ModelsHere, 'held'>, target: unknown): Promise<void> {
  const found = await boardSource(target);
  if (found.kind !== 'source') return offerNewStoryboard(noneWords(found));
  const { source } = found;
  const catalogue = await models.held();
  const known = keysOf(catalogue);
  const folder = await folderFor(target);
  const ofSettings = settings.model(folder === undefined ? undefined : Uri.file(folder));
  const modelId = ofSettings === '' ? modelForTemplate(catalogue, [usualModel])?.id : undefined;
  const made = await madeWithColumns(
    { text: source.text, form: sourceForm(source.text, source.name) },
    { known, ...(modelId && { modelId }) },
  );
  if (made === 'left') return;
  if (made.shots.length === 0) return offerNewStoryboard(noneWords({ kind: 'none' }));
  const board = await showMade(made, source, folder ?? homedir());
  const save = l10n.t('Save Storyboard');
  const count = shotCount(made.shots.length);
  const text = source.isSelection
    ? l10n.t('{0}, made from the selection. Nothing was sent, and {1} stays as it is. Look it over, then save.', count, shown(source.name))
    : l10n.t('{0}, made from {1}, which stays as it is. Nothing was sent. Look it over, then save.', count, shown(source.name));
  if ((await window.showInformationMessage(text, save)) === save) await saveMadeStoryboard(board);
}

/** Each form of table is asked about once. */
async function madeWithColumns(source: Source, parts: MakeParts): Promise<MadeStoryboard | 'left'> {
  const first = makeStoryboard(source, parts);
  const uses = new Map<string, readonly ColumnUse[]>();
  for (const table of first.tables) {
    if (uses.has(tableKey(table))) continue;
    const chosen = await chooseColumns(table, parts.known);
    if (!chosen) return 'left';
    uses.set(tableKey(table), chosen);
  }
  return uses.size === 0 ? first : makeStoryboard(source, { ...parts, usesOf: (table: SourceTable) => uses.get(tableKey(table)) ?? [] });
}

/** An unsaved file of the right name, so that saving needs no dialog, in the editor's own comparison. */
async function showMade({ text }: MadeStoryboard, source: BoardSource, folder: string): Promise<Uri> {
  const file = await freeBoardFile(folder, boardName(source.name) || 'film');
  const { uri: board } = await workspace.openTextDocument(Uri.file(file).with({ scheme: 'untitled' }));
  const edit = new WorkspaceEdit();
  edit.insert(board, new Position(0, 0), text);
  await workspace.applyEdit(edit);
  const left = sourceUri(source.name, source.text);
  const title = `${oneLine(source.name, 40)} → ${basename(file)}`;
  await commands.executeCommand('vscode.diff', left, board, title, { preview: false, viewColumn: ViewColumn.Active });
  return board;
}

const shown = (name: string): string => withoutLinks(name, 50);

function noneWords(found: Exclude<FoundSource, { kind: 'source' }>): string {
  switch (found.kind) {
    case 'none':
      return l10n.t('There is no text to make shots of. Select some, or open a file with prompts, a table or a list.');
    case 'isStoryboard':
      return l10n.t('This file is a storyboard already. To make another of a part of it, select that part.');
    case 'unreadable':
      return l10n.t('{0} could not be read as text.', shown(found.name));
    case 'tooLarge':
      return l10n.t('{0} is larger than 5 MB. Select the part with the shots.', shown(found.name));
  }
}
