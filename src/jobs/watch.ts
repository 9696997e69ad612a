import type { JobReport } from '../krea/jobReport';
import type { KreaClient, Look } from '../krea/kreaClient';
import { isOpen, type Job, jobIdOf } from './job';
import { belongsTo, type JobParts } from './jobParts';
import { acceptedPart, isOverdue, type LookMemory, pauseAfter, stateAfter, type WatchedState } from './lookAtJob';
import { saveTake } from './saveTake';
import { takeOverFromDeadWindows } from './takeOver';

/** Milliseconds between two looks at whether the windows that own open jobs are still there. */
const orphanPause = 5000;
/** Milliseconds between two tries to see an account again. */
const accountPause = 60_000;

type Watched = Job & { readonly state: WatchedState };

/**
 * Waits for jobs to end, by polling, for as long as the ledger has an open one; then closes every file and stops.
 * One loop for all jobs of this window.
 */
export class Watch {
  private readonly memories = new Map<string, LookMemory>();
  private readonly saving = new Map<string, Promise<void>>();
  private nudged = new AbortController();
  private again = false;
  private running: Promise<void> | undefined;

  constructor(
    private readonly parts: JobParts,
    private readonly signal: AbortSignal,
  ) {}

  /** Starts the loop when it rests; otherwise makes it look at what has changed. */
  wake(): void {
    this.again = true;
    this.nudged.abort();
    this.running ??= this.loop().finally(() => {
      this.running = undefined;
      if (this.again && !this.signal.aborted) this.wake(); // came while the loop was putting its things away
    });
  }

  /** Looks at every job now: the window has the focus again, the token was replaced, the machine woke. */
  lookNow(): void {
    for (const memory of this.memories.values()) memory.nextAt = 0;
    this.wake();
  }

  async stopped(): Promise<void> {
    await this.running;
    await Promise.all(this.saving.values());
  }

  private async loop(): Promise<void> {
    await this.parts.lock.hold();
    while (!this.signal.aborted) {
      this.again = false;
      this.nudged = new AbortController();
      let pause: number | undefined;
      try {
        pause = await this.round();
      } catch (error) {
        this.parts.log(`Watching: ${String(error)}`);
        pause = orphanPause;
      }
      if (pause !== undefined) await this.parts.clock.wait(pause, AbortSignal.any([this.signal, this.nudged.signal]));
      else if (!this.again && this.saving.size === 0) break;
      else if (!this.again) await Promise.race(this.saving.values());
    }
    await this.rest();
  }

  private async rest(): Promise<void> {
    this.memories.clear();
    await this.parts.lock.release();
    this.parts.ledger.rest();
  }

  /** One look at everything that is due. Milliseconds until the next, or `undefined` when no job is open. */
  private async round(): Promise<number | undefined> {
    const { ledger, lock, clock } = this.parts;
    await takeOverFromDeadWindows(this.parts);
    const open = await ledger.openJobs();
    if (open.length === 0) return undefined;
    const mine = open.filter((job) => job.owner === lock.windowId);
    let next = mine.length === open.length ? Number.POSITIVE_INFINITY : clock.monotonic() + orphanPause;
    for (const job of mine) next = Math.min(next, await this.attend(job));
    return Math.min(Math.max(0, next - clock.monotonic()), accountPause);
  }

  /** Does what is due for one job. The monotonic time of its next turn. */
  private async attend(job: Job): Promise<number> {
    const { clock } = this.parts;
    const memory = this.memoryOf(job);
    switch (job.state.name) {
      case 'queued':
      case 'running':
        if (clock.monotonic() >= memory.nextAt || (job.cancelAskedAt !== undefined && !memory.deleted))
          await this.look({ ...job, state: job.state }, memory);
        return memory.nextAt;
      case 'downloading':
        if (!this.saving.has(job.id) && clock.monotonic() >= memory.nextAt) this.save(job, memory);
        return this.saving.has(job.id) ? Number.POSITIVE_INFINITY : memory.nextAt;
      default:
        return Number.POSITIVE_INFINITY; // still being sent; the ledger wakes us when that is over
    }
  }

  private memoryOf(job: Job): LookMemory {
    const known = this.memories.get(job.id);
    if (known) return known;
    const fresh: LookMemory = { nextAt: 0, troubles: 0 };
    this.memories.set(job.id, fresh);
    return fresh;
  }

  private async look(job: Watched, memory: LookMemory): Promise<void> {
    const { clock, ledger } = this.parts;
    const connection = await this.parts.connect();
    if (!connection || !belongsTo(connection, job)) {
      memory.nextAt = clock.monotonic() + accountPause;
      return;
    }
    if (clock.wall() - job.state.acceptedAt < 2500 && job.cancelAskedAt === undefined) {
      memory.nextAt = clock.monotonic() + 2500;
      return;
    }
    await this.parts.rate.turn(this.signal);
    const look = await connection.client.job(job.state.jobId, this.signal);
    if (this.signal.aborted) return;
    await this.note(job, look, memory);
    memory.nextAt = clock.monotonic() + pauseAfter(job.state, look, memory, clock.wall());
    const after = await ledger.get(job.id);
    if (!after || !isOpen(after)) this.memories.delete(job.id);
    else if (
      after.cancelAskedAt !== undefined &&
      (after.state.name === 'queued' || after.state.name === 'running') &&
      look.kind !== 'noAccess'
    )
      await this.cancel({ ...after, state: after.state }, connection.client, memory);
    if (after && after.state.name === 'downloading') memory.nextAt = 0;
  }

  private async note(job: Watched, look: Look<JobReport>, memory: LookMemory): Promise<void> {
    const { clock, ledger } = this.parts;
    memory.troubles = look.kind === 'trouble' ? memory.troubles + 1 : 0;
    if (look.kind === 'notFound') {
      if (memory.deleted) return this.end(job, { name: 'cancelled', ...acceptedPart(job.state), endedAt: clock.wall(), by: 'us' });
      memory.notFound = { since: memory.notFound?.since ?? clock.monotonic(), looks: (memory.notFound?.looks ?? 0) + 1 };
    }
    if (look.kind === 'noAccess') this.parts.warn({ kind: 'noAccess', status: look.status });
    if (look.kind === 'found') {
      delete memory.notFound;
      memory.urls = look.value.urls;
      const next = stateAfter(job, look.value, clock.wall());
      if (next) {
        if (next.name !== job.state.name) this.parts.log(`${job.id}: ${job.state.name} → ${next.name} (${look.value.status})`);
        if (next.name === 'downloading' && job.cancelAskedAt !== undefined) await ledger.forgetCancel(job.id);
        return this.end(job, next);
      }
    }
    if (isOverdue(job.state, memory, clock.wall(), clock.monotonic()))
      await this.end(job, { name: 'overdue', ...acceptedPart(job.state), since: clock.wall() });
  }

  private async end(job: Watched, state: Job['state']): Promise<void> {
    await this.parts.ledger.move(job, ['queued', 'running'], state);
  }

  /** After the GET that showed the job still open. A job that has finished is downloaded, not deleted. */
  private async cancel(job: Watched, client: KreaClient, memory: LookMemory): Promise<void> {
    if (memory.deleted) return;
    this.parts.rate.spend();
    const answer = await client.cancel(job.state.jobId);
    this.parts.log(`${job.id}: cancel → ${answer.kind}`);
    if (answer.kind === 'done') memory.deleted = true;
    if (answer.kind === 'gone')
      return this.end(job, { name: 'cancelled', ...acceptedPart(job.state), endedAt: this.parts.clock.wall(), by: 'us' });
    if (answer.kind === 'tooLate') {
      await this.parts.ledger.forgetCancel(job.id);
      this.parts.warn({ kind: 'cancelTooLate', id: job.id });
    }
    memory.nextAt = this.parts.clock.monotonic() + (answer.kind === 'done' ? 0 : 2500); // a GET decides
  }

  private save(job: Job, memory: LookMemory): void {
    const ends = saveTake(job, memory, this.parts, this.signal)
      .then((pause) => {
        memory.nextAt = this.parts.clock.monotonic() + (pause ?? 0);
      })
      .catch((error: unknown) => {
        this.parts.log(`${job.id} (${jobIdOf(job) ?? '-'}): saving: ${String(error)}`);
        memory.nextAt = this.parts.clock.monotonic() + accountPause;
      })
      .finally(() => {
        this.saving.delete(job.id);
        this.wake();
      });
    this.saving.set(job.id, ends);
  }
}
