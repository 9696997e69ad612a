import { l10n } from 'vscode';
import type { ResolvedShot, ShotFinding } from '../storyboard/resolvedShot';
import type { Storyboard } from '../storyboard/storyboard';
import { sunsetWords } from './doubtWords';
import { findingWords } from './findingWords';
import { originWords } from './originWords';
import { oneLine } from './plainText';

/** One sentence for what speaks against generating a shot as it stands. */
export function shotFindingWords(
  finding: ShotFinding,
  { model }: Pick<ResolvedShot, 'model'>,
  board: Pick<Storyboard, 'headings'>,
): string {
  switch (finding.code) {
    case 'request': {
      const name = model.kind === 'model' ? model.model.name : '';
      const { origin } = finding;
      const words = findingWords(finding.finding);
      const isInherited = origin !== undefined && origin.kind !== 'shot' && origin.kind !== 'still';
      return isInherited
        ? l10n.t({
            message: '{0}: {1} (from {2})',
            args: [name, words, originWords(origin, board)],
            comment: ['Name of a model, what is wrong for it, and where the value comes from'],
          })
        : said(name, words);
    }
    case 'unknownBlock':
      return l10n.t('There is no block named {0} for this shot.', oneLine(finding.name, 40));
    case 'circularBlock':
      return l10n.t('The block {0} inserts itself.', oneLine(finding.name, 40));
    case 'tooManyWords':
      return l10n.t('With {0} the prompt becomes longer than any model takes.', oneLine(finding.name, 40));
    case 'noModel':
      return l10n.t('No model is chosen: neither in this storyboard nor in the settings.');
    case 'unknownModel':
      return l10n.t('Krea offers no video model {0}.', oneLine(finding.id, 60));
    case 'retiredModel':
      return finding.replacement === undefined
        ? l10n.t('Krea no longer offers {0}.', finding.name)
        : l10n.t('Krea no longer offers {0} and names {1} in its place.', finding.name, oneLine(finding.replacement, 60));
    case 'sunset':
      return said(finding.name, sunsetWords(finding.sunset));
    case 'negativePrompt':
      return l10n.t('No Krea video model takes a negative prompt. This line is not sent.');
    case 'unknownShot':
      return l10n.t('There is no shot {0} in this storyboard.', oneLine(finding.id, 40));
    case 'circularFrames':
      return l10n.t({
        message: 'These shots wait for frames of each other: {0}.',
        args: [oneLine(finding.ids.join(' → '), 80)],
        comment: ['Ids of shots in a circle, such as: SH010 → SH020 → SH010'],
      });
    case 'partsSum':
      return l10n.t('The parts of the prompt come to {0} s, the shot is {1} s long.', finding.sum, finding.length);
  }
}

const said = (model: string, words: string): string => `${model}: ${words}`;
