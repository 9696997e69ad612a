import { relative, resolve, sep } from 'node:path';
import { l10n, Range, Uri, window, workspace } from 'vscode';
import type { Job } from '../jobs/job';
import { inLabel } from './plainText';

/** Opens the text that a job was made from, at its prompt if that still stands there. */
export async function openJobText({ order }: Job): Promise<void> {
  const { root, source } = order.destination;
  const file = source === undefined ? undefined : resolve(root, source);
  const way = file === undefined ? '..' : relative(root, file);
  if (file === undefined || way === '..' || way.startsWith(`..${sep}`)) return;
  try {
    const document = await workspace.openTextDocument(Uri.file(file));
    const at = document.getText().replaceAll('\r\n', '\n').indexOf(order.prompt);
    const lines = document.getText().replaceAll('\r\n', '\n');
    const place = (offset: number): readonly [number, number] => {
      const before = lines.slice(0, offset).split('\n');
      return [before.length - 1, before.at(-1)?.length ?? 0];
    };
    const selection = at < 0 ? undefined : new Range(...place(at), ...place(at + order.prompt.length));
    await window.showTextDocument(document, { ...(selection && { selection }) });
  } catch {
    void window.showWarningMessage(l10n.t('{0} is not there any more. Its prompt is kept with the job.', inLabel(source ?? '', 80)));
  }
}
