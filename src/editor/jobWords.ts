import { env, l10n } from 'vscode';
import { formatUsd } from '../catalogue/price';
import { type Estimate, isLive, type Job, type JobState } from '../jobs/job';

/** The state of a job in one or two words. */
export function stateWord(state: JobState): string {
  switch (state.name) {
    case 'intended':
      if (state.uploading !== undefined) return l10n.t('uploading a file');
      return state.notBefore === undefined ? l10n.t('about to be sent') : l10n.t('waiting for a free place at Krea');
    case 'submitting':
      return l10n.t('being sent');
    case 'queued':
      return l10n.t('queued');
    case 'running':
      return l10n.t('running');
    case 'downloading':
      return l10n.t('saving');
    case 'done':
      return l10n.t('saved');
    case 'failed':
      return state.withoutVideo ? l10n.t('no video') : l10n.t('failed');
    case 'notFetched':
      return state.why === 'large' ? l10n.t('finished, waits to be saved') : l10n.t('finished, not fetched');
    case 'overdue':
      return l10n.t('overdue');
    case 'cancelled':
      return l10n.t('cancelled');
    case 'refused':
      return l10n.t('refused');
    case 'notSent':
      return l10n.t('not sent');
    case 'unknown':
      return l10n.t('unclear');
    case 'perhaps':
      return l10n.t('unclear, one job found');
    case 'closed':
      return l10n.t('not at Krea');
  }
}

/** The same for a whole job, which may have to wait for its account. */
export function jobWord({ state, paused }: Pick<Job, 'state' | 'paused'>): string {
  if (!paused || !isLive({ state })) return stateWord(state);
  switch (paused) {
    case 'otherAccount':
      return l10n.t('paused: other account');
    case 'otherAddress':
      return l10n.t('paused: other API address');
    case 'noToken':
      return l10n.t('paused: no API token');
  }
}

/** `about $0.37`, or that the price is not known. Every figure is an estimate and called one. */
export function estimateWords(estimate: Estimate): string {
  switch (estimate.kind) {
    case 'exact':
      return aboutUsd(estimate.microUsd);
    case 'about':
      return l10n.t({
        message: 'about {0} ({1})',
        args: [formatUsd(estimate.microUsd), estimate.date.slice(0, 7)],
        comment: ['An estimated price and the month it is from'],
      });
    case 'unknown':
      return l10n.t('price not known');
  }
}

export function aboutUsd(microUsd: number): string {
  return l10n.t({ message: 'about {0}', args: [formatUsd(microUsd)], comment: ['An estimated price, such as: about $0.37'] });
}

/** `1:05`, `2:00:10`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** `1.2 GB`, `850 MB`. */
export function sizeWords(bytes: number): string {
  const [amount, unit] = bytes >= 1e9 ? [bytes / 1e9, 'gigabyte'] : [bytes / 1e6, 'megabyte'];
  return new Intl.NumberFormat(env.language, { style: 'unit', unit, maximumSignificantDigits: amount < 100 ? 2 : 3 }).format(amount);
}

export function clockTime(time: number): string {
  return new Date(time).toLocaleTimeString(env.language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
