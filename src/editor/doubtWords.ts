import { l10n } from 'vscode';
import { type Finding, isError } from '../catalogue/finding';
import type { Model, Sunset } from '../catalogue/model';
import { findingWords } from './findingWords';
import { oneLine, sentences } from './plainText';

/** What a person should know before paying for a request that Krea may well take. */
export function doubtWords({ sunset }: Model, findings: readonly Finding[]): readonly string[] {
  const doubts = findings.filter((finding) => !isError(finding)).map(findingWords);
  return [...(sunset ? [sunsetWords(sunset)] : []), ...(doubts.length > 0 ? [l10n.t('To be aware of: {0}.', doubts.join('; '))] : [])];
}

/** That a model ends, when, and what to use instead. */
export function sunsetWords({ date, replacement, over }: Sunset): string {
  const instead = replacement === undefined ? '' : l10n.t('Krea names {0} in its place.', oneLine(replacement, 60));
  if (over) return sentences(l10n.t('Krea has refused this model as no longer available.'), instead);
  const until =
    date === undefined ? l10n.t('Krea will soon no longer offer this model.') : l10n.t('Krea offers this model until {0}.', date);
  return sentences(until, instead);
}
