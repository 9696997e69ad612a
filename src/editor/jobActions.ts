import { commands, env, l10n, Uri, window } from 'vscode';
import { type Job, jobIdOf } from '../jobs/job';
import type { Desk } from './desk';
import { estimateWords } from './jobWords';
import type { PriceSeen } from './moneyGate';

export type JobAction =
  | 'play'
  | 'cancel'
  | 'sendNow'
  | 'saveAgain'
  | 'lookAgain'
  | 'generateAgain'
  | 'submitAgain'
  | 'copyJobId'
  | 'showInFolder'
  | 'openLog';

export interface JobActionParts {
  readonly desk: () => Desk;
  readonly play: (job: Job) => Promise<void>;
  /** Past the money gate: a new row, a new job. */
  readonly generateAgain: (job: Job, seen?: PriceSeen) => Promise<void>;
  /** Past the money gate: the same row, since nothing of it was ever at Krea. */
  readonly sendNow: (job: Job, seen?: PriceSeen) => Promise<void>;
  readonly openLog: () => void;
}

/** What can be done with a job now, the safest next step first. */
export function actionsFor(job: Job): readonly JobAction[] {
  const { state } = job;
  const common: readonly JobAction[] = jobIdOf(job) ? ['copyJobId', 'openLog'] : ['openLog'];
  switch (state.name) {
    case 'intended':
    case 'submitting':
    case 'queued':
    case 'running':
      return ['cancel', ...common];
    case 'downloading':
      return common;
    case 'done':
      return ['play', ...(canShowInFolder() ? (['showInFolder'] as const) : []), 'saveAgain', 'generateAgain', ...common];
    case 'notFetched':
      return ['saveAgain', 'generateAgain', ...common];
    case 'overdue':
      return ['lookAgain', 'submitAgain', ...common];
    case 'unknown':
      return ['submitAgain', ...common];
    case 'notSent':
      return ['sendNow', ...common];
    case 'failed':
    case 'cancelled':
    case 'refused':
      return ['generateAgain', ...common];
  }
}

export function actionWords(action: JobAction, job: Job): string {
  switch (action) {
    case 'play':
      return l10n.t('Play');
    case 'cancel':
      return l10n.t('Cancel');
    case 'sendNow':
      return l10n.t('Send Now… {0}', estimateWords(job.order.estimate));
    case 'saveAgain':
      return l10n.t('Save Again (free)');
    case 'lookAgain':
      return l10n.t('Look Again (free)');
    case 'generateAgain':
      return l10n.t('Generate Again… {0}', estimateWords(job.order.estimate));
    case 'submitAgain':
      return l10n.t('Submit Again… {0} (may be paid twice)', estimateWords(job.order.estimate));
    case 'copyJobId':
      return l10n.t('Copy Job ID');
    case 'showInFolder':
      return l10n.t('Show in Folder');
    case 'openLog':
      return l10n.t('Open Log');
  }
}

export async function runJobAction(action: JobAction, job: Job, parts: JobActionParts): Promise<void> {
  const { jobs } = parts.desk();
  switch (action) {
    case 'play':
      return parts.play(job);
    case 'cancel':
      return jobs.cancel(job.id);
    case 'sendNow':
      return parts.sendNow(job);
    case 'saveAgain':
      return jobs.saveAgain(job.id);
    case 'lookAgain':
      return jobs.lookNow();
    case 'generateAgain':
      return parts.generateAgain(job);
    case 'submitAgain':
      return submitAgain(job, parts);
    case 'copyJobId':
      return env.clipboard.writeText(jobIdOf(job) ?? '');
    case 'showInFolder':
      if (job.state.name === 'done') await commands.executeCommand('revealFileInOS', Uri.file(job.state.saved.clip));
      return undefined;
    case 'openLog':
      return parts.openLog();
  }
}

async function submitAgain(job: Job, parts: JobActionParts): Promise<void> {
  const yes = l10n.t('Submit Again');
  const answer = await window.showWarningMessage(
    l10n.t('Submit this request again? It may be paid twice.'),
    {
      modal: true,
      detail: l10n.t(
        'It is not known whether Krea is making the first one. If it is, both are charged: {0} each.',
        estimateWords(job.order.estimate),
      ),
    },
    yes,
  );
  if (answer === yes) await parts.generateAgain(job);
}

/** The command exists only where the window and the files are on one machine with a desktop. */
export function canShowInFolder(): boolean {
  return env.remoteName === undefined && env.appHost === 'desktop';
}
