import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { failPoint } from './failPoint';
import { type FetchMemory, fetchClip } from './fetchClip';
import type { Guess, Job, Unclear } from './job';
import type { JobParts } from './jobParts';
import { horizon, isDecidable, type Perhaps, seenOf } from './unclear';

/** Milliseconds between two looks: a quarter of the time since the first, within these. */
const shortestPause = 5000;
const longestPause = 30_000;
/** After the time in which Krea ends a job: hourly for a day, then only at a start and when the user asks. */
const latePause = 3_600_000;
const lateWatch = 24 * 3_600_000;

interface Memory extends FetchMemory {
  readonly begun: number;
  /** Monotonic time of the next look. */
  nextAt: number;
}

/** Follows the jobs that are only guessed at, and fetches their clips, so that the user can say whose they are. */
export class PerhapsWatch {
  private readonly memories = new Map<string, Memory>();

  constructor(
    private readonly parts: JobParts,
    private readonly signal: AbortSignal,
  ) {}

  /** Monotonic time. Never, once it is only for the user to decide. */
  dueAt(job: Perhaps): number {
    if (isDecidable(job)) return Number.POSITIVE_INFINITY;
    return this.memoryOf(job).nextAt;
  }

  forgetAllBut(jobs: readonly Job[]): void {
    for (const key of this.memories.keys())
      if (!jobs.some((job) => job.state.name === 'perhaps' && keyOf(job.id, job.state) === key)) this.memories.delete(key);
  }

  lookNow(): void {
    for (const memory of this.memories.values()) memory.nextAt = 0;
  }

  async look(job: Perhaps): Promise<void> {
    const { accounts, clock, rate } = this.parts;
    const memory = this.memoryOf(job);
    memory.nextAt = clock.monotonic() + Math.max(longestPause, 60_000);
    if (job.state.phase === 'completed') return this.fetch(job, memory);
    const connection = await accounts.connectionFor(job, this.parts, this.signal);
    if (!connection) return;
    await rate.turn(this.signal);
    const look = await connection.client.job(job.state.jobId, this.signal);
    if (this.signal.aborted) return;
    failPoint('perhaps: seen');
    if (look.kind === 'noAccess') this.parts.warn({ kind: 'noAccess', status: look.status });
    memory.nextAt = clock.monotonic() + this.pause(memory, job.state);
    if (look.kind !== 'found') return; // a 404 ends nothing: the job was listed
    memory.urls = look.value.urls;
    const seen = seenOf(look.value);
    if (seen.status === job.state.status && seen.phase === job.state.phase) return;
    if ((await this.parts.ledger.move(job, ['perhaps'], { ...job.state, ...seen })) && seen.phase === 'completed') memory.nextAt = 0;
  }

  private async fetch(job: Perhaps, memory: Memory): Promise<void> {
    const { clipStore, clock, ledger, log } = this.parts;
    const folder = perhapsFolder(clipStore);
    const part = join(folder, `${keyOf(job.id, job.state)}.part`);
    await mkdir(folder, { recursive: true });
    const fetched = await fetchClip(job, job.state.jobId, part, memory, this.parts, this.signal);
    if (this.signal.aborted) return;
    const { unfetched: _, ...state } = job.state;
    switch (fetched.kind) {
      case 'later':
        memory.nextAt = clock.monotonic() + fetched.pause;
        return;
      case 'never':
        memory.emptyHanded = 0;
        memory.broken = 0;
        memory.nextAt = clock.monotonic() + latePause;
        await ledger.move(job, ['perhaps'], { ...state, unfetched: fetched.why });
        return;
      case 'clip': {
        const file = join(folder, `${keyOf(job.id, job.state)}.${fetched.verified.container}`);
        failPoint('perhaps: fetched');
        await rename(part, file);
        failPoint('perhaps: named');
        log(`${job.id}: the clip of ${job.state.jobId}, which may be its own, is here`);
        if (!(await ledger.move(job, ['perhaps'], { ...state, clip: { ...fetched.verified, file } }))) await rm(file, { force: true });
        failPoint('perhaps: written');
      }
    }
  }

  private pause(memory: Memory, { endedAt }: Unclear): number {
    const { clock } = this.parts;
    const age = clock.monotonic() - memory.begun;
    if (Math.max(age, clock.wall() - endedAt) > horizon) return age < lateWatch ? latePause : Number.POSITIVE_INFINITY;
    return Math.min(longestPause, Math.max(shortestPause, Math.ceil(age / 4)));
  }

  private memoryOf(job: Perhaps): Memory {
    const key = keyOf(job.id, job.state);
    const now = this.parts.clock.monotonic();
    const memory = this.memories.get(key) ?? { begun: now, nextAt: now, troubles: 0 };
    this.memories.set(key, memory);
    return memory;
  }
}

/** Clips that may be the user's lie here, apart from takes and from what is on its way to become one. */
export function perhapsFolder(clipStore: string): string {
  return join(clipStore, 'perhaps');
}

/** With the poster that the player made of it. Only below our own folder, whatever the row says. */
export async function forgetGuessedClip(clipStore: string, file: string): Promise<void> {
  const folder = perhapsFolder(clipStore);
  const { name } = parse(file);
  for (const found of await readdir(folder).catch(() => []))
    if (parse(found).name === name) await rm(join(folder, found), { force: true }).catch(() => undefined);
}

/** Names nobody else's file, whatever the service calls its jobs. */
function keyOf(id: string, { jobId }: Guess): string {
  return `${id}-${jobId.replace(/[^\w-]/g, '_')}`;
}
