import { l10n } from 'vscode';
import type { CheaperSetting } from '../catalogue/cheaperSettings';
import { formatUsd } from '../catalogue/price';
import type { Estimate } from '../jobs/job';
import { aboutUsd } from './jobWords';
import { parameterLabel, valueWords } from './parameterRows';
import { oneLine } from './plainText';

interface Priced {
  readonly estimates: readonly Estimate[];
  readonly priceUnseen?: boolean;
}

/**
 * Whether these prices are asked about by whoever wants to be asked only above a threshold (millionths of a dollar):
 * they are more in sum, one is not known, one has jumped lately, or nobody has seen them.
 */
export function mustAsk({ estimates, priceUnseen = false }: Priced, threshold: number): boolean {
  const sum = sumOf(estimates);
  return priceUnseen || sum === undefined || sum > threshold || estimates.some((estimate) => beforeOf(estimate) !== undefined);
}

/** Millionths of a dollar, or `undefined` as soon as one price is not known. */
export function sumOf(estimates: readonly Estimate[]): number | undefined {
  return estimates.reduce<number | undefined>(
    (sum, estimate) => (sum === undefined || estimate.kind === 'unknown' ? undefined : sum + estimate.microUsd),
    0,
  );
}

/** Of prices that are more than twice, or less than half, of what they were lately. */
export function jumpWords(estimates: readonly Estimate[]): readonly string[] {
  return estimates.flatMap((estimate) => {
    const before = beforeOf(estimate);
    if (before === undefined || estimate.kind === 'unknown') return [];
    return [l10n.t('Krea has changed this price: it was {0} and is {1} now.', formatUsd(before), formatUsd(estimate.microUsd))];
  });
}

/** `5 s instead of 10 s: about $0.37.` */
export function cheaperWords({ name, value, now, microUsd }: CheaperSetting): string {
  return l10n.t({
    message: '{0} instead of {1}: {2}.',
    args: [settingWords(name, value), shortWords(name, now), aboutUsd(microUsd)],
    comment: ['Such as: 5 s instead of 10 s: about $0.37.'],
  });
}

function settingWords(name: string, value: CheaperSetting['value']): string {
  const short = shortWords(name, value);
  return name === 'duration' || name === 'resolution' ? short : `${parameterLabel(name)} ${short}`;
}

function shortWords(name: string, value: CheaperSetting['value']): string {
  return name === 'duration' ? l10n.t('{0} s', String(value)) : oneLine(valueWords(value), 40);
}

const beforeOf = (estimate: Estimate): number | undefined => (estimate.kind === 'unknown' ? undefined : estimate.before);
