import { l10n } from 'vscode';
import { formatUsd } from '../catalogue/price';
import type { Cost } from '../storyboard/completion';
import { estimateWords } from './jobWords';

/** Beside a value that could be written: what it adds, or the price where it changes nothing. */
export function costChange({ before, after, isOfEach }: Cost): string {
  if (after.kind === 'unknown' || before.kind === 'unknown' || after.microUsd === before.microUsd) return estimateWords(after);
  const difference = after.microUsd - before.microUsd;
  const change = `${difference > 0 ? '+' : '−'}${formatUsd(Math.abs(difference))}`;
  return isOfEach ? l10n.t({ message: '{0} a shot', args: [change], comment: ['A difference in price, such as +$0.35'] }) : change;
}

/** The same in a sentence. */
export function costSentence({ before, after }: Cost): string {
  if (after.kind === 'unknown') return l10n.t('The price of this shot would not be known.');
  if (before.kind === 'unknown' || before.microUsd === after.microUsd) return l10n.t('This shot: {0}.', estimateWords(after));
  return l10n.t('This shot: {0} instead of {1}.', estimateWords(after), estimateWords(before));
}
