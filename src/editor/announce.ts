import { dirname } from 'node:path';
import { l10n, window, workspace } from 'vscode';
import type { Job } from '../jobs/job';
import type { JobWarning } from '../jobs/jobParts';
import type { Step } from '../jobs/jobs';
import type { PlayerPanelState } from '../player/playerPanel';
import { actionsFor, actionWords, type JobActionParts, runJobAction } from './jobActions';
import { whatHappened } from './jobWords';
import { withoutLinks } from './plainText';
import { type OpenPlayer, settings } from './settings';

export interface AnnounceParts extends JobActionParts {
  readonly playerState: () => PlayerPanelState;
  readonly isLastStartedHere: (job: Job) => boolean;
  readonly openInPlayer: (job: Job) => Promise<void>;
}

/** Tells of a job that ended: the clip in the player, or one notification with one next step. */
export async function announce({ job, from }: Step, parts: AnnounceParts): Promise<void> {
  if (job.state.name === 'done') {
    const folder = workspace.asRelativePath(dirname(job.state.saved.clip));
    window.setStatusBarMessage(`$(check) ${l10n.t('Saved in {0}', folder)}`, 10_000);
    if (job.state.saved.keptBecause) return tell(keptWords(folder), job, parts, 'warning');
    if (opensPlayer(settings.openPlayer(), parts.isLastStartedHere(job), parts.playerState())) return parts.openInPlayer(job);
    if (settings.notifications() === 'all')
      await tell(l10n.t('Saved “{0}” in {1}.', withoutLinks(job.order.prompt, 40), folder), job, parts, 'information');
    return;
  }
  const trouble = whatHappened(job);
  const expected = job.state.name === 'cancelled' && job.state.by === 'us';
  if (trouble === undefined || from === undefined || settings.notifications() === 'none') return;
  if (expected) window.setStatusBarMessage(trouble, 10_000);
  else await tell(`“${withoutLinks(job.order.prompt, 40)}”: ${withoutLinks(trouble, 400)}`, job, parts, 'warning');
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

/** Trouble with the watch itself, said once each. */
export function warningWords(warning: JobWarning): string {
  switch (warning.kind) {
    case 'acceptedNotWritten':
      return l10n.t(
        'Krea accepted the job {0}, but it could not be written down on this computer. Keep this window open: it is tried until it succeeds. Is the disk full?',
        withoutLinks(warning.jobId),
      );
    case 'noAccess':
      return l10n.t(
        'Krea no longer accepts the API token ({0}). Running jobs go on at Krea; set a token of the same workspace to fetch their clips.',
        warning.status,
      );
    case 'cancelTooLate':
      return l10n.t('Krea is too far with this job to cancel it. It goes on, and its clip will be saved.');
  }
}

async function tell(text: string, job: Job, parts: AnnounceParts, kind: 'information' | 'warning'): Promise<void> {
  const next = actionsFor(job).find((action) => action !== 'openLog' && action !== 'copyJobId');
  const button = next ? actionWords(next, job) : undefined;
  const show = kind === 'warning' ? window.showWarningMessage : window.showInformationMessage;
  const answer = await show(text, ...(button ? [button] : []));
  if (next && answer === button) await runJobAction(next, job, parts);
}

function keptWords(folder: string): string {
  return l10n.t('The takes folder could not be written. The clip is safe in {0}; nothing is lost and nothing more is charged.', folder);
}
