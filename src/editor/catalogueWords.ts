import { l10n } from 'vscode';
import type { Catalogue, CatalogueTrouble } from '../catalogue/model';
import { sentences } from './plainText';

/** Which of the three lists of models is in use, of which day, and why it is no newer one. */
export function originWords({ origin, date, trouble }: Catalogue): string {
  const why = trouble ? troubleWords(trouble) : '';
  switch (origin) {
    case 'live':
      return l10n.t('Models and prices as Krea states them now ({0}).', date);
    case 'stored':
      return sentences(l10n.t("Models and prices from Krea's list of {0}.", date), why);
    case 'bundled':
      return sentences(l10n.t('Models and prices of {0}, as they came with Krea Video.', date), why);
  }
}

/** The same where there is little room. */
export function originTitle({ origin, date }: Catalogue): string {
  switch (origin) {
    case 'live':
      return l10n.t("Krea's current list");
    case 'stored':
      return l10n.t("Krea's list of {0}", date);
    case 'bundled':
      return l10n.t('built-in list of {0}', date);
  }
}

/** Why Krea's own list could not be had. */
export function troubleWords({ kind, detail = '' }: CatalogueTrouble): string {
  switch (kind) {
    case 'network':
      return l10n.t("Krea's current list could not be reached.");
    case 'refused':
      return l10n.t("Krea's current list was not given out ({0}).", detail);
    case 'cutOff':
      return l10n.t("Krea's current list came only in part.");
    case 'tooLarge':
      return l10n.t("Krea's current list is larger than 8 MB and was not read.");
    case 'notJson':
    case 'notOpenApi':
      return l10n.t("Krea's current list is broken or is something else, and was not used.");
    case 'noVideo':
      return l10n.t("Krea's current list names no video model that could be read, and was not used.");
  }
}
