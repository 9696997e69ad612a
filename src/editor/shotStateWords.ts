import { l10n, ThemeColor, ThemeIcon } from 'vscode';
import type { ShotState } from '../production/shotState';
import { jobWord } from './jobWords';
import { oneLine } from './plainText';

/** How a shot stands, in a few words. */
export function shotStateWords(state: ShotState): string {
  switch (state.kind) {
    case 'empty':
      return l10n.t('no prompt yet');
    case 'footage':
      return l10n.t('own footage');
    case 'omitted':
      return l10n.t({ message: 'omitted', comment: ['A shot whose number is kept and that is made no more'] });
    case 'noTake':
      return l10n.t('no take');
    case 'current':
      return l10n.t({ message: 'current', comment: ['A shot whose take is of the text as it stands'] });
    case 'changed':
      return l10n.t('changed since take {0}', state.take.number);
    case 'notHere':
      return l10n.t({ message: 'not here', comment: ['A take whose clip is on another machine'] });
    case 'running':
    case 'unclear':
      return jobWord(state.job);
    case 'waiting':
      return l10n.t('waits for {0}', oneLine(state.shot, 20));
    default:
      return state satisfies never;
  }
}

export function shotStateIcon(state: ShotState): ThemeIcon {
  switch (state.kind) {
    case 'empty':
      return new ThemeIcon('dash');
    case 'footage':
      return new ThemeIcon('file-media');
    case 'omitted':
      return new ThemeIcon('circle-slash');
    case 'noTake':
      return new ThemeIcon('circle-large-outline');
    case 'current':
      return new ThemeIcon('check');
    case 'changed':
      return new ThemeIcon('edit');
    case 'notHere':
      return new ThemeIcon('cloud');
    case 'running':
      return new ThemeIcon('sync~spin');
    case 'unclear':
      return new ThemeIcon('question', new ThemeColor('list.warningForeground'));
    case 'waiting':
      return new ThemeIcon('clock');
    default:
      return state satisfies never;
  }
}
