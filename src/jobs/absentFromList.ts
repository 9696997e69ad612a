import type { JobReport } from '../krea/jobReport';
import type { KreaClient, Look } from '../krea/kreaClient';
import type { Accepted } from './job';
import { listJobs } from './listJobs';

/** Milliseconds before the answer, by our clock, from which the list must be complete: our clock may be a day off. */
const clockSlack = 25 * 3_600_000;

/**
 * What a 404 is worth: the list knows the job after all, or is complete and does not have it either (*notFound*), or
 * it cannot be told (*trouble*).
 */
export async function absentFromList(
  { jobId, acceptedAt }: Accepted,
  client: KreaClient,
  turn: () => Promise<void>,
  signal: AbortSignal,
): Promise<Look<JobReport>> {
  const list = await listJobs(client, { from: acceptedAt - clockSlack, to: Number.POSITIVE_INFINITY }, turn, signal);
  if (list.kind === 'noAccess') return { kind: 'trouble', status: list.status };
  if (list.kind === 'trouble') return { kind: 'trouble', status: list.status ?? 0 };
  const report = list.items.find((item) => item.jobId === jobId);
  if (report) return { kind: 'found', value: report };
  return list.complete ? { kind: 'notFound' } : { kind: 'trouble', status: 0 };
}
