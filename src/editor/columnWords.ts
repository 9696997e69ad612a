import { l10n } from 'vscode';
import type { ColumnUse } from '../storyboard/make/columnUse';

export function useWords(use: ColumnUse): string {
  switch (use.kind) {
    case 'prompt':
      return l10n.t('Prompt');
    case 'seconds':
      return l10n.t('Seconds');
    case 'title':
      return l10n.t('Title');
    case 'note':
      return l10n.t('Note');
    case 'id':
      return l10n.t('Number of the shot');
    case 'scene':
      return l10n.t('Scene');
    case 'leaveOut':
      return l10n.t('Leave out');
    case 'field':
      return fieldWords(use.name);
  }
}

/** The trade's words in the user's language, fields by the name that the storyboard writes. */
export function fieldWords(name: string): string {
  switch (name) {
    case 'dialogue':
      return l10n.t('Dialogue');
    case 'vo':
      return l10n.t('Voice-over');
    case 'super':
      return l10n.t('Text on screen');
    case 'sfx':
      return l10n.t('Sound effects');
    case 'music':
      return l10n.t('Music');
    default:
      return name;
  }
}
