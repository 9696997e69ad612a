import { l10n, type TextDocument, window } from 'vscode';
import type { TextRange } from '../storyboard/lines';
import { goToPlace } from './goToShot';
import { withoutLinks } from './plainText';

/** Longest words of a notification, characters. */
const longest = 500;

/** What speaks of a place in a text, with a button that goes there. */
export async function tellAtText(words: string, { document }: { readonly document: TextDocument }, range: TextRange): Promise<void> {
  const show = l10n.t('Show in Text');
  if ((await window.showWarningMessage(withoutLinks(words, longest), show)) === show) await goToPlace(document, range);
}
