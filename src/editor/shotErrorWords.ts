import { l10n } from 'vscode';
import type { ShotFinding } from '../storyboard/resolvedShot';
import type { BoardFinding } from '../storyboard/storyboard';
import { sunsetWords } from './doubtWords';
import { findingWords } from './findingWords';
import { oneLine } from './plainText';

/** What is wrong with a shot, as half a sentence. */
export function shotErrorWords(finding: ShotFinding | BoardFinding): string {
  switch (finding.code) {
    case 'request':
      return findingWords(finding.finding);
    case 'unknownBlock':
      return l10n.t('there is no block {0}', braced(finding.name));
    case 'circularBlock':
      return l10n.t('the block {0} inserts itself', braced(finding.name));
    case 'tooManyWords':
      return l10n.t('the block {0} makes the prompt far too long', braced(finding.name));
    case 'noModel':
      return l10n.t('no model is named');
    case 'unknownModel':
      return l10n.t('Krea offers no model {0}', oneLine(finding.id, 60));
    case 'retiredModel':
      return finding.replacement === undefined
        ? l10n.t('Krea no longer offers {0}', oneLine(finding.name, 60))
        : l10n.t('Krea no longer offers {0}; it names {1} in its place', oneLine(finding.name, 60), oneLine(finding.replacement, 60));
    case 'sunset':
      return sunsetWords(finding.sunset);
    case 'negativePrompt':
      return l10n.t('no Krea video model takes a negative prompt');
    case 'unknownShot':
      return l10n.t('there is no shot {0}', oneLine(finding.id, 40));
    case 'circularFrames':
      return l10n.t('these shots wait for frames of each other: {0}', oneLine(finding.ids.join(', '), 80));
    case 'notUnderstood':
      return l10n.t('{0} could not be understood', oneLine(finding.name, 40));
    case 'frontMatter':
      return l10n.t('the lines at the top of the file could not be read');
    case 'duplicateId':
      return l10n.t('two shots are called {0}', oneLine(finding.id, 40));
    case 'keyTwice':
      return l10n.t('{0} stands there twice', oneLine(finding.key, 40));
    case 'secondPrompt':
      return l10n.t('there is a second prompt');
    case 'unusableKey':
    case 'nearKey':
    case 'onlyOnShot':
      return l10n.t('{0} has no effect here', oneLine(finding.key, 40));
    case 'duplicateBlock':
      return l10n.t('two blocks are called {0}', oneLine(finding.name, 40));
    case 'blockFile':
      return l10n.t('{0} cannot be read', oneLine(finding.file, 80));
    case 'ruleUnderText':
    case 'commentNotClosed':
    case 'onlyQuotes':
    case 'numberedHeading':
    case 'fullWidthHeading':
    case 'fullWidthBullet':
      return l10n.t('this line may not be meant so');
  }
}

const braced = (name: string): string => `{{${oneLine(name, 40)}}}`;
