import { failPoint } from './failPoint';
import type { Job, JobState } from './job';
import type { JobParts } from './jobParts';
import type { Observed } from './leases';

/**
 * Takes over the live jobs of windows that are gone. What such a window only meant to send is not sent by anyone
 * else; what it may have sent is unclear; what Krea accepted goes on here. A window that stands still keeps what it
 * means to send or is sending: that right never passes on while it lives.
 */
export async function takeOver(live: readonly Job[], { gone, still }: Observed, parts: JobParts): Promise<boolean> {
  const { ledger, lock, clock, log } = parts;
  let any = false;
  for (const job of live) {
    const dead = gone.has(job.owner);
    if (!dead && !(still.has(job.owner) && isAccepted(job.state))) continue;
    failPoint('takeOver: found');
    const next = dead ? stateAfterDeath(job, clock.wall()) : job.state;
    if (!(await ledger.takeOver(job, lock.owner, next))) continue;
    any = true;
    log(`${job.id}: taken over from a ${dead ? 'closed' : 'stopped'} window, ${next.name}`);
    failPoint('takeOver: written');
  }
  return any;
}

function isAccepted({ name }: JobState): boolean {
  return name === 'queued' || name === 'running' || name === 'downloading';
}

function stateAfterDeath(job: Job, now: number): JobState {
  const { state } = job;
  switch (state.name) {
    case 'intended':
      return { name: 'notSent', endedAt: now, why: 'windowEnded' };
    case 'submitting':
      return {
        name: 'unknown',
        sentAt: state.since,
        endedAt: now,
        attempts: state.attempts,
        ...(state.sentAfter !== undefined && { sentAfter: state.sentAfter }),
      };
    default:
      return state;
  }
}
