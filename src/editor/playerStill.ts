import { mkdir, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { l10n, Uri, window, workspace } from 'vscode';

/** Beside the clip, in a folder of its own; seconds with leading zero, so that the names sort as the frames do. */
export function stillFile(clip: string, seconds: number): string {
  const { dir, name } = path.parse(clip);
  return path.join(dir, 'stills', `${name}_f${seconds.toFixed(3).padStart(6, '0')}.png`);
}

/** Writes the frame of a clip where the person wants it, by default beside the clip. */
export async function saveStill(clip: string, seconds: number, png: Uint8Array, say: (text: string) => void): Promise<void> {
  const file = stillFile(clip, seconds);
  const folder = path.dirname(file);
  // a dialog opens in the proposed folder only when that is there
  const isNew = (await mkdir(folder, { recursive: true }).catch(() => undefined)) !== undefined;
  const target = await window.showSaveDialog({
    defaultUri: Uri.file(file),
    filters: { PNG: ['png'] },
    title: l10n.t('Save This Frame'),
  });
  try {
    if (!target) return;
    await workspace.fs.writeFile(target, png);
    say(l10n.t('Frame saved as {0}', path.posix.basename(target.path)));
  } catch {
    void window.showErrorMessage(l10n.t('The frame could not be saved. Choose another folder; the clip is as it was.'));
  } finally {
    // refuses when something is in it
    if (isNew) await rmdir(folder).catch(() => undefined);
  }
}
