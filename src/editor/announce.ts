import { l10n, window } from 'vscode';
import type { Job } from '../jobs/job';
import type { Step } from '../jobs/jobs';
import { isDecidable } from '../jobs/unclear';
import type { PlayerPanelState } from '../player/playerPanel';
import { folderWords } from './demoJobs';
import { failureWords } from './failure';
import { keptFailure } from './gestureFailures';
import { actionWords, type JobActionParts, runJobAction } from './jobActions';
import { failureOf } from './jobFailures';
import { withoutLinks } from './plainText';
import { type OpenPlayer, settings } from './settings';
import { tellJobFailure } from './tellFailure';

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
  if (job.state.name === 'unknown' && from === 'perhaps') return;
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
  const answer = await window.showInformationMessage(l10n.t('Saved “{0}” in {1}.', withoutLinks(job.order.prompt, 40), folder), play);
  if (answer === play) await runJobAction('play', job, parts);
}
