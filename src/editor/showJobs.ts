import { basename } from 'node:path';
import { l10n, type QuickPickItem, ThemeIcon, window } from 'vscode';
import { isOpen, type Job } from '../jobs/job';
import { failureWords } from './failure';
import { actionsFor, actionWords, type JobAction, type JobActionParts, runJobAction } from './jobActions';
import { failureOf } from './jobFailures';
import { estimateWords, jobWord } from './jobWords';
import { oneLine, withoutIcons } from './plainText';
import { tellWithStep } from './tellFailure';

interface JobRow extends QuickPickItem {
  readonly job: Job;
}

/** The list of jobs, newest first; choosing one lists what can be done with it. */
export async function showJobs(parts: JobActionParts, now: () => number): Promise<void> {
  const { newest } = parts.desk().jobs;
  if (newest.length === 0) {
    void tellWithStep(l10n.t('No jobs yet. Select text and run “Generate Video from Selection”.'), { kind: 'showHow' });
    return;
  }
  const row = await pickJob(newest, l10n.t('Krea Video: jobs'), now());
  if (row) await chooseAction(row.job, parts);
}

/** Asks which one when several are on their way. */
export async function cancelJob(parts: JobActionParts, now: () => number): Promise<void> {
  const cancellable = parts.desk().jobs.newest.filter((job) => actionsFor(job).includes('cancel'));
  const [only, ...others] = cancellable;
  if (!only) return void window.showInformationMessage(l10n.t('No job is running.'));
  const job = others.length === 0 ? only : (await pickJob(cancellable, l10n.t('Which job do you want to cancel?'), now()))?.job;
  if (job) await runJobAction('cancel', job, parts);
}

function pickJob(jobs: readonly Job[], title: string, now: number): Thenable<JobRow | undefined> {
  return window.showQuickPick(
    jobs.map((job) => rowOf(job, now)),
    { title, matchOnDetail: true },
  );
}

/** Lists what can be done with a job, with prices. */
export async function chooseAction(job: Job, parts: JobActionParts): Promise<void> {
  const rows = actionsFor(job).map((action) => ({ label: `$(${iconOf(action)}) ${withoutIcons(actionWords(action, job), 120)}`, action }));
  const failure = failureOf(job);
  const placeHolder = failure ? failureWords(failure) : jobWord(job);
  const row = await window.showQuickPick(rows, { title: withoutIcons(job.order.prompt), placeHolder });
  if (row) await runJobAction(row.action, job, parts);
}

function rowOf(job: Job, now: number): JobRow {
  const failure = failureOf(job);
  const outcome =
    job.state.name === 'done'
      ? basename(job.state.saved.clip)
      : failure
        ? failureWords({ ...failure, what: oneLine(failure.what, 120) })
        : '';
  return {
    iconPath: new ThemeIcon(stateIcon(job)),
    label: withoutIcons(job.order.prompt),
    // all in the second line: a long prompt leaves no room beside it
    detail: withoutIcons(
      [jobWord(job), oneLine(job.order.model.name, 40), ago(now - job.createdAt), estimateWords(job.order.estimate), outcome]
        .filter(Boolean)
        .join(' · '),
      300,
    ),
    job,
  };
}

function stateIcon(job: Job): string {
  if (isOpen(job)) return 'sync~spin';
  if (job.state.name === 'done') return 'check';
  return job.state.name === 'cancelled' ? 'circle-slash' : 'warning';
}

export function ago(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return l10n.t('just now');
  if (minutes < 60) return l10n.t('{0} min ago', minutes);
  return minutes < 1440 ? l10n.t('{0} h ago', Math.floor(minutes / 60)) : l10n.t('{0} d ago', Math.floor(minutes / 1440));
}

function iconOf(action: JobAction): string {
  switch (action) {
    case 'play':
      return 'play';
    case 'cancel':
      return 'circle-slash';
    case 'saveAgain':
      return 'cloud-download';
    case 'lookAgain':
      return 'refresh';
    case 'showClip':
      return 'eye';
    case 'mine':
      return 'pass';
    case 'notMine':
      return 'close';
    case 'sendNow':
    case 'generateAgain':
    case 'submitAgain':
      return 'credit-card';
    case 'copyJobId':
      return 'copy';
    case 'showInFolder':
      return 'folder-opened';
    case 'openLog':
      return 'output';
  }
}

export async function playLast({ desk, play }: Pick<JobActionParts, 'desk' | 'play'>): Promise<void> {
  const last = desk().jobs.newest.find(({ state }) => state.name === 'done');
  if (last) return play(last);
  void window.showInformationMessage(l10n.t('There is no finished video yet.'));
}
