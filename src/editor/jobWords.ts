import { env, l10n } from 'vscode';
import { formatUsd } from '../catalogue/price';
import type { Estimate, Job, JobState, NotFetched, NotSent } from '../jobs/job';
import type { NetworkFault } from '../krea/networkFault';
import { oneLine } from './plainText';

/** The state of a job in one or two words. */
export function stateWord(state: JobState): string {
  switch (state.name) {
    case 'intended':
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
      return l10n.t('finished, not fetched');
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
  }
}

/** What happened, and what it means for the user's money. `undefined` while nothing is wrong. */
export function whatHappened(job: Pick<Job, 'state' | 'order'>): string | undefined {
  const { state } = job;
  switch (state.name) {
    case 'intended':
    case 'submitting':
    case 'queued':
    case 'running':
    case 'downloading':
    case 'done':
      return undefined;
    case 'failed':
      if (state.withoutVideo)
        return l10n.t('Krea finished without a video, most likely because of its content filter. Whether it is charged is not known.');
      return [failureWords(state.failure.code, state.failure.message), l10n.t('Krea says that failed jobs are not charged.')].join(' ');
    case 'notFetched':
      return [
        l10n.t('Krea finished the video, but it could not be fetched: {0}.', notFetchedWords(state.why)),
        l10n.t('Save Again is free.'),
      ].join(' ');
    case 'overdue':
      return l10n.t('Krea has not ended this job in the time it allows. What became of it, and whether it is charged, is not known.');
    case 'cancelled':
      if (!state.jobId) return l10n.t('Cancelled before it was sent. Nothing is charged.');
      return state.by === 'us'
        ? l10n.t('Cancelled. Krea says that cancelled jobs are not charged.')
        : l10n.t('Krea cancelled this job. Krea says that cancelled jobs are not charged.');
    case 'refused':
      return [refusedWords(state.status, state.message, state.replacement), l10n.t('Nothing is charged.')].join(' ');
    case 'notSent':
      return [notSentWords(state.why, state.fault), l10n.t('Nothing was sent, nothing is charged.')].join(' ');
    case 'unknown':
      return l10n.t(
        'Sent at {0}, but no clear answer came. Krea may be making this video and may charge for it; this is not known yet.',
        clockTime(state.sentAt),
      );
  }
}

function failureWords(code: string | undefined, message: string | undefined): string {
  const said = message ? oneLine(message, 200) : code;
  switch (code) {
    case 'nsfw':
    case 'violence':
    case 'ip_detected':
    case 'personal_info':
      return l10n.t("Krea's content filter stopped this video ({0}). Other words may pass.", code);
    default:
      return said
        ? l10n.t('Krea could not make this video: {0}.', said.replace(/[.。]$/, ''))
        : l10n.t('Krea could not make this video and gave no reason.');
  }
}

function refusedWords(status: number, message: string, replacement: string | undefined): string {
  const said = message ? oneLine(message, 200).replace(/[.。]$/, '') : l10n.t('no reason given');
  switch (status) {
    case 401:
      return l10n.t('Krea does not accept the API token. Set it anew; only workspace owners and admins can make one.');
    case 402:
      return l10n.t('The API balance at Krea is used up. It is separate from your plan; workspace owners can top it up.');
    case 403:
      return l10n.t('Krea does not allow this with your token: {0}.', said);
    case 410:
      return replacement
        ? l10n.t('Krea no longer offers this model. It names {0} instead.', oneLine(replacement))
        : l10n.t('Krea no longer offers this model.');
    default:
      return l10n.t('Krea refused the request ({0}): {1}.', status, said);
  }
}

function notSentWords(why: NotSent, fault: NetworkFault | undefined): string {
  switch (why) {
    case 'windowEnded':
      return l10n.t('The window was closed before the request went out.');
    case 'asleep':
      return l10n.t('The computer seems to have slept before the request went out.');
    case 'noToken':
      return l10n.t('There is no API token for this account any more.');
    case 'tooBusy':
      return l10n.t('Krea had no free place for an hour.');
    case 'network':
      return fault ? faultWords(fault) : l10n.t('Krea could not be reached.');
  }
}

export function faultWords(fault: NetworkFault): string {
  switch (fault.kind) {
    case 'offline':
      return l10n.t('Krea could not be found on the network ({0}). Is this computer online?', fault.code);
    case 'refused':
      return l10n.t('The connection to Krea was refused ({0}). Check the proxy settings http.proxy and kreaVideo.network.', fault.code);
    case 'timeout':
      return l10n.t('Krea did not answer in time ({0}).', fault.code);
    case 'certificate':
      return l10n.t(
        "Krea's certificate could not be verified ({0}). A proxy of your network may stand in between; try the setting kreaVideo.network: editor.",
        fault.code,
      );
    case 'proxy':
      return l10n.t('The proxy refused the connection ({0}). Check http.proxy and its password.', fault.code);
    case 'reset':
      return l10n.t('The connection to Krea broke off ({0}).', fault.code);
    case 'stopped':
    case 'other':
      return l10n.t('Krea could not be reached ({0}).', fault.code);
  }
}

function notFetchedWords(why: NotFetched): string {
  switch (why) {
    case 'gone':
      return l10n.t('the file is not, or no longer, at its address');
    case 'notAVideo':
      return l10n.t('what came is no video');
    case 'refusedAddress':
      return l10n.t('its address is not safe to open');
    case 'storage':
      return l10n.t("it could not be written to the extension's storage; the disk may be full");
    case 'network':
      return l10n.t('the connection broke off again and again');
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

export function clockTime(time: number): string {
  return new Date(time).toLocaleTimeString(env.language, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
