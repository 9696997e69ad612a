import { sameClip } from '../takes/placeClip';
import type { Job, JobState } from './job';
import type { JobParts } from './jobParts';
import { acceptedPart } from './lookAtJob';
import { partOfKept, removeKept, verifiedPart } from './partOfKept';

type Ended<T extends JobState['name']> = Job & { readonly state: Extract<JobState, { name: T }> };

/** Makes the clip of a finished job this owner's to save, unless it stands where it was saved. */
export async function saveAgain(id: string, owner: string, parts: JobParts, signal: AbortSignal): Promise<void> {
  const job = await parts.ledger.get(id);
  if (!job || !(hasState(job, 'done') || hasState(job, 'notFetched'))) return;
  if (hasState(job, 'done') && (await sameClip(job.state.saved.clip, job.state.saved.sha256, job.state.saved.bytes, signal)))
    return bringHome(job, owner, parts, signal);
  const { state } = job;
  // who has had the clip, or was told of its size, wants it
  const anySize = state.name === 'done' || state.why === 'large';
  const again = { name: 'downloading', ...acceptedPart(state), endedAt: state.endedAt, ...(anySize && { anySize }) } as const;
  await parts.ledger.takeOver(job, owner, again);
}

/** A clip that stands in the storage, since its own folder could not be written, is given its name there. Nothing is fetched. */
async function bringHome(job: Ended<'done'>, owner: string, { ledger, clipStore }: JobParts, signal: AbortSignal): Promise<void> {
  const { saved, endedAt } = job.state;
  if (!saved.keptBecause || !(await partOfKept(job, saved, clipStore, signal))) return;
  const again = { name: 'downloading', ...acceptedPart(job.state), endedAt, verified: verifiedPart(saved) } as const;
  if (!(await ledger.takeOver(job, owner, again))) return;
  // once more: until the row said so, the part was one of an ended job, which a window that starts clears
  if (await partOfKept(job, saved, clipStore, signal)) await removeKept(saved);
}

function hasState<T extends 'done' | 'notFetched'>(job: Job, name: T): job is Ended<T> {
  return job.state.name === name;
}
