import { l10n } from 'vscode';
import type { Origin } from '../storyboard/resolvedShot';
import type { Storyboard } from '../storyboard/storyboard';
import { oneLine } from './plainText';

/** Where a value of a shot comes from. */
export function originWords(origin: Origin, { headings }: Pick<Storyboard, 'headings'>): string {
  switch (origin.kind) {
    case 'shot':
      return l10n.t('this shot');
    case 'heading':
      return l10n.t('the heading “{0}”', oneLine(headings[origin.heading]?.text ?? '', 40));
    case 'frontMatter':
      return l10n.t('the front matter');
    case 'still':
      return l10n.t('an image of this shot');
    case 'cast':
      return l10n.t('the cast: {0}', oneLine(origin.name, 40));
    case 'setting':
      return l10n.t('the settings');
    case 'modelDefault':
      return l10n.t('the default of the model');
  }
}
