import { commands, env, l10n, Uri, window } from 'vscode';
import { type Job, type JobState, jobIdOf } from '../jobs/job';
import { hasEnded } from '../jobs/unclear';
import type { Desk } from './desk';
import { estimateWords } from './jobWords';
import type { PriceSeen } from './moneyGate';
import { withoutLinks } from './plainText';

export type JobAction =
  | 'play'
  | 'cancel'
  | 'sendNow'
  | 'saveAgain'
  | 'lookAgain'
  | 'generateAgain'
  | 'submitAgain'
  | 'showClip'
  | 'mine'
  | 'notMine'
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
  // a found clip has no request that could be sent once more
  return job.order.endpoint === '' ? actionsOf(job).filter((action) => action !== 'generateAgain') : actionsOf(job);
}

function actionsOf(job: Job): readonly JobAction[] {
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
      return ['lookAgain', 'submitAgain', ...common];
    case 'perhaps':
      return [...perhapsActions(state), 'notMine', 'submitAgain', ...common];
    case 'closed':
      return ['generateAgain', ...common];
    case 'notSent':
      return ['sendNow', ...common];
    case 'failed':
    case 'cancelled':
    case 'refused':
      return ['generateAgain', ...common];
  }
}

function perhapsActions(state: Extract<JobState, { name: 'perhaps' }>): readonly JobAction[] {
  if (state.clip) return ['showClip', 'mine'];
  if (state.unfetched) return ['lookAgain', 'mine'];
  return hasEnded(state) ? ['mine'] : ['lookAgain'];
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
      return waitsForYes(job) ? l10n.t('Save Anyway (free)') : l10n.t('Save Again (free)');
    case 'lookAgain':
      return l10n.t('Look Again (free)');
    case 'generateAgain':
      return l10n.t('Generate Again… {0}', estimateWords(job.order.estimate));
    case 'submitAgain':
      return l10n.t('Submit Again… {0} (may be paid twice)', estimateWords(job.order.estimate));
    case 'showClip':
      return l10n.t('Show Its Clip');
    case 'mine':
      return l10n.t('It Is Mine');
    case 'notMine':
      return l10n.t('Not Mine');
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
      return parts.generateAgain(job); // the gate names the request that may be on its way, and the figure
    case 'showClip':
      await parts.play(job);
      return askWhose(job, parts);
    case 'mine':
      return void (await jobs.recognise(job.id));
    case 'notMine':
      return void (await jobs.notMine(job.id));
    case 'copyJobId':
      return env.clipboard.writeText(jobIdOf(job) ?? '');
    case 'showInFolder':
      if (job.state.name === 'done') await commands.executeCommand('revealFileInOS', Uri.file(job.state.saved.clip));
      return undefined;
    case 'openLog':
      return parts.openLog();
  }
}

/** Its clip is large, and is fetched when the user says so. */
export function waitsForYes({ state }: Pick<Job, 'state'>): boolean {
  return state.name === 'notFetched' && state.why === 'large';
}

/** Not a modal: the clip is playing, and is what decides. */
async function askWhose(job: Job, parts: JobActionParts): Promise<void> {
  const choices = (['mine', 'notMine'] as const).map((action) => ({ action, words: actionWords(action, job) }));
  const question = l10n.t('Is this the video you asked for? “{0}”', withoutLinks(job.order.prompt, 120));
  const answer = await window.showInformationMessage(question, ...choices.map(({ words }) => words));
  const chosen = choices.find(({ words }) => words === answer);
  if (chosen) await runJobAction(chosen.action, job, parts);
}

/** The command exists only where the window and the files are on one machine with a desktop. */
export function canShowInFolder(): boolean {
  return env.remoteName === undefined && env.appHost === 'desktop';
}
