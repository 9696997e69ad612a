import { failPoint } from './failPoint';
import type { Job, JobState } from './job';
import type { JobParts } from './jobParts';

/**
 * Takes over the live jobs of windows that are gone. What such a window only meant to send is not sent by anyone
 * else; what it may have sent is unclear; what Krea accepted is watched on here.
 */
export async function takeOverFromDeadWindows(parts: JobParts): Promise<void> {
  const { ledger, lock, clock, log } = parts;
  const foreign = (await ledger.liveJobs()).filter((job) => job.owner !== lock.owner);
  const dead = new Set<string>();
  for (const owner of new Set(foreign.map((job) => job.owner))) if (await lock.isFree(owner)) dead.add(owner);
  for (const job of foreign.filter(({ owner }) => dead.has(owner))) {
    failPoint('takeOver: found');
    const next = stateAfterDeath(job, clock.wall());
    if (await ledger.takeOver(job, lock.owner, next)) log(`${job.id}: taken over from a closed window, ${next.name}`);
    failPoint('takeOver: written');
  }
}

function stateAfterDeath(job: Job, now: number): JobState {
  const { state } = job;
  switch (state.name) {
    case 'intended':
      return { name: 'notSent', endedAt: now, why: 'windowEnded' };
    case 'submitting':
      return { name: 'unknown', sentAt: state.since, endedAt: now };
    default:
      return state;
  }
}
