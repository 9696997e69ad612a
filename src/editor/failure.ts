import { l10n } from 'vscode';
import { sentences } from './plainText';

/** What a failure did to the user's money. Every failure names one of these; none leaves it open by silence. */
export type Money =
  /** Nothing left this machine. */
  | 'notSent'
  /** Krea said no before it made a job. */
  | 'refused'
  /** Krea had no place for it; it goes out later by itself. */
  | 'waiting'
  /** Krea ended the job without a video, and says that such jobs are free. */
  | 'saysNotCharged'
  /** The clip is made and paid; fetching it again is free. */
  | 'paidOnce'
  /** Krea is at work; it charges when it finishes. */
  | 'running'
  /** Accepted or perhaps accepted, and nobody asks after it until its account is back. */
  | 'paused'
  /** Krea lists no job of the request. */
  | 'noJobListed'
  /** Finished without a video: nobody outside Krea knows. */
  | 'withoutVideo'
  | 'notKnown';

/** One safe next step, offered as a button. */
export type NextStep = JobStep | GeneralStep;

/** A step that acts on the job that failed. */
export interface JobStep {
  readonly kind: 'play' | 'sendNow' | 'saveAgain' | 'generateAgain' | 'lookAgain' | 'submitAgain' | 'showClip';
}

export type GeneralStep =
  | {
      readonly kind:
        | 'setToken'
        | 'topUp'
        | 'tokenPage'
        | 'chooseModel'
        | 'useParagraph'
        | 'generate'
        | 'animateImage'
        | 'showHow'
        | 'showJobs'
        | 'manageTrust'
        | 'leaveOffline'
        | 'tryOffline'
        | 'openLog'
        | 'reload'
        | 'checkSetup';
    }
  | { readonly kind: 'setting'; readonly name: string };

export function isGeneral(step: NextStep): step is GeneralStep {
  return !['play', 'sendNow', 'saveAgain', 'generateAgain', 'lookAgain', 'submitAgain', 'showClip'].includes(step.kind);
}

/** What happened, what it means for the money, and what to do: of a job a step that may act on it, of anything else a general one. */
export interface Failure<Step extends NextStep = NextStep> {
  readonly what: string;
  readonly money: Money;
  readonly step: Step;
}

export function failureWords({ what, money }: Failure): string {
  return sentences(what, moneyWords(money));
}

export function moneyWords(money: Money): string {
  switch (money) {
    case 'notSent':
      return l10n.t('Nothing was sent, nothing is charged.');
    case 'refused':
      return l10n.t('Nothing is charged.');
    case 'waiting':
      return l10n.t('Nothing is charged while it waits.');
    case 'saysNotCharged':
      return l10n.t('Krea says that such jobs are not charged.');
    case 'paidOnce':
      return l10n.t('It is paid for already; fetching it again is free.');
    case 'running':
      return l10n.t('It is accepted and runs on; Krea charges when it finishes.');
    case 'withoutVideo':
      return l10n.t('Whether it is charged is not known.');
    case 'paused':
      return l10n.t('Nothing is lost: Krea keeps what it has accepted, and charges when it finishes.');
    case 'noJobListed':
      return l10n.t('Krea charges for jobs that finish, and it lists none for this request.');
    case 'notKnown':
      return l10n.t('Whether it is charged is not known yet.');
  }
}
