import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { commands, env, l10n, Selection, type TextDocument, Uri, window, workspace } from 'vscode';
import { modelForTemplate, storyboardTemplate, usualModel } from '../storyboard/storyboardTemplate';
import { boardName, exists, folderFor, freeBoardFile } from './boardPlace';
import type { ModelsHere } from './modelsHere';
import { oneLine, withoutLinks } from './plainText';
import { settings } from './settings';
import { tellTrouble } from './tellFailure';

/** A storyboard to write over, beside the file in hand. Without a folder it is a text that is not saved yet. */
export async function newStoryboard(models: Pick<ModelsHere, 'held'>, target: unknown): Promise<void> {
  const folder = await folderFor(target);
  const file = folder === undefined ? undefined : await askForFile(folder);
  if (folder !== undefined && file === undefined) return;
  const scope = file === undefined ? undefined : Uri.file(file);
  const model = modelForTemplate(await models.held(), [settings.model(scope), usualModel]);
  const { text, cursor } = storyboardTemplate(env.language, model);
  const document =
    (file !== undefined && (await madeFile(file, text))) || (await workspace.openTextDocument({ language: 'markdown', content: text }));
  const at = document.positionAt(cursor);
  await window.showTextDocument(document, { selection: new Selection(at, at), preview: false });
  // as much as fits of what stands above is to be seen
  await commands.executeCommand('revealLine', { lineNumber: at.line, at: 'bottom' });
  if (file !== undefined && document.isUntitled)
    void tellTrouble(
      l10n.t('{0} could not be written. The storyboard is open, but not saved.', withoutLinks(basename(file))),
      l10n.t('Save As…'),
      async () => {
        await commands.executeCommand('workbench.action.files.saveAs');
      },
    );
}

/** A file that is there is never written over, whoever made it meanwhile. */
async function madeFile(file: string, text: string): Promise<TextDocument | undefined> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return await workspace.openTextDocument(Uri.file(file));
  } catch {
    return undefined;
  }
}

async function askForFile(folder: string): Promise<string | undefined> {
  const free = await freeBoardFile(folder, 'film');
  const fileOf = (typed: string) => join(folder, `${boardName(typed.trim())}.storyboard.md`);
  const typed = await window.showInputBox({
    title: l10n.t('New Storyboard'),
    prompt: l10n.t('Its name. The file is made in the folder “{0}”.', oneLine(basename(folder), 40)),
    value: boardName(basename(free)),
    validateInput: async (text) => {
      const name = boardName(text.trim());
      if (name === '') return l10n.t('A name is needed.');
      // what one system or another does not take in the name of a file
      if (/[\\/:*?"<>|\p{Cc}]|^\.|[. ]$/u.test(name)) return l10n.t('A file name can have none of these signs: {0}', '\\ / : * ? " < > |');
      return (await exists(fileOf(text))) ? l10n.t('{0} is there already. Choose another name.', basename(fileOf(text))) : undefined;
    },
  });
  return typed === undefined ? undefined : fileOf(typed);
}
