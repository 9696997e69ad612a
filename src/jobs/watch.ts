import { AccountWatch } from './accountWatch';
import type { Watched } from './applyLook';
import { isOpen, type Job, jobIdOf } from './job';
import { belongsTo, type JobParts } from './jobParts';
import { LearntRuns } from './learntRuns';
import { checkEvery, Leases, type Observed } from './leases';
import { LedgerTrouble } from './ledgerTrouble';
import { freshMemory, isWatched, type LookMemory } from './lookAtJob';
import { Reconcile } from './reconcile';
import { saveTake } from './saveTake';
import { takeOver } from './takeOver';

/** Milliseconds between two tries to see an account again. */
const accountPause = 60_000;
/** Milliseconds after which a round is made even if nothing is due: clocks jump, and files are not watched everywhere. */
const longestPause = 60_000;

/**
 * Waits for jobs to end for as long as the ledger has one to wait for; then closes every file and stops. One loop a
 * window: it takes over from windows that are gone, watches the account in use if no other window does, and saves the
 * clips of its own jobs. What it starts works on beside it, so that nothing keeps a round waiting.
 */
export class Watch {
  private readonly memories = new Map<string, LookMemory>();
  private readonly saving = new Set<string>();
  /** What is under way beside the loop. */
  private readonly working = new Set<Promise<void>>();
  private readonly leases: Leases;
  private readonly learnt: LearntRuns;
  private readonly reconcile: Reconcile;
  private account: { readonly key: string; readonly watch: AccountWatch } | undefined;
  private asksForLook = false;
  private nudged = new AbortController();
  private again = false;
  private looping = false;
  private ended: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: JobParts,
    private readonly signal: AbortSignal,
  ) {
    this.leases = new Leases(parts.ledger, parts.lock, parts.clock);
    this.learnt = new LearntRuns(parts);
    this.reconcile = new Reconcile(parts, this.beside, signal);
  }

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
    this.asksForLook = true;
    this.lookAtAll();
    this.wake();
  }

  async stopped(): Promise<void> {
    await this.ended;
    await Promise.all(this.working);
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
      let pause: number | undefined = checkEvery;
      try {
        if (await held) pause = await this.round();
      } catch (error) {
        log(`Watching: ${String(error)}`);
        if (error instanceof LedgerTrouble && error.kind === 'newer') break; // whoever wrote it watches on
      }
      if (this.again) continue;
      if (pause !== undefined) await clock.wait(pause, AbortSignal.any([this.signal, this.nudged.signal]));
      else if (this.working.size > 0) await Promise.race(this.working);
      else break;
      if (!(await held)) held = hold();
    }
    // no await between that decision and this: whoever wakes us from here on starts a loop of its own, which holds the lock
    this.looping = false;
    this.memories.clear();
    this.account = undefined;
    const resting = this.leases.rest().catch((error: unknown) => log(`Watching: ${String(error)}`));
    ledger.rest();
    if (await held) lock.release();
    await resting;
  }

  /** One round of everything that is due. Milliseconds until the next, or `undefined` when there is nothing to wait for. */
  private async round(): Promise<number | undefined> {
    const { ledger, clock } = this.parts;
    const before = await ledger.liveJobs();
    // else its own rows would hold this window's lock, and with it the newer window off
    if (before.length > 0) await ledger.file.mustNotBeNewer();
    const watchers = before.some(isWatched) ? await this.leases.watchers() : [];
    const observed = await this.leases.observe([...before, ...watchers].map(({ owner }) => owner));
    if (observed.woke) this.lookAtAll();
    await this.leases.forget(observed.gone);
    const live = (await takeOver(before, observed, this.parts)) ? await ledger.liveJobs() : before;
    for (const id of this.memories.keys()) if (!live.some((job) => job.id === id)) this.memories.delete(id);
    const next = Math.min(await this.watch(live, observed), this.saveOwn(live), this.reconcile.attend(live));
    if (live.length > 0) await this.leases.beat();
    if (live.some(isOpen)) return Math.min(Math.max(0, next - clock.monotonic()), checkEvery);
    return next < Number.POSITIVE_INFINITY ? Math.min(Math.max(0, next - clock.monotonic()), longestPause) : undefined;
  }

  /** Looks at the jobs of the account in use, whoever owns them, if the watch of that account is this window's. */
  private async watch(live: readonly Job[], observed: Observed): Promise<number> {
    const { clock, connect, log } = this.parts;
    const watched = live.filter(isWatched);
    const connection = watched.length > 0 ? await connect() : undefined;
    const own = connection ? watched.filter((job) => belongsTo(connection, job)) : [];
    if (!connection || own.length === 0) return watched.length > 0 ? clock.monotonic() + accountPause : Number.POSITIVE_INFINITY;
    const { account, client } = connection;
    // a stopped window loses its watch only while there is something to wait for: else it beats rarely
    const free = own.some(isOpen) ? new Set([...observed.gone, ...observed.still]) : observed.gone;
    const lease = await this.leases.claimWatch(account, client.apiBase.href, free);
    if (this.asksForLook && !lease) {
      await this.leases.askForLook();
      this.parts.ledger.tell();
    }
    this.asksForLook = false;
    if (!lease) return own.some(isOpen) ? clock.monotonic() + checkEvery : Number.POSITIVE_INFINITY;
    const key = `${account} ${client.apiBase.href} ${lease.epoch}`;
    if (this.account?.key !== key) {
      log(`This window watches for all (${lease.epoch})`);
      for (const { id } of own) this.memories.delete(id); // what it remembers may be older than what another has seen
      this.account = {
        key,
        watch: new AccountWatch(this.parts, this.learnt, (job: Watched) => this.memoryOf(job), this.beside, this.signal),
      };
    }
    return this.account.watch.attend(own, client, lease);
  }

  /** Lets work go on beside the loop, which looks again when it ends. */
  private readonly beside = (work: Promise<void>): void => {
    const ends = work
      .catch((error: unknown) => this.parts.log(`Watching: ${String(error)}`))
      .finally(() => {
        this.working.delete(ends);
        this.wake();
      });
    this.working.add(ends);
  };

  private lookAtAll(): void {
    for (const memory of this.memories.values()) memory.nextAt = 0;
    this.account?.watch.lookNow();
    this.reconcile.lookNow();
  }

  private memoryOf(job: Job): LookMemory {
    const { clock } = this.parts;
    const memory = this.memories.get(job.id) ?? freshMemory(job, { wall: clock.wall(), monotonic: clock.monotonic() });
    this.memories.set(job.id, memory);
    return memory;
  }

  /** Starts to save what Krea has finished of this window's jobs. The monotonic time of the next try. */
  private saveOwn(live: readonly Job[]): number {
    const { clock, lock } = this.parts;
    let next = Number.POSITIVE_INFINITY;
    for (const job of live) {
      if (job.owner !== lock.owner || job.state.name !== 'downloading' || this.saving.has(job.id)) continue;
      const memory = this.memoryOf(job);
      if (memory.nextAt <= clock.monotonic()) this.save(job, memory);
      else next = Math.min(next, memory.nextAt);
    }
    return next;
  }

  private save(job: Job, memory: LookMemory): void {
    const { clock, log } = this.parts;
    this.saving.add(job.id);
    this.learnt.forget();
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
        this.working.delete(ends);
        this.wake();
      });
    this.working.add(ends);
  }
}
