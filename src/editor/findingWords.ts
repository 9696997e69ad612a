import { l10n } from 'vscode';
import type { Finding } from '../catalogue/checkRequest';
import { oneLine } from './plainText';

/** One sentence for one finding, for a row in a list. */
export function findingWords({ code, path, params }: Finding): string {
  const field = oneLine(path.join('.'), 40);
  const said = (value: unknown): string => oneLine(Array.isArray(value) ? value.join(', ') : String(value ?? ''), 60);
  switch (code) {
    case 'missing':
      return l10n.t('{0} is needed', field);
    case 'unknownField':
      return l10n.t('{0} is no field of this model', field);
    case 'retiredName':
      return l10n.t('{0} is an old name', field);
    case 'notInList':
      return l10n.t({ message: '{0} must be one of: {1}', args: [field, said('values' in params ? params.values : '')], comment: ['A parameter and the list of values it takes'] });
    default:
      return l10n.t('{0} does not fit this model', field);
  }
}
