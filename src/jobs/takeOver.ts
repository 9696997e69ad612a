import type { Job, JobState } from './job';
import type { JobParts } from './jobParts';

/**
 * Takes over the open jobs of windows that are gone. What such a window only meant to send is not sent by anyone
 * else; what it may have sent is unclear; what Krea accepted is watched on here.
 */
export async function takeOverFromDeadWindows(parts: JobParts): Promise<void> {
  const { ledger, lock } = parts;
  const foreign = (await ledger.openJobs()).filter((job) => job.owner !== lock.windowId);
  if (foreign.length === 0) return;
  const owners = [...new Set(foreign.map((job) => job.owner))];
  const dead = new Set<string>();
  for (const owner of owners) if (await lock.isFree(owner)) dead.add(owner);
  if (dead.size === 0) return;
  for (const job of foreign.filter(({ owner }) => dead.has(owner))) {
    const next = stateAfterDeath(job, parts.clock.wall());
    if (await ledger.takeOver(job, lock.windowId, next)) parts.log(`${job.id}: taken over from a closed window, ${next.name}`);
  }
}

function stateAfterDeath({ state }: Job, now: number): JobState {
  switch (state.name) {
    case 'intended':
      return { name: 'notSent', endedAt: now, why: 'windowEnded' };
    case 'submitting':
      return { name: 'unknown', sentAt: state.since, endedAt: now };
    default:
      return state;
  }
}
