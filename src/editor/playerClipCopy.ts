import { basename } from 'node:path';
import { l10n, type SaveDialogOptions, Uri, window, workspace } from 'vscode';
import { savesToThisComputer } from '../player/playerTexts';
import { tellTrouble } from './tellFailure';

/** Copies a clip to where the person wants it. The take stays as it is. */
export async function saveClipAs(
  file: string,
  say: (text: string) => void,
  askWhere: (options: SaveDialogOptions) => Thenable<Uri | undefined> = (options) => window.showSaveDialog(options),
): Promise<void> {
  const name = basename(file);
  // the editor's name for files of the machine that its window is on, as a host on another machine knows them
  const defaultUri = savesToThisComputer() ? Uri.from({ scheme: 'vscode-local', path: `/${name}` }) : Uri.file(file);
  const target = await askWhere({ defaultUri, title: l10n.t('Save a Copy of the Clip') });
  if (!target || target.toString() === Uri.file(file).toString()) return;
  try {
    // the dialog has asked about a file of that name
    await workspace.fs.copy(Uri.file(file), target, { overwrite: true });
    say(l10n.t('Saved as {0}', basename(target.path)));
  } catch {
    const words = l10n.t('The clip could not be copied to {0}. The clip itself is safe.', basename(target.path));
    void tellTrouble(words, l10n.t('Choose Another Folder…'), () => saveClipAs(file, say, askWhere));
  }
}
