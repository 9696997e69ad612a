import { basename, dirname, join } from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';
import { shotList } from '../production/shotList';
import { type ShotListWords, shotListAsCsv, shotListAsMarkdown } from '../production/writeShotList';
import { isStoryboard } from '../storyboard/isStoryboard';
import { keysOf } from '../storyboard/readBoard';
import { readStoryboard } from '../storyboard/readStoryboard';
import { resolveShot } from '../storyboard/resolveShot';
import { boardName, folderFor } from './boardPlace';
import { fieldWords } from './columnWords';
import type { ModelsHere } from './modelsHere';
import { offerNewStoryboard } from './offerNewStoryboard';
import { withoutLinks } from './plainText';
import { settings } from './settings';
import { shotCount } from './shotCount';
import { tellTrouble } from './tellFailure';

/** The shots of a storyboard as a file for people who have no use for one: a table for a spreadsheet, or for a page. */
export async function exportShotList(models: Pick<ModelsHere, 'held'>, target: unknown): Promise<void> {
  const uri = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  const document =
    uri &&
    (await workspace.openTextDocument(uri).then(
      (found) => found,
      () => undefined,
    ));
  if (!document || !isStoryboard(document)) return offerNewStoryboard(l10n.t('This is no storyboard. Open one, then export its shots.'));
  const text = document.getText();
  const catalogue = await models.held();
  const board = readStoryboard(text, keysOf(catalogue));
  const around = { catalogue, modelId: settings.model(document.uri), parameters: settings.parameters(document.uri), otherBlocks: [] };
  const list = shotList(
    text,
    board,
    board.shots.map((shot) => resolveShot(board, shot, around)),
  );
  if (list.shots.length === 0) return offerNewStoryboard(l10n.t('This storyboard has no shots yet.'));

  const rows = [
    { label: 'CSV', description: l10n.t('for spreadsheets'), ending: 'csv', withPrompts: false },
    { label: l10n.t('CSV with Prompts'), description: l10n.t('for spreadsheets'), ending: 'csv', withPrompts: true },
    { label: 'Markdown', description: l10n.t('a table to read and to print'), ending: 'md', withPrompts: false },
    { label: l10n.t('Markdown with Prompts'), description: l10n.t('a table to read and to print'), ending: 'md', withPrompts: true },
  ] as const;
  const row = await window.showQuickPick(rows, {
    title: l10n.t('Export Shot List'),
    placeHolder: l10n.t('{0}; nothing is sent', shotCount(list.shots.length)),
  });
  if (!row) return;
  const name = boardName(basename(document.fileName)) || 'film';
  const folder = document.uri.scheme === 'file' ? dirname(document.uri.fsPath) : await folderFor(undefined);
  const file = await window.showSaveDialog({
    defaultUri: Uri.file(join(folder ?? '', `${name}-${l10n.t('shot-list')}.${row.ending}`)),
    filters: row.ending === 'csv' ? { CSV: ['csv'] } : { Markdown: ['md'] },
    title: l10n.t('Export Shot List'),
  });
  if (!file) return;
  const form = { words: shotListWords(name, list), withPrompts: row.withPrompts };
  const written = row.ending === 'csv' ? shotListAsCsv(list, form) : shotListAsMarkdown(list, form);
  await write(file, written, list.shots.length);
}

async function write(file: Uri, text: string, shots: number): Promise<void> {
  const name = withoutLinks(file.path.split('/').at(-1) ?? '', 80);
  try {
    await workspace.fs.writeFile(file, Buffer.from(text));
  } catch {
    return void tellTrouble(l10n.t('{0} could not be written.', name), l10n.t('Choose Another Folder…'), async () => {
      const other = await window.showSaveDialog({ defaultUri: file, title: l10n.t('Export Shot List') });
      if (other) await write(other, text, shots);
    });
  }
  const open = l10n.t('Open');
  if ((await window.showInformationMessage(l10n.t('Saved {0} in {1}.', shotCount(shots), name), open)) === open)
    await window.showTextDocument(file);
}

function shotListWords(name: string, { shots, seconds }: ReturnType<typeof shotList>): ShotListWords {
  const omitted = shots.filter(({ isOmitted }) => isOmitted).length;
  const made = shots.length - omitted;
  return {
    columns: {
      id: l10n.t('Shot'),
      title: l10n.t('Title'),
      scene: l10n.t('Scene'),
      seconds: l10n.t('Seconds'),
      model: l10n.t('Model'),
      prompt: l10n.t('Prompt'),
      dialogue: fieldWords('dialogue'),
      vo: fieldWords('vo'),
      super: fieldWords('super'),
      sfx: fieldWords('sfx'),
      music: fieldWords('music'),
      notes: l10n.t('Notes'),
      pick: l10n.t('Pick'),
    },
    omitted: l10n.t('omitted'),
    title: l10n.t('Shot list: {0}', name),
    sum: [shotCount(made), l10n.t('{0} s', seconds), ...(omitted > 0 ? [l10n.t('{0} omitted', omitted)] : [])].join(' · '),
  };
}
