import type { JobReport } from '../krea/jobReport';
import type { KreaClient, Look } from '../krea/kreaClient';
import { applyLook, type Watched } from './applyLook';
import { failPoint } from './failPoint';
import { jobIdOf } from './job';
import type { JobParts } from './jobParts';
import type { WatchLease } from './leases';
import { isWatched, type LookMemory, pauseAfterTroubles, type WatchedState } from './lookAtJob';
import { withPatience } from './patience';

/** Milliseconds for each of the two calls: other cancels wait behind this one. */
const patience = 15_000;

/**
 * Carries out a wish to cancel: a GET first, then, if the job still runs, a DELETE, of which a GET decides what became.
 * A job that has finished is downloaded, not deleted. The answer to the GET, so that trouble is known.
 */
export async function cancelJob(
  job: Watched,
  client: KreaClient,
  memory: LookMemory,
  lease: WatchLease,
  parts: JobParts,
  signal: AbortSignal,
): Promise<Look<JobReport>> {
  await parts.rate.turn(signal, 'cancel');
  const look = await withPatience(patience, parts.clock, signal, (limit) => client.job(job.state.jobId, limit));
  if (signal.aborted || look.kind === 'trouble' || look.kind === 'noAccess') return look;
  await applyLook(job, look, memory, lease, parts);
  const now = await parts.ledger.get(job.id);
  if (look.kind === 'found' && now?.cancelAskedAt !== undefined && isWatched(now) && jobIdOf(now) === job.state.jobId)
    await deleteJob(now, client, memory, lease, parts, signal);
  return look;
}

async function deleteJob(
  job: Watched,
  client: KreaClient,
  memory: LookMemory,
  lease: WatchLease,
  parts: JobParts,
  signal: AbortSignal,
): Promise<void> {
  const { ledger, clock, rate, log } = parts;
  if (memory.deleted === 'gone') return tooLate(job, memory, lease, parts); // Krea knew nothing to delete, yet has the job
  if (memory.deleted) return;
  if (job.state.deleteSentAt === undefined) {
    const marked: WatchedState = { ...job.state, deleteSentAt: clock.wall() };
    if (!(await ledger.move(job, [job.state.name], marked, lease))) return;
    failPoint('cancel: marked');
    return deleteJob({ ...job, state: marked }, client, memory, lease, parts, signal);
  }
  await rate.turn(signal, 'cancel');
  if (signal.aborted) return;
  const answer = await withPatience(patience, clock, signal, (limit) => client.cancel(job.state.jobId, limit));
  failPoint('cancel: answered');
  if (signal.aborted) return;
  log(`${job.id}: cancel → ${answer.kind}`);
  if (answer.kind === 'tooLate') return tooLate(job, memory, lease, parts);
  memory.troubles = answer.kind === 'unclear' ? memory.troubles + 1 : 0;
  if (answer.kind !== 'unclear') memory.deleted = answer.kind;
  memory.nextAt = clock.monotonic() + (answer.kind === 'unclear' ? pauseAfterTroubles(memory.troubles) : 0); // a GET decides
}

async function tooLate(job: Watched, memory: LookMemory, lease: WatchLease, parts: JobParts): Promise<void> {
  const { deleteSentAt: _, ...state } = job.state;
  if (!(await parts.ledger.move(job, [job.state.name], state, lease))) return;
  await parts.ledger.forgetCancel(job.id);
  delete memory.deleted;
  parts.warn({ kind: 'cancelTooLate', id: job.id });
}
