import { l10n, Range, type TextDocument, window } from 'vscode';
import type { TextRange } from '../storyboard/lines';
import { withoutLinks } from './plainText';

/** Longest words of a notification, characters. */
const longest = 500;

/** What speaks of a place in a text, with a button that goes there. */
export async function tellAtText(
  words: string,
  { document }: { readonly document: TextDocument },
  { start, end }: TextRange,
): Promise<void> {
  const place = new Range(document.positionAt(start), document.positionAt(end));
  const show = l10n.t('Show in Text');
  if ((await window.showWarningMessage(withoutLinks(words, longest), show)) !== show) return;
  await window.showTextDocument(document, { selection: place });
}
