import { resolve } from 'node:path';
import { commands, l10n, Uri, window, workspace } from 'vscode';
import type { Job } from '../jobs/job';
import type { Step } from '../jobs/jobs';
import { isDecidable } from '../jobs/unclear';
import type { PlayerPanelState } from '../player/playerPanel';
import { folderWords } from './demoJobs';
import { failureWords } from './failure';
import { keptFailure } from './gestureFailures';
import { actionWords, type JobActionParts, runJobAction } from './jobActions';
import { failureOf } from './jobFailures';
import type { ShotName } from './namedShot';
import { withoutLinks } from './plainText';
import { type OpenPlayer, settings } from './settings';
import { tellJobFailure } from './tellFailure';

/** Milliseconds that the first look at the list usually takes, with the clip of a job that has ended. */
const firstLookWithin = 8000;

export interface AnnounceParts extends JobActionParts {
  readonly playerState: () => PlayerPanelState;
  readonly isLastStartedHere: (job: Job) => boolean;
  readonly openInPlayer: (job: Job) => Promise<void>;
}

/** Tells of a job that ended: the clip in the player, or one notification with one next step. */
export async function announce({ job, from }: Step, parts: AnnounceParts): Promise<void> {
  if (job.state.name === 'done') {
    const folder = folderWords(job, job.state.saved.clip);
    window.setStatusBarMessage(`$(check) ${l10n.t('Saved in {0}', folder)}`, 10_000);
    if (job.state.saved.keptBecause) return tellJobFailure(job, keptFailure(folder), parts);
    if (opensPlayer(settings.openPlayer(), parts.isLastStartedHere(job), parts.playerState())) return parts.openInPlayer(job);
    if (settings.notifications() === 'all') await tellSaved(job, folder, parts);
    return;
  }
  const failure = failureOf(job);
  if (failure === undefined || from === undefined || settings.notifications() === 'none') return;
  // between the first toast and the one that can be decided, and after the user decided, there is nothing to do
  if (job.state.name === 'perhaps' && !isDecidable(job)) return;
  if (job.state.name === 'unknown') return from === 'perhaps' ? undefined : announceUnclear(job, parts);
  const wanted = job.state.name === 'cancelled' && job.state.by === 'us';
  if (wanted) window.setStatusBarMessage(failureWords(failure), 10_000);
  else await tellJobFailure(job, failure, parts);
}

/** With *ifIdle* only the job last started here opens by itself, and never over a playing clip. */
export function opensPlayer(setting: OpenPlayer, lastStartedHere: boolean, player: PlayerPanelState): boolean {
  switch (setting) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'ifIdle':
      return lastStartedHere && player !== 'playing';
  }
}

async function tellSaved(job: Job, folder: string, parts: JobActionParts): Promise<void> {
  const play = actionWords('play', job);
  const shot = shotOf(job);
  const pick = l10n.t('Pick This Take');
  const { prompt, destination } = job.order;
  const words = l10n.t('Saved “{0}” in {1}.', withoutLinks(destination.shot ?? prompt, 40), folder);
  const answer = await window.showInformationMessage(words, ...(shot ? [play, pick] : [play]));
  if (answer === play) await runJobAction('play', job, parts);
  if (answer === pick) await commands.executeCommand('kreaVideo.pickTake', shot);
}

/** The shot of which the job made a take, as commands are told it. */
function shotOf({ order: { destination }, state }: Job): ShotName | undefined {
  const { source, shot, root } = destination;
  if (source === undefined || shot === undefined || state.name !== 'done') return undefined;
  const uri = Uri.file(resolve(root, source));
  // takes may lie in a folder of the user's settings, from which no way leads to the text
  return workspace.getWorkspaceFolder(uri) ? { uri, shot, take: state.saved.take } : undefined;
}

/** After the first look at Krea's list, which says more: often that look finds the job, and its clip speaks for it. */
async function announceUnclear({ id }: Job, parts: AnnounceParts): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, firstLookWithin).unref());
  const job = await parts.desk().jobs.find(id);
  if (!job || isDecidable(job) || (job.state.name !== 'unknown' && job.state.name !== 'perhaps')) return;
  const failure = failureOf(job);
  if (failure) await tellJobFailure(job, failure, parts);
}
