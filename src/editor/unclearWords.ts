import { l10n } from 'vscode';
import type { Guess, JobState } from '../jobs/job';
import { hasEnded } from '../jobs/unclear';
import type { Failure } from './failure';
import { clockTime } from './jobWords';
import { oneLine } from './plainText';

type UnclearState = Extract<JobState, { name: 'unknown' | 'perhaps' | 'closed' }>;

/** A request without a clear answer: when it went out, what Krea lists, and whose that may be. */
export function unclearFailure(state: UnclearState): Failure {
  const sent = clockTime(state.sentAt);
  switch (state.name) {
    case 'unknown':
      return {
        what: state.emptyAt
          ? l10n.t(
              'Sent at {0}, but no clear answer came. Krea lists no job of that time so far. It is looked for until Krea must have ended it.',
              sent,
            )
          : l10n.t('Sent at {0}, but no clear answer came. Krea may be making this video; its list of jobs is being searched.', sent),
        money: 'notKnown',
        step: { kind: 'lookAgain' },
      };
    case 'perhaps':
      return perhapsFailure(state, sent);
    case 'closed':
      return {
        what: l10n.t('Sent at {0}, but no clear answer came. Krea lists no job of that time, hours after it would have ended.', sent),
        money: 'noJobListed',
        step: { kind: 'generateAgain' },
      };
  }
}

function perhapsFailure(state: Guess & { readonly endedBy?: number }, sent: string): Failure {
  const made = clockTime(state.madeAt);
  const found =
    state.others === 0
      ? l10n.t(
          'Sent at {0}, no answer. Krea lists one job that was made at {1}. It may be yours; others can use this workspace too.',
          sent,
          made,
        )
      : l10n.t(
          'Sent at {0}, no answer. Krea lists {2} jobs of that time, the first made at {1}. One may be yours; others can use this workspace too.',
          sent,
          made,
          state.others + 1,
        );
  return {
    what: `${found} ${stageWords(state)}`,
    money: 'notKnown',
    step: { kind: state.clip ? 'showClip' : hasEnded(state) ? 'showJobs' : 'lookAgain' },
  };
}

/** How far the job that was found has come. */
function stageWords({ phase, clip, unfetched, failure, withoutVideo }: Guess): string {
  if (clip) return l10n.t('Its clip is here: look whether it is yours.');
  if (unfetched === 'large') return l10n.t('It has finished, but its clip is large and was not fetched. Take it for yours to be asked.');
  if (unfetched) return l10n.t('It has finished, but its clip could not be fetched yet.');
  switch (phase) {
    case 'queued':
    case 'running':
      return l10n.t('It is still at work; its clip will be fetched for you to look at.');
    case 'completed':
      return l10n.t('It has finished; its clip is being fetched.');
    case 'failed': {
      if (withoutVideo) return l10n.t('It has finished without a video.');
      const said = failure?.message ?? failure?.code;
      return said ? l10n.t('It has failed: {0}.', oneLine(said, 120).replace(/[.。]+$/, '')) : l10n.t('It has failed.');
    }
    case 'cancelled':
      return l10n.t('It has been cancelled.');
  }
}
