import { l10n } from 'vscode';
import { type ClipSize, isLive, type Job, type JobState, type NotFetched, type Pause } from '../jobs/job';
import type { Failure } from './failure';
import { refusedInput, sentence, uploadFailure } from './inputFailures';
import { sizeWords } from './jobWords';
import { faultFailure } from './networkFailures';
import { oneLine } from './plainText';
import { unclearFailure } from './unclearWords';

/** What is wrong with a job; `undefined` while nothing is. */
export function failureOf({ state, paused }: Pick<Job, 'state' | 'paused'>): Failure | undefined {
  if (paused && isLive({ state })) return pausedFailure(paused);
  switch (state.name) {
    case 'intended':
    case 'submitting':
    case 'queued':
    case 'running':
    case 'downloading':
    case 'done':
      return undefined;
    case 'failed':
      return failed(state);
    case 'notFetched':
      return state.why === 'large' && state.size ? large(state.size) : notFetched(state.why);
    case 'overdue':
      return {
        what: l10n.t('Krea has not ended this job in the time it allows. What became of it is not known.'),
        money: 'notKnown',
        step: { kind: 'lookAgain' },
      };
    case 'cancelled':
      return cancelled(state);
    case 'refused':
      return state.input === undefined
        ? refused(state.status, state.message, state.replacement)
        : refusedInput(state.status, state.message, state.input);
    case 'notSent':
      return notSent(state);
    case 'unknown':
    case 'perhaps':
    case 'closed':
      return unclearFailure(state);
  }
}

function pausedFailure(paused: Pause): Failure {
  const step = { kind: 'setToken' } as const;
  switch (paused) {
    case 'otherAccount':
      return {
        what: l10n.t('Made with another account than the one in use. It goes on when a token of its workspace is set.'),
        money: 'paused',
        step,
      };
    case 'otherAddress':
      return {
        what: l10n.t('Made at another API address than the one in use. It goes on when the setting is that address again.'),
        money: 'paused',
        step: { kind: 'setting', name: 'kreaVideo.apiBase' },
      };
    case 'noToken':
      return { what: l10n.t('There is no API token now. It goes on when one of its workspace is set.'), money: 'paused', step };
  }
}

function failed({ failure, withoutVideo }: Extract<JobState, { name: 'failed' }>): Failure {
  const step = { kind: 'generateAgain' } as const;
  if (withoutVideo)
    return { what: l10n.t('Krea finished without a video, most likely because of its content filter.'), money: 'withoutVideo', step };
  const said = failure.message ? sentence(failure.message) : failure.code;
  switch (failure.code) {
    case 'nsfw':
    case 'violence':
    case 'ip_detected':
    case 'personal_info':
      return {
        what: l10n.t("Krea's content filter stopped this video ({0}). Other words may pass.", failure.code),
        money: 'saysNotCharged',
        step,
      };
    default:
      return {
        what: said ? l10n.t('Krea could not make this video: {0}.', said) : l10n.t('Krea could not make this video and gave no reason.'),
        money: 'saysNotCharged',
        step,
      };
  }
}

function cancelled({ jobId, by }: Extract<JobState, { name: 'cancelled' }>): Failure {
  if (!jobId) return { what: l10n.t('Cancelled before it was sent.'), money: 'notSent', step: { kind: 'generateAgain' } };
  return {
    what: by === 'us' ? l10n.t('Cancelled.') : l10n.t('Krea cancelled this job.'),
    money: 'saysNotCharged',
    step: { kind: 'generateAgain' },
  };
}

function notFetched(why: NotFetched): Failure {
  return {
    what: l10n.t('Krea finished the video, but it could not be fetched: {0}.', whyNotFetched(why)),
    money: 'paidOnce',
    step: { kind: 'saveAgain' },
  };
}

function large({ bytes, atLeast }: ClipSize): Failure {
  const size = sizeWords(bytes);
  return {
    what: atLeast
      ? l10n.t(
          'Krea finished the video. Its file is larger than {0}, so it is saved only if you say so. How long Krea keeps it is not known.',
          size,
        )
      : l10n.t('Krea finished the video. Its file has {0}, so it is saved only if you say so. How long Krea keeps it is not known.', size),
    money: 'paidOnce',
    step: { kind: 'saveAgain' },
  };
}

export function whyNotFetched(why: NotFetched): string {
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
    case 'large':
      return l10n.t('its file is so large that you are asked before it is saved');
  }
}

/** By the status of the answer; 400 and 422 both mean a field that Krea does not take. */
function refused(status: number, message: string, replacement: string | undefined): Failure {
  const said = message ? sentence(message) : l10n.t('no reason given');
  switch (status) {
    case 401:
      return {
        what: l10n.t('Krea does not accept the API token. Only workspace owners and admins can make one.'),
        money: 'refused',
        step: { kind: 'setToken' },
      };
    case 402:
      return {
        what: l10n.t('The API balance at Krea is used up. It is separate from your plan; only workspace owners can top it up.'),
        money: 'refused',
        step: { kind: 'topUp' },
      };
    case 403:
      return { what: l10n.t('Krea does not allow this with your token: {0}.', said), money: 'refused', step: { kind: 'tokenPage' } };
    case 404:
      return {
        what: l10n.t('Krea does not know this model or address: {0}.', said),
        money: 'refused',
        step: { kind: 'chooseModel' },
      };
    case 410:
      return {
        what: replacement
          ? l10n.t('Krea no longer offers this model. It names {0} instead.', oneLine(replacement))
          : l10n.t('Krea no longer offers this model.'),
        money: 'refused',
        step: { kind: 'chooseModel' },
      };
    default:
      return { what: l10n.t('Krea refused the request ({0}): {1}.', status, said), money: 'refused', step: { kind: 'chooseModel' } };
  }
}

function notSent({ why, fault, input }: Extract<JobState, { name: 'notSent' }>): Failure {
  const step = { kind: 'sendNow' } as const;
  switch (why) {
    case 'windowEnded':
      return { what: l10n.t('The window was closed before the request went out.'), money: 'notSent', step };
    case 'asleep':
      return { what: l10n.t('The computer seems to have slept before the request went out.'), money: 'notSent', step };
    case 'noToken':
      return { what: l10n.t('There is no API token for this account any more.'), money: 'notSent', step: { kind: 'setToken' } };
    case 'tooBusy':
      return { what: l10n.t('Krea had no free place for an hour.'), money: 'notSent', step };
    case 'input':
      return input ? uploadFailure(input) : { what: l10n.t('A file of the request could not be sent to Krea.'), money: 'notSent', step };
    case 'network':
      return fault ? faultFailure(fault) : { what: l10n.t('Krea could not be reached.'), money: 'notSent', step };
  }
}
