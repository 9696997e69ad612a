import { l10n } from 'vscode';
import { formatUsd, type Price } from '../catalogue/price';
import { isOpen, type Job } from '../jobs/job';
import type { ShotState } from '../production/shotState';
import type { Board, BoardShot } from '../storyboard/readBoard';
import { aboutUsd, duration, jobWord } from './jobWords';
import { oneLine } from './plainText';

/** What the lens, the tree and the status bar say of a shot's state. */
export function shotStateWords(state: ShotState, now: number): string {
  switch (state.kind) {
    case 'empty':
      return l10n.t('no prompt');
    case 'footage':
      return l10n.t('own footage');
    case 'omitted':
      return l10n.t('omitted');
    case 'noTake':
      return l10n.t('no take');
    case 'current':
      return l10n.t('current');
    case 'changed':
      return l10n.t('changed since take {0}', state.take.number);
    case 'notHere':
      return l10n.t('take {0} not here', state.take.number);
    case 'running':
      return runningWords(state.job, now);
    case 'unclear':
      return l10n.t('unclear');
    case 'waiting':
      return l10n.t('waits for {0}', oneLine(state.shot, 40));
  }
}

/** `running · 0:42 of about 1:34`. */
function runningWords(job: Job, now: number): string {
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
function priceWords(price: Price, isFree: boolean): string {
  if (isFree) return l10n.t('free');
  return price.kind === 'unknown' ? l10n.t('price not known') : aboutUsd(price.microUsd);
}

/** `12 shots · one take of each: about $4.40 · budget $8.00`. */
export function boardWords({ storyboard, shots }: Board, isFree: boolean): string {
  const there = shots.filter(({ resolved }) => !resolved.omit);
  const count = there.length === 1 ? l10n.t('1 shot') : l10n.t('{0} shots', there.length);
  const budget = storyboard.frontMatter.find(({ name }) => name === 'budget')?.value;
  const most = budget?.kind === 'text' ? Number(budget.text) : Number.NaN;
  return [
    count,
    sumWords(there.filter(({ resolved }) => resolved.prompt && resolved.clip === undefined), isFree),
    ...(most > 0 && Number.isFinite(most) ? [l10n.t('budget {0}', formatUsd(most * 1_000_000))] : []),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function sumWords(shots: readonly BoardShot[], isFree: boolean): string {
  if (shots.length === 0) return '';
  if (isFree) return l10n.t('free');
  const known = shots.flatMap(({ price }) => (price.kind === 'unknown' ? [] : [price.microUsd]));
  const unknown = shots.length - known.length;
  if (known.length === 0) return l10n.t('price not known');
  const sum = aboutUsd(known.reduce((one, other) => one + other, 0));
  return unknown === 0
    ? l10n.t('one take of each: {0}', sum)
    : l10n.t('one take of each: {0}, without {1} of unknown price', sum, unknown);
}
