import { l10n } from 'vscode';
import type { Catalogue } from '../catalogue/model';
import { originWords } from './catalogueWords';
import type { SetupLine } from './checkSetupReport';
import type { Renewal } from './modelsHere';

/** What Krea offers now beside what this extension knew; `notes` for the part of the report that a maintainer reads. */
export interface ModelsChecked {
  readonly line: SetupLine;
  readonly notes: readonly string[];
}

/**
 * `held`: the list before Krea was asked; `now`: the one that serves from here on. Without an answer of the service only
 * what is at hand can be judged.
 */
export function checkModels(held: Catalogue, now: Catalogue, renewal: Renewal | undefined): ModelsChecked {
  const subject = l10n.t('Models');
  const only = (line: SetupLine): ModelsChecked => ({ line, notes: [] });
  if (now.models.length === 0)
    return only({
      subject,
      outcome: 'fault',
      code: 'models.none',
      words: l10n.t('The list of models is empty. Install the extension again.'),
    });
  const known = `${l10n.t('{0} models.', now.models.length)} ${originWords(now)}`;
  if (!renewal) return only({ subject, outcome: 'good', code: `models.${now.origin}`, words: known });
  if (renewal.trouble) {
    const code = renewal.trouble.detail ?? renewal.trouble.kind;
    const words = [
      l10n.t("Krea's own list of models could not be read ({0}); another serves instead.", code),
      known,
      l10n.t('Prices may be out of date. Check again later.'),
    ];
    return only({ subject, outcome: 'fault', code: `models.${code}`, words: words.join(' ') });
  }
  const of = ({ models }: Catalogue): readonly string[] => models.map(({ endpoint }) => endpoint);
  const more = of(now).filter((path) => !of(held).includes(path));
  const fewer = of(held).filter((path) => !of(now).includes(path));
  const same = more.length === 0 && fewer.length === 0;
  return {
    line: {
      subject,
      outcome: 'good',
      code: same ? 'models.same' : 'models.differ',
      words: same
        ? known
        : `${known} ${l10n.t('Since the list of {0} there are {1} more, and {2} are no longer offered.', held.date, more.length, fewer.length)}`,
    },
    notes: [...more.map((path) => `only at Krea        ${path}`), ...fewer.map((path) => `only in this list   ${path}`)],
  };
}
