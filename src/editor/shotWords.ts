import { l10n } from 'vscode';
import { formatUsd, type Price } from '../catalogue/price';
import { isOpen, type Job } from '../jobs/job';
import { type BoardSum, boardSum, budgetOf } from '../storyboard/boardSum';
import type { Board } from '../storyboard/readBoard';
import { aboutUsd, duration, jobWord } from './jobWords';

/** `running · 0:42 of about 1:34`. */
export function runningWords(job: Job, now: number): string {
  const gone = duration(now - job.createdAt);
  const expected = job.order.model.typicalSeconds;
  const time = isOpen(job) && expected !== undefined ? l10n.t('{0} of about {1}', gone, duration(expected * 1000)) : gone;
  return `${jobWord(job)} · ${time}`;
}

/** `3 takes, 1 new`. */
export function takesWords(count: number, fresh: number): string {
  const takes = count === 1 ? l10n.t('1 take') : l10n.t('{0} takes', count);
  return fresh === 0 ? takes : l10n.t('{0}, {1} new', takes, fresh);
}

export function generateWords(price: Price, isFree: boolean): string {
  return l10n.t('Generate · {0}', priceWords(price, isFree));
}

/** Without the month that the price is from. */
export function priceWords(price: Price, isFree: boolean): string {
  if (isFree) return l10n.t('free');
  return price.kind === 'unknown' ? l10n.t('price not known') : aboutUsd(price.microUsd);
}

/** `12 shots · one take of each: about $4.40 · budget $8.00`. */
export function boardWords({ storyboard, shots }: Board, isFree: boolean): string {
  const there = shots.filter(({ resolved }) => !resolved.omit);
  const count = there.length === 1 ? l10n.t('1 shot') : l10n.t('{0} shots', there.length);
  const budget = budgetOf(storyboard);
  const parts = [count, sumWords(boardSum(shots), isFree), budget === undefined ? '' : l10n.t('budget {0}', formatUsd(budget))];
  return parts.filter((part) => part !== '').join(' · ');
}

function sumWords({ microUsd, unpriced }: BoardSum, isFree: boolean): string {
  if (isFree) return l10n.t('free');
  if (microUsd === 0) return unpriced === 0 ? '' : l10n.t('price not known');
  return unpriced === 0
    ? l10n.t('one take of each: {0}', aboutUsd(microUsd))
    : l10n.t('one take of each: {0}, without {1} of unknown price', aboutUsd(microUsd), unpriced);
}
