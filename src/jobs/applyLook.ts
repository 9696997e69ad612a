import type { JobReport } from '../krea/jobReport';
import type { Look } from '../krea/kreaClient';
import type { Job, JobState } from './job';
import type { JobParts } from './jobParts';
import type { WatchLease } from './leases';
import { acceptedPart, isOverdue, type LookMemory, type Moment, ranMs, remember, stateAfter, type WatchedState } from './lookAtJob';

export type Watched = Job & { readonly state: WatchedState };

/** Looks that said something of the job. */
type Answer = Exclude<Look<JobReport>, { kind: 'trouble' | 'noAccess' }>;

/** Writes down what the service said of a job, for whichever window owns it. The job as it is then, if it is still watched. */
export async function applyLook(job: Watched, look: Answer, memory: LookMemory, lease: WatchLease, parts: JobParts): Promise<void> {
  const { clock, ledger } = parts;
  const now: Moment = { wall: clock.wall(), monotonic: clock.monotonic() };
  const next = stateAfterLook(job, look, memory, now, parts.log);
  if (look.kind === 'found') remember(memory, job.state, next, now);
  if (!next || !(await ledger.move(job, [job.state.name], next, lease))) return;
  if (next.name !== 'downloading') return;
  memory.nextAt = 0;
  if (job.cancelAskedAt !== undefined) await ledger.forgetCancel(job.id);
}

function stateAfterLook(job: Watched, look: Answer, memory: LookMemory, now: Moment, log: (line: string) => void): JobState | undefined {
  if (look.kind === 'notFound') {
    if (job.state.deleteSentAt !== undefined) return { name: 'cancelled', ...acceptedPart(job.state), endedAt: now.wall, by: 'us' };
    memory.notFound = { since: memory.notFound?.since ?? now.monotonic, looks: (memory.notFound?.looks ?? 0) + 1 };
    return overdue(job, memory, now);
  }
  delete memory.notFound;
  const report = look.value;
  memory.urls = report.urls;
  if (report.createdAt !== undefined) memory.madeAt = report.createdAt;
  const next = stateAfter(job, report, now.wall);
  if (next && next.name !== job.state.name) log(`${job.id}: ${job.state.name} → ${next.name} (${report.status})`);
  const stillOpen = next === undefined || next.name === job.state.name || next.name === 'running';
  if (stillOpen) return overdue(job, memory, now) ?? next;
  const ran = next.name === 'downloading' ? ranMs(job.state, memory, now) : undefined;
  return ran !== undefined && next.name === 'downloading' ? { ...next, ranMs: ran } : next;
}

function overdue(job: Watched, memory: LookMemory, now: Moment): JobState | undefined {
  if (!isOverdue(job.state, memory, now.monotonic)) return undefined;
  return { name: 'overdue', ...acceptedPart(job.state), since: now.wall };
}
