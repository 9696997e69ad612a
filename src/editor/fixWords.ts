import { l10n } from 'vscode';
import type { FixAct } from '../storyboard/fix';
import { oneLine } from './plainText';

/** The title of a quick fix. */
export function fixWords(act: FixAct): string {
  switch (act.kind) {
    case 'set': {
      const [name, value] = [oneLine(act.name, 40), oneLine(String(act.value), 40)];
      return act.onShot
        ? l10n.t({ message: 'Set {0} to {1} on This Shot', args: [name, value], comment: ['A parameter and its value'] })
        : l10n.t({ message: 'Change {0} to {1}', args: [name, value], comment: ['A parameter and its value'] });
    }
    case 'rename':
      return l10n.t('Rename to {0}', act.to);
    case 'remove':
      return l10n.t('Remove {0}', oneLine(act.name, 40));
    case 'keepAsNote':
      return l10n.t('Keep {0} as Note', oneLine(act.name, 40));
    case 'giveId':
      return l10n.t('Change Id to {0}', oneLine(act.id, 40));
    case 'makeShot':
      return l10n.t('Make It a Shot: {0}', oneLine(act.id, 40));
    case 'useModel':
      return l10n.t('Use {0}', oneLine(act.id, 60));
    case 'insertBlock':
      return l10n.t('Insert {0}', `{{${oneLine(act.name, 40)}}}`);
    case 'nameShot':
      return l10n.t('Use Shot {0}', oneLine(act.id, 40));
    case 'appendAvoid':
      return l10n.t('Append “Avoid: …” to the Prompt');
    case 'useQuote':
      return l10n.t('Use the Quote as Prompt');
    case 'headingSign':
      return l10n.t('Change ＃ to #');
    case 'bulletSign':
      return l10n.t('Make It a List Item of Markdown');
    case 'blankLine':
      return l10n.t('Insert a Blank Line Above');
    case 'closeComment':
      return l10n.t('Close the Comment');
  }
}
