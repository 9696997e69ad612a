import { l10n } from 'vscode';
import type { Finding } from '../catalogue/checkRequest';
import type { RetiredModel } from '../catalogue/model';
import type { JobWarning } from '../jobs/jobParts';
import { LedgerTrouble } from '../jobs/ledgerTrouble';
import type { Failure, GeneralStep } from './failure';
import { findingWords } from './findingWords';
import { type InputTrouble, inputFailure } from './inputFailures';
import { oneLine, withoutLinks } from './plainText';

/** What can stand in the way between a command and a job in the ledger. All of these end before anything is sent. */
export type GestureTrouble =
  | {
      readonly kind: 'noEditor' | 'blankSelection' | 'noPromptAtCursor' | 'untrusted' | 'noToken' | 'apiBase' | 'madeAtKrea' | 'madeInDemo';
    }
  | { readonly kind: 'noStoryboard' | 'noShotAtCursor' }
  | { readonly kind: 'shotGone'; readonly shot: string }
  | { readonly kind: 'wouldRefuse'; readonly findings: readonly Finding[] }
  | { readonly kind: 'noLongerOffered'; readonly model: RetiredModel }
  | { readonly kind: 'takesOutside' | 'takesNoFolder'; readonly path: string }
  | { readonly kind: 'takesFolder'; readonly code: string }
  | { readonly kind: 'input'; readonly trouble: InputTrouble };

export function gestureFailure(trouble: GestureTrouble): Failure<GeneralStep> {
  switch (trouble.kind) {
    case 'noEditor':
      return { what: l10n.t('Open a text file and select a prompt.'), money: 'notSent', step: { kind: 'showHow' } };
    case 'blankSelection':
      return { what: l10n.t('The selection is blank. Select the text of a prompt.'), money: 'notSent', step: { kind: 'useParagraph' } };
    case 'noPromptAtCursor':
      return {
        what: l10n.t('There is no prompt at the cursor. Select text, or put the cursor into a paragraph.'),
        money: 'notSent',
        step: { kind: 'showHow' },
      };
    case 'noStoryboard':
      return { what: l10n.t('Open a storyboard and put the cursor into a shot.'), money: 'notSent', step: { kind: 'showHow' } };
    case 'noShotAtCursor':
      return { what: l10n.t('There is no shot at the cursor.'), money: 'notSent', step: { kind: 'showHow' } };
    case 'shotGone':
      return {
        what: l10n.t('There is no shot {0} in the storyboard any more.', oneLine(trouble.shot, 40)),
        money: 'notSent',
        step: { kind: 'showHow' },
      };
    case 'untrusted':
      return { what: l10n.t('Restricted Mode: nothing from this folder is sent.'), money: 'notSent', step: { kind: 'manageTrust' } };
    case 'noToken':
      return { what: l10n.t('There is no API token.'), money: 'notSent', step: { kind: 'setToken' } };
    case 'madeAtKrea':
      return {
        what: l10n.t('This video was made at Krea, and the offline demo is on.'),
        money: 'notSent',
        step: { kind: 'leaveOffline' },
      };
    case 'madeInDemo':
      return {
        what: l10n.t('This video is one of the offline demo, which has ended.'),
        money: 'notSent',
        step: { kind: 'tryOffline' },
      };
    case 'apiBase':
      return {
        what: l10n.t('The setting kreaVideo.apiBase is no web address.'),
        money: 'notSent',
        step: { kind: 'setting', name: 'kreaVideo.apiBase' },
      };
    case 'wouldRefuse':
      return {
        what: l10n.t('Krea would refuse this request: {0}.', trouble.findings.map(findingWords).join('; ')),
        money: 'notSent',
        step: { kind: 'chooseModel' },
      };
    case 'noLongerOffered':
      return { what: goneWords(trouble.model), money: 'notSent', step: { kind: 'chooseModel' } };
    case 'takesOutside':
      return {
        what: l10n.t('Takes cannot be saved in {0}: the folder must lie inside the workspace folder.', oneLine(trouble.path, 120)),
        money: 'notSent',
        step: { kind: 'setting', name: 'kreaVideo.takesFolder' },
      };
    case 'takesNoFolder':
      return {
        what: l10n.t('Takes cannot be saved in {0}: a file is in the way.', oneLine(trouble.path, 120)),
        money: 'notSent',
        step: { kind: 'setting', name: 'kreaVideo.takesFolder' },
      };
    case 'takesFolder':
      return {
        what: l10n.t('The takes folder cannot be used ({0}).', trouble.code),
        money: 'notSent',
        step: { kind: 'setting', name: 'kreaVideo.takesFolder' },
      };
    case 'input':
      return inputFailure(trouble.trouble);
  }
}

/** That a model is gone, and what to use instead. */
export function goneWords({ name, replacement }: Omit<RetiredModel, 'id'>): string {
  const gone = l10n.t('Krea no longer offers {0}.', oneLine(name, 60));
  return replacement === undefined ? gone : `${gone} ${l10n.t('Krea names {0} in its place.', oneLine(replacement, 60))}`;
}

/** An error that no part foresaw, or that stands in the way of everything. Its details are in the log. */
export function unexpectedFailure(error: unknown): Failure<GeneralStep> {
  const log = { kind: 'openLog' } as const;
  if (!(error instanceof LedgerTrouble))
    return { what: l10n.t('Krea Video met an error that it did not expect. The log has the details.'), money: 'notSent', step: log };
  switch (error.kind) {
    case 'noSqlite':
      return {
        what: l10n.t('This editor lacks the database (node:sqlite) in which jobs are kept safe. Use VS Code 1.110 or newer.'),
        money: 'notSent',
        step: log,
      };
    case 'newer':
      return {
        what: l10n.t('Another window runs a newer version of Krea Video. Reload this window.'),
        money: 'notSent',
        step: { kind: 'reload' },
      };
    case 'busy':
      return {
        what: l10n.t('The list of jobs is in use by another window for longer than expected.'),
        money: 'notSent',
        step: { kind: 'generate' },
      };
    case 'unusable':
      return { what: l10n.t('The list of jobs could not be written. Is the disk full?'), money: 'notSent', step: log };
  }
}

/** Trouble with jobs that are on their way. */
export function warningFailure(warning: JobWarning): Failure<GeneralStep> {
  switch (warning.kind) {
    case 'noPlace':
      return {
        what: l10n.t('Krea has no free place now (429). The job waits and is sent by itself.'),
        money: 'waiting',
        step: { kind: 'showJobs' },
      };
    case 'acceptedNotWritten':
      return {
        what: l10n.t(
          'Krea accepted the job {0}, but it could not be written down on this computer. Keep this window open: it is tried until it succeeds. Is the disk full?',
          withoutLinks(warning.jobId),
        ),
        money: 'running',
        step: { kind: 'openLog' },
      };
    case 'paused':
      return {
        what:
          warning.why === 'otherAccount'
            ? l10n.t('Jobs of another account wait: the API token in use does not see them. Set a token of their workspace to go on.')
            : l10n.t('Jobs of another API address wait. They go on when the setting kreaVideo.apiBase is that address again.'),
        money: 'paused',
        step: warning.why === 'otherAccount' ? { kind: 'setToken' } : { kind: 'setting', name: 'kreaVideo.apiBase' },
      };
    case 'noAccess':
      return {
        what: l10n.t(
          'Krea no longer accepts the API token ({0}). Set a token of the same workspace to fetch the clips of running jobs.',
          warning.status,
        ),
        money: 'running',
        step: { kind: 'setToken' },
      };
    case 'cancelTooLate':
      return {
        what: l10n.t('Krea is too far with this job to cancel it. Its clip will be saved.'),
        money: 'running',
        step: { kind: 'showJobs' },
      };
  }
}

/** A clip that came home, but not to its own folder. */
export function keptFailure(folder: string): Failure {
  return {
    what: l10n.t('The takes folder could not be written. The clip is safe in {0}.', folder),
    money: 'paidOnce',
    step: { kind: 'saveAgain' },
  };
}
