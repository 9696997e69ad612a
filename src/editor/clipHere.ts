import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Job, jobIdOf } from '../jobs/job';
import type { PlayerClip } from '../player/playerClip';
import { takeOfJob } from '../takes/takeOfJob';
import { playerClipOf } from './playerClips';

/** What the player shows of a job, with the clip where it lies now: its shot may have another name by now, and its folder too. */
export async function clipHere(job: Job): Promise<PlayerClip | undefined> {
  const clip = playerClipOf(job);
  if (!clip || job.state.name !== 'done' || job.order.destination.shot === undefined) return clip;
  if (await isThere(clip.file)) return clip;
  const take = await takeOfJob(dirname(job.order.destination.folder), jobIdOf(job) ?? '');
  return take?.clip === undefined ? clip : { ...clip, file: take.clip };
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
