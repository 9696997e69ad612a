import { l10n } from 'vscode';
import type { AddressDoubt, Finding } from '../catalogue/finding';
import { oneLine } from './plainText';

/** One sentence for one thing that Krea would refuse, or may. */
export function findingWords(finding: Finding): string {
  const field = oneLine(finding.path.join('.'), 40);
  switch (finding.code) {
    case 'unknownField':
      return finding.params.near
        ? l10n.t('{0} is no field of this model; {1} is', field, finding.params.near)
        : l10n.t('{0} is no field of this model', field);
    case 'retiredName':
      return l10n.t('{0} is now called {1}', field, finding.params.replacement);
    case 'missing':
      return l10n.t('{0} is needed', field);
    case 'wrongType':
      return l10n.t('{0} has the wrong type', field);
    case 'notInList':
      return l10n.t({
        message: '{0} must be one of: {1}',
        args: [field, oneLine(finding.params.allowed.join(', '), 80)],
        comment: ['A parameter and the list of values it takes'],
      });
    case 'outOfRange': {
      const { min, max, above, below = 0 } = finding.params;
      if (min !== undefined) return l10n.t('{0} must be at least {1}', field, min);
      if (max !== undefined) return l10n.t('{0} must be at most {1}', field, max);
      return above !== undefined ? l10n.t('{0} must be more than {1}', field, above) : l10n.t('{0} must be less than {1}', field, below);
    }
    case 'tooLong':
      return l10n.t('{0} is longer than {1} characters', field, finding.params.limit);
    case 'tooShort':
      return l10n.t('{0} is shorter than {1} characters', field, finding.params.limit);
    case 'tooMany':
      return l10n.t('{0} has more than {1} entries', field, finding.params.limit);
    case 'tooFew':
      return l10n.t('{0} has fewer than {1} entries', field, finding.params.limit);
    case 'wrongFormat':
      return l10n.t('{0} is not in the form that Krea takes', field);
    case 'excludes':
      return l10n.t('{0} and {1} exclude each other', ...finding.params.names);
    case 'overridesRatio':
      return l10n.t('a landscape picture in {0} makes a landscape video, whatever the aspect ratio', field);
    case 'doubtfulAddress':
      return addressWords(finding.params.why, field);
    case 'noEffect':
      return l10n.t('{0} has no effect as {1} is set', field, finding.params.because.join(', '));
    case 'notInListNow':
      return l10n.t({
        message: '{0} should be one of {1}, as {2} is set',
        args: [field, oneLine(finding.params.allowed.join(', '), 80), finding.params.because.join(', ')],
        comment: ['A parameter, the values it takes now, and the parameters that decide it'],
      });
    case 'deprecatedField':
      return l10n.t('{0} has no effect any more', field);
    case 'other':
      return l10n.t('{0} does not fit this model', field);
  }
}

function addressWords(why: AddressDoubt, field: string): string {
  switch (why) {
    case 'data':
      return l10n.t('{0} holds the file itself; Krea may refuse that and take an uploaded one', field);
    case 'notWeb':
      return l10n.t('{0} is no web address; Krea may refuse it', field);
    case 'otherHost':
      return l10n.t('{0} is not a file at Krea; many models refuse files of other hosts', field);
  }
}
