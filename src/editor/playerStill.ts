import { mkdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { l10n, type SaveDialogOptions, Uri, window, workspace } from 'vscode';
import { stillFile } from '../player/stillFile';
import { tellTrouble } from './tellFailure';

type AskWhere = (options: SaveDialogOptions) => Thenable<Uri | undefined>;

/** Writes the frame of a clip where the person wants it, by default beside the clip. */
export async function saveStill(
  frame: { readonly clip: string; readonly seconds: number; readonly png: Uint8Array },
  say: (text: string) => void,
  askWhere: AskWhere = (options) => window.showSaveDialog(options),
): Promise<void> {
  const file = stillFile(frame.clip, frame.seconds);
  const folder = path.dirname(file);
  // a dialog opens in the proposed folder only when that is there
  const isNew = (await mkdir(folder, { recursive: true }).catch(() => undefined)) !== undefined;
  const target = await askWhere({
    defaultUri: Uri.file(file),
    filters: { PNG: ['png'] },
    title: l10n.t('Save This Frame'),
  });
  try {
    if (!target) return;
    await workspace.fs.writeFile(target, frame.png);
    say(l10n.t('Frame saved as {0}', path.posix.basename(target.path)));
  } catch {
    const words = l10n.t('The frame could not be saved. The clip is as it was.');
    void tellTrouble(words, l10n.t('Choose Another Folder…'), () => saveStill(frame, say, askWhere));
  } finally {
    // refuses when something is in it
    if (isNew) await rmdir(folder).catch(() => undefined);
  }
}
