import type { Disposable } from 'vscode';
import { jobIdOf } from '../jobs/job';
import type { PlayerPanel } from '../player/playerPanel';
import type { Desk } from './desk';
import { jobIdIn } from './playTake';
import type { SeenTakes } from './seenTakes';

/** A take counts as seen once its picture has stood in the player. */
export function noteSeenTakes(
  player: Pick<PlayerPanel, 'onDidMeasure'>,
  seen: SeenTakes,
  desk: () => Pick<Desk, 'jobs'>,
  log: (line: string) => void,
): Disposable {
  const note = async (takeId: string): Promise<void> => {
    const job = jobIdIn(takeId) === undefined ? await desk().jobs.find(takeId) : undefined;
    const jobId = jobIdIn(takeId) ?? (job && jobIdOf(job));
    if (jobId !== undefined) seen.add(jobId);
  };
  return player.onDidMeasure(({ clip }) => void note(clip.takeId).catch((error: unknown) => log(`Seen take: ${String(error)}`)));
}
