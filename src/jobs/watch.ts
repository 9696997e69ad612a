import type { JobReport } from '../krea/jobReport';
import type { KreaClient, Look } from '../krea/kreaClient';
import { failPoint } from './failPoint';
import { isOpen, type Job, type JobState, jobIdOf } from './job';
import { belongsTo, type JobParts } from './jobParts';
import { LedgerTrouble } from './ledgerTrouble';
import {
  acceptedPart,
  freshMemory,
  isOverdue,
  isWatched,
  type LookMemory,
  pauseAfter,
  pauseAfterTroubles,
  stateAfter,
  type WatchedState,
} from './lookAtJob';
import { saveTake } from './saveTake';
import { takeOverFromDeadWindows } from './takeOver';

/** Milliseconds between two looks at whether the windows that own open jobs are still there. */
const orphanPause = 5000;
/** Milliseconds between two tries to see an account again. */
const accountPause = 60_000;
/** Milliseconds after which a round is made even if nothing is due: clocks jump, and files are not watched everywhere. */
const longestPause = 60_000;

type Watched = Job & { readonly state: WatchedState };

/**
 * Waits for jobs to end, by polling, for as long as the ledger has one to wait for; then closes every file and stops.
 * One loop for all jobs of this window.
 */
export class Watch {
  private readonly memories = new Map<string, LookMemory>();
  private readonly saving = new Map<string, Promise<void>>();
  private nudged = new AbortController();
  private again = false;
  private looping = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: JobParts,
    private readonly signal: AbortSignal,
  ) {}

  /** Starts the loop when it rests, which then holds the window's lock at once; otherwise makes it look at what has changed. */
  wake(): void {
    this.again = true;
    this.nudged.abort();
    if (this.looping || this.signal.aborted) return;
    this.looping = true;
    this.ended = this.loop();
  }

  /** Looks at every job now: the window has the focus again, the token was replaced, the machine woke. */
  lookNow(): void {
    for (const memory of this.memories.values()) memory.nextAt = 0;
    this.wake();
  }

  async stopped(): Promise<void> {
    await this.ended;
    await Promise.all(this.saving.values());
  }

  private async loop(): Promise<void> {
    const { lock, ledger, clock, log } = this.parts;
    const hold = (): Promise<boolean> =>
      lock.hold().then(
        () => true,
        (error: unknown) => {
          log(`This window cannot say that it lives: ${String(error)}`);
          return false;
        },
      );
    let held = hold();
    ledger.stayOpen();
    while (!this.signal.aborted) {
      this.again = false;
      this.nudged = new AbortController();
      let pause: number | undefined = orphanPause;
      try {
        if (await held) pause = await this.round();
      } catch (error) {
        log(`Watching: ${String(error)}`);
        if (error instanceof LedgerTrouble && error.kind === 'newer') break; // whoever wrote it watches on
      }
      if (this.again) continue;
      if (pause !== undefined) await clock.wait(pause, AbortSignal.any([this.signal, this.nudged.signal]));
      else if (this.saving.size > 0) await Promise.race(this.saving.values());
      else break;
      if (!(await held)) held = hold();
    }
    // no await between that decision and this: whoever wakes us from here on starts a loop of its own, which holds the lock
    this.looping = false;
    this.memories.clear();
    ledger.rest();
    if (await held) lock.release();
  }

  /** One look at everything that is due. Milliseconds until the next, or `undefined` when there is nothing to wait for. */
  private async round(): Promise<number | undefined> {
    const { ledger, lock, clock } = this.parts;
    await takeOverFromDeadWindows(this.parts);
    const live = await ledger.liveJobs();
    for (const id of this.memories.keys()) if (!live.some((job) => job.id === id)) this.memories.delete(id);
    const waitsForOthers = live.some((job) => job.owner !== lock.owner && isOpen(job));
    let next = waitsForOthers ? clock.monotonic() + orphanPause : Number.POSITIVE_INFINITY;
    for (const job of live.filter(({ owner }) => owner === lock.owner)) next = Math.min(next, await this.attend(job));
    if (next === Number.POSITIVE_INFINITY && !live.some(isOpen)) return undefined;
    return Math.min(Math.max(0, next - clock.monotonic()), longestPause);
  }

  /** Does what is due for one job. The monotonic time of its next turn. */
  private async attend(job: Job): Promise<number> {
    if (!isWatched(job) && job.state.name !== 'downloading') return Number.POSITIVE_INFINITY; // being sent; whoever sends it wakes us
    const now = this.parts.clock.monotonic();
    const memory = this.memoryOf(job);
    if (isWatched(job)) {
      const newWish = job.cancelAskedAt !== undefined && !memory.cancelSeen;
      if (now >= memory.nextAt || newWish) await this.look(job, memory);
      return memory.nextAt;
    }
    if (!this.saving.has(job.id) && now >= memory.nextAt) this.save(job, memory);
    return this.saving.has(job.id) ? Number.POSITIVE_INFINITY : memory.nextAt;
  }

  private memoryOf(job: Job): LookMemory {
    const { clock } = this.parts;
    const memory = this.memories.get(job.id) ?? freshMemory(job, clock.wall(), clock.monotonic());
    this.memories.set(job.id, memory);
    return memory;
  }

  private async look(job: Watched, memory: LookMemory): Promise<void> {
    const { clock, ledger, rate, connect } = this.parts;
    const wantsCancel = job.cancelAskedAt !== undefined;
    if (wantsCancel) memory.cancelSeen = true;
    const connection = await connect();
    if (!connection || !belongsTo(connection, job)) {
      memory.nextAt = clock.monotonic() + accountPause;
      return;
    }
    if (wantsCancel) rate.spend();
    else await rate.turn(this.signal);
    failPoint('poll: begins');
    const look = await connection.client.job(job.state.jobId, this.signal);
    failPoint('poll: answered');
    if (this.signal.aborted) return;
    memory.troubles = look.kind === 'trouble' ? memory.troubles + 1 : 0;
    memory.nextAt = clock.monotonic() + pauseAfter(job.state, look, memory, clock.wall());
    const next = await this.afterLook(job, look, memory);
    if (next && !(await ledger.move(job, [job.state.name], next))) return;
    if (next?.name === 'downloading') {
      memory.nextAt = 0;
      if (wantsCancel) await ledger.forgetCancel(job.id);
    }
    const now = await ledger.get(job.id);
    if (look.kind === 'found' && now?.cancelAskedAt !== undefined && isWatched(now)) await this.cancel(now, connection.client, memory);
  }

  private async afterLook(job: Watched, look: Look<JobReport>, memory: LookMemory): Promise<JobState | undefined> {
    const { clock, log, warn } = this.parts;
    switch (look.kind) {
      case 'noAccess':
        warn({ kind: 'noAccess', status: look.status });
        return undefined;
      case 'trouble':
        return undefined;
      case 'notFound':
        if (job.state.deleteSentAt !== undefined) return { name: 'cancelled', ...acceptedPart(job.state), endedAt: clock.wall(), by: 'us' };
        memory.notFound = { since: memory.notFound?.since ?? clock.monotonic(), looks: (memory.notFound?.looks ?? 0) + 1 };
        return this.overdue(job, memory);
      case 'found': {
        delete memory.notFound;
        memory.urls = look.value.urls;
        const next = stateAfter(job, look.value, clock.wall());
        if (next && next.name !== job.state.name) log(`${job.id}: ${job.state.name} → ${next.name} (${look.value.status})`);
        const stillOpen = next === undefined || next.name === job.state.name || next.name === 'running';
        return (stillOpen ? this.overdue(job, memory) : undefined) ?? next;
      }
    }
  }

  private overdue(job: Watched, memory: LookMemory): JobState | undefined {
    const { clock } = this.parts;
    if (!isOverdue(job.state, memory, clock.wall(), clock.monotonic())) return undefined;
    return { name: 'overdue', ...acceptedPart(job.state), since: clock.wall() };
  }

  /** After the GET that showed the job still open. A job that has finished is downloaded, not deleted. */
  private async cancel(job: Watched, client: KreaClient, memory: LookMemory): Promise<void> {
    const { ledger, clock, rate, log } = this.parts;
    if (memory.deleted === 'gone') return this.tooLate(job, memory); // Krea knew nothing to delete, yet has the job
    if (memory.deleted) return;
    if (job.state.deleteSentAt === undefined) {
      const marked: WatchedState = { ...job.state, deleteSentAt: clock.wall() };
      if (!(await ledger.move(job, [job.state.name], marked))) return;
      failPoint('cancel: marked');
      return this.cancel({ ...job, state: marked }, client, memory);
    }
    rate.spend();
    const answer = await client.cancel(job.state.jobId, this.signal);
    failPoint('cancel: answered');
    if (this.signal.aborted) return;
    log(`${job.id}: cancel → ${answer.kind}`);
    if (answer.kind === 'tooLate') return this.tooLate(job, memory);
    memory.troubles = answer.kind === 'unclear' ? memory.troubles + 1 : 0;
    if (answer.kind !== 'unclear') memory.deleted = answer.kind;
    memory.nextAt = clock.monotonic() + (answer.kind === 'unclear' ? pauseAfterTroubles(memory.troubles) : 0); // a GET decides
  }

  private async tooLate(job: Watched, memory: LookMemory): Promise<void> {
    const { deleteSentAt: _, ...state } = job.state;
    if (!(await this.parts.ledger.move(job, [job.state.name], state))) return;
    await this.parts.ledger.forgetCancel(job.id);
    delete memory.deleted;
    delete memory.cancelSeen;
    this.parts.warn({ kind: 'cancelTooLate', id: job.id });
  }

  private save(job: Job, memory: LookMemory): void {
    const { clock, log } = this.parts;
    const ends = saveTake(job, memory, this.parts, this.signal)
      .then((pause) => {
        memory.nextAt = clock.monotonic() + (pause ?? 0);
      })
      .catch((error: unknown) => {
        log(`${job.id} (${jobIdOf(job) ?? '-'}): saving: ${String(error)}`);
        memory.nextAt = clock.monotonic() + accountPause;
      })
      .finally(() => {
        this.saving.delete(job.id);
        this.wake();
      });
    this.saving.set(job.id, ends);
  }
}
