import { isAbsolute, relative, resolve, sep } from 'node:path';
import { EndOfLine, env, l10n, Range, type TextDocument, Uri, window, workspace } from 'vscode';
import type { Job } from '../jobs/job';
import { inLabel } from './plainText';

/** Opens the text that a job was made from, at its prompt if that still stands there. */
export async function openJobText({ order }: Job): Promise<void> {
  const { root, source } = order.destination;
  if (source === undefined) return;
  const file = resolve(root, source);
  const way = relative(root, file);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return;
  try {
    const document = await workspace.openTextDocument(Uri.file(file));
    const selection = placeOf(order.prompt, document);
    await window.showTextDocument(document, { ...(selection && { selection }) });
  } catch {
    const copy = l10n.t('Copy Prompt');
    const words = l10n.t('{0} is not there any more. Its prompt is kept with the job.', inLabel(source, 80));
    // not waited for: the row can be acted on meanwhile
    void window.showWarningMessage(words, copy).then((answer) => (answer === copy ? env.clipboard.writeText(order.prompt) : undefined));
  }
}

function placeOf(prompt: string, document: TextDocument): Range | undefined {
  const wanted = document.eol === EndOfLine.CRLF ? prompt.replaceAll('\n', '\r\n') : prompt;
  const at = document.getText().indexOf(wanted);
  return at < 0 ? undefined : new Range(document.positionAt(at), document.positionAt(at + wanted.length));
}
