import { EventEmitter } from 'node:events';
import { existsSync, watch as watchFile } from 'node:fs';
import { basename } from 'node:path';
import { clearParts } from './clearParts';
import { failPoint } from './failPoint';
import { isLive, isOpen, type Job, type JobState, type Order, type StateName } from './job';
import type { Connection, JobParts, UploadProgress } from './jobParts';
import { Ledger } from './ledger';
import { LedgerTrouble } from './ledgerTrouble';
import { findLostClips, insertLostClip, type LostClip, type LostClips, type Preview, previewLostClip } from './lostClips';
import { neverThrowing } from './neverThrowing';
import { forgetGuessedClip } from './perhapsWatch';
import { saveAgain } from './saveAgain';
import { submitJob } from './submitJob';
import { isDecidable, type Perhaps, recognised, withoutGuess } from './unclear';
import { Watch } from './watch';

/** A job that went from one state to another, by this window's work or another's. */
export interface Step {
  readonly job: Job;
  readonly from: StateName | undefined;
}

/** How many of the newest jobs a list shows. */
const listed = 200;
/** Milliseconds until a job that could not even be written as *submitting* is tried again. */
const troublePause = 5000;

/** All jobs of one ledger, as this window sees and works on them. */
export class Jobs {
  readonly events = new EventEmitter<{ changed: [readonly Job[]]; step: [Step]; upload: [UploadProgress] }>();
  private readonly closing = new AbortController();
  private readonly watch: Watch;
  private seen = new Map<string, { readonly name: StateName; readonly decidable: boolean }>();
  private list: readonly Job[] = [];
  private shown = false;
  private sending: Promise<void> = Promise.resolve();
  private clearing: Promise<void> = Promise.resolve();
  private reading: Promise<void> | undefined;
  private readAgain = false;
  private stopWatchingStamp: (() => void) | undefined;

  private readonly parts: JobParts;

  constructor(
    parts: JobParts,
    private readonly folder: string,
    private readonly newId: () => string,
  ) {
    const onUpload = neverThrowing((progress: UploadProgress) => void this.events.emit('upload', progress));
    this.parts = { ...parts, onUpload, log: neverThrowing(parts.log), warn: neverThrowing(parts.warn) };
    this.watch = new Watch(this.parts, this.closing.signal);
    parts.ledger.events.on('changed', this.onLedgerChanged);
  }

  /** Picks up what is open, whatever window began it. */
  async start(): Promise<void> {
    await this.refresh();
    this.clearing = clearParts(this.parts).catch((error: unknown) => this.parts.log(`Parts stay: ${String(error)}`));
    if (this.list.some(isLive)) this.watch.wake();
    // a ledger that other windows keep busy must not keep this one from opening: the marker costs one look at the next start
    else await this.parts.ledger.tidyMarker().catch((error: unknown) => this.parts.log(`The marker stays: ${String(error)}`));
  }

  /** The newest jobs, newest first. */
  get newest(): readonly Job[] {
    return this.list;
  }

  get open(): readonly Job[] {
    return this.list.filter(isOpen);
  }

  /** Any job of the ledger, also one too old for the list. */
  find(id: string): Promise<Job | undefined> {
    return this.parts.ledger.get(id);
  }

  /** Resolves when the job is in the ledger, on disk, as *intended*. It is sent after that, without the caller. */
  async submit(order: Order, account: string, apiBase: string): Promise<Job> {
    return this.holding(async (owner) => {
      const createdAt = this.parts.clock.wall();
      const job: Job = { id: this.newId(), account, apiBase, createdAt, order, owner, epoch: 1, state: { name: 'intended' } };
      await this.parts.ledger.insert(job);
      this.send(job);
      return job;
    });
  }

  /** Sends a job that never left this machine: the same row, since nothing of it was ever at Krea. */
  async sendNow(id: string): Promise<void> {
    await this.holding(async (owner) => {
      const { ledger } = this.parts;
      const job = await ledger.get(id);
      if (job?.state.name !== 'notSent') return;
      if (await ledger.takeOver(job, owner, { name: 'intended' }))
        this.send({ ...job, owner, epoch: job.epoch + 1, state: { name: 'intended' } });
    });
  }

  /** A flag on the row: the window that owns the job acts on it. Free while nothing is sent. */
  async cancel(id: string): Promise<void> {
    await this.parts.ledger.askToCancel(id);
    const job = await this.parts.ledger.get(id);
    if (job?.state.name === 'intended')
      await this.parts.ledger.move(job, ['intended'], { name: 'cancelled', endedAt: this.parts.clock.wall(), by: 'us' });
    this.watch.wake();
  }

  /** Fetches the clip of a finished job once more, unless it stands where it was saved; one that is kept goes home. Free. */
  async saveAgain(id: string): Promise<void> {
    await this.holding((owner) => saveAgain(id, owner, this.parts, this.closing.signal));
  }

  /** The user knows the clip: from here on it is the job's own. False while there is nothing to know it by. */
  async recognise(id: string): Promise<boolean> {
    return this.decide(id, (state) => recognised(state, this.parts.clock.wall()));
  }

  /** The user does not know the clip: the search goes on without it. */
  async notMine(id: string): Promise<boolean> {
    return this.decide(id, (state) => ({ name: 'unknown', ...withoutGuess(state) }));
  }

  /** Finished jobs of the account in use that no row has. Free. */
  async findLostClips(connection: Connection, signal: AbortSignal, onRead: (jobs: number) => void): Promise<LostClips> {
    return findLostClips(connection, this.parts, AbortSignal.any([signal, this.closing.signal]), onRead);
  }

  /** The clip of a found job, to be looked at. The file is the caller's to forget. */
  async previewLostClip(clip: LostClip, connection: Connection, signal: AbortSignal): Promise<Preview> {
    return previewLostClip(clip, connection, this.parts, AbortSignal.any([signal, this.closing.signal]));
  }

  async forgetPreview(preview: Preview): Promise<void> {
    if (preview.kind === 'clip') await forgetGuessedClip(this.parts.clipStore, preview.file);
  }

  /** Takes a found job for the user's: a row, and its clip is saved. False when a row has it already. Free. */
  async adoptLostClip(clip: LostClip, order: Order, connection: Connection, preview?: Preview): Promise<boolean> {
    return this.holding(async (owner) => {
      const row = { id: this.newId(), account: connection.account, apiBase: connection.client.apiBase.href, order, owner, epoch: 1 };
      return insertLostClip(row, clip, preview?.kind === 'clip' ? preview : undefined, this.parts);
    });
  }

  private async decide(id: string, decided: (state: Perhaps['state']) => JobState | undefined): Promise<boolean> {
    return this.holding(async (owner) => {
      const { ledger, clipStore, log } = this.parts;
      // the row may move on, in any window, between being read and being decided
      for (let tries = 0; tries < 5; tries++) {
        const job = await ledger.get(id);
        if (job?.state.name !== 'perhaps') return false;
        const next = decided(job.state);
        if (!next) return false;
        if (!(await ledger.takeOver(job, owner, next))) continue;
        failPoint('decision: written');
        log(`${id}: ${job.state.jobId} is ${next.name === 'unknown' ? 'not this job, says the user' : 'this job, says the user'}`);
        if (next.name === 'unknown' && job.state.clip) await forgetGuessedClip(clipStore, job.state.clip.file);
        return true;
      }
      return false;
    });
  }

  /** The window has the focus again, the machine woke, or the token changed. Another window may have died meanwhile. */
  lookNow(): void {
    if (this.list.some(isLive) || existsSync(Ledger.markerOf(this.folder))) this.watch.lookNow();
  }

  refresh(): Promise<void> {
    this.readAgain = true;
    this.reading ??= this.read();
    return this.reading;
  }

  /** Ends the watch; waits for a POST that is under way, since its answer may hold the id of a paid job. */
  async dispose(): Promise<void> {
    this.closing.abort();
    this.unwatchStamp();
    this.parts.ledger.events.off('changed', this.onLedgerChanged);
    await Promise.all([this.watch.stopped(), this.sending, this.reading, this.clearing]);
  }

  /** Rows are written as this window's only while its lock says that it lives. The watch holds it from there on. */
  private async holding<T>(write: (owner: string) => Promise<T>): Promise<T> {
    const { lock } = this.parts;
    await lock.hold();
    try {
      return await write(lock.owner);
    } finally {
      this.watch.wake();
      lock.release();
    }
  }

  /** POSTs go one at a time, so that an answer that is lost leaves few jobs it could belong to. */
  private send(job: Job): void {
    const { lock } = this.parts;
    const held = lock.hold();
    this.sending = this.sending
      .then(() => held)
      .then(() => this.submitUntilSettled(job))
      .catch((error: unknown) => this.parts.log(`${job.id}: ${String(error)}`))
      .finally(() => {
        lock.release();
        this.watch.wake();
      });
  }

  /** Trouble before anything was sent (a busy ledger, a locked keyring) passes, or the user cancels. */
  private async submitUntilSettled(job: Job): Promise<void> {
    const { clock, log } = this.parts;
    while (!this.closing.signal.aborted) {
      try {
        return await submitJob(job, this.parts, this.closing.signal);
      } catch (error) {
        log(`${job.id}: not sent yet: ${String(error)}`);
        // whoever wrote it finds this row without its window, and says that it was not sent
        if (error instanceof LedgerTrouble && error.kind === 'newer') return;
        await clock.wait(troublePause, this.closing.signal);
      }
    }
  }

  private readonly onLedgerChanged = (): void => {
    void this.refresh();
  };

  private async read(): Promise<void> {
    while (this.readAgain && !this.closing.signal.aborted) {
      this.readAgain = false;
      try {
        const newest = await this.parts.ledger.newest(listed);
        const older = (await this.parts.ledger.liveJobs()).filter((job) => !newest.some(({ id }) => id === job.id));
        this.show([...newest, ...older]);
      } catch (error) {
        this.parts.log(`The ledger could not be read: ${String(error)}`);
      }
    }
    this.reading = undefined; // no await since the last look at readAgain: a wish to read is never lost
  }

  private show(list: readonly Job[]): void {
    const first = !this.shown;
    this.shown = true;
    const steps = list.flatMap((job) => {
      const from = this.seen.get(job.id);
      return from?.name === job.state.name && from.decidable === isDecidable(job) ? [] : [{ job, from: from?.name }];
    });
    this.list = list;
    this.seen = new Map(list.map((job) => [job.id, { name: job.state.name, decidable: isDecidable(job) }]));
    this.events.emit('changed', list);
    // what was there when this window opened is no news
    for (const step of steps) if (!(first && step.from === undefined && !isOpen(step.job))) this.events.emit('step', step);
    if (list.some(isOpen)) this.watchStamp();
    else this.unwatchStamp();
  }

  /** Only while a job is open: another window may move it on, or ask for its cancel. */
  private watchStamp(): void {
    if (this.stopWatchingStamp || this.closing.signal.aborted) return;
    try {
      const stamp = basename(Ledger.stampOf(this.folder));
      const watcher = watchFile(this.folder, (_event, name) => {
        if (name === null || name === stamp) void this.refresh().then(() => this.watch.wake());
      });
      watcher.on('error', () => this.unwatchStamp());
      this.stopWatchingStamp = () => watcher.close();
    } catch (error) {
      this.parts.log(`Other windows' jobs are seen late: ${String(error)}`);
      this.stopWatchingStamp = () => undefined; // not tried, and said, at every change
    }
  }

  private unwatchStamp(): void {
    this.stopWatchingStamp?.();
    this.stopWatchingStamp = undefined;
  }
}
