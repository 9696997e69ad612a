import { EventEmitter } from 'node:events';
import { watch as watchFile } from 'node:fs';
import { isOpen, type Job, type Order, type StateName } from './job';
import type { JobParts } from './jobParts';
import { Ledger } from './ledger';
import { acceptedPart } from './lookAtJob';
import { submitJob } from './submitJob';
import { Watch } from './watch';

/** A job that went from one state to another, by this window's work or another's. */
export interface Step {
  readonly job: Job;
  readonly from: StateName | undefined;
}

/** How many of the newest jobs a list shows. */
const listed = 200;

/** All jobs of one ledger, as this window sees and works on them. */
export class Jobs {
  readonly events = new EventEmitter<{ changed: [readonly Job[]]; step: [Step] }>();
  private readonly closing = new AbortController();
  private readonly watch: Watch;
  private seen = new Map<string, StateName>();
  private list: readonly Job[] = [];
  private sending: Promise<void> = Promise.resolve();
  private reading: Promise<void> | undefined;
  private readAgain = false;
  private stopWatchingStamp: (() => void) | undefined;

  constructor(
    private readonly parts: JobParts,
    private readonly folder: string,
    private readonly newId: () => string,
  ) {
    this.watch = new Watch(parts, this.closing.signal);
    parts.ledger.events.on('changed', this.onLedgerChanged);
  }

  /** Picks up what is open, whatever window began it. */
  async start(): Promise<void> {
    await this.refresh();
    await this.lookAgainAtOverdue();
    if (this.list.some(isOpen)) {
      this.watchStamp();
      this.watch.wake();
    } else this.parts.ledger.rest();
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
    const { lock, clock } = this.parts;
    const job: Job = {
      id: this.newId(),
      account,
      apiBase,
      createdAt: clock.wall(),
      order,
      owner: lock.windowId,
      epoch: 1,
      state: { name: 'intended' },
    };
    await this.holding(async () => {
      await this.parts.ledger.insert(job);
      this.send(job);
    });
    return job;
  }

  /** Sends a job that never left this machine: the same row, since nothing of it was ever at Krea. */
  async sendNow(id: string): Promise<void> {
    await this.holding(async () => {
      const { ledger, lock } = this.parts;
      const job = await ledger.get(id);
      if (job?.state.name !== 'notSent') return;
      if (await ledger.takeOver(job, lock.windowId, { name: 'intended' }))
        this.send({ ...job, owner: lock.windowId, epoch: job.epoch + 1, state: { name: 'intended' } });
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

  /** Fetches the clip of a finished job once more. Free. */
  async saveAgain(id: string): Promise<void> {
    await this.holding(async () => {
      const { ledger, lock } = this.parts;
      const job = await ledger.get(id);
      if (job?.state.name !== 'notFetched' && job?.state.name !== 'done') return;
      await ledger.takeOver(job, lock.windowId, { name: 'downloading', ...acceptedPart(job.state), endedAt: job.state.endedAt });
    });
  }

  /** The window has the focus again, the machine woke, or the token changed. */
  lookNow(): void {
    if (this.list.some(isOpen)) this.watch.lookNow();
  }

  async lookAgainAtOverdue(id?: string): Promise<void> {
    const overdue = this.list.filter((job) => job.state.name === 'overdue' && (id === undefined || job.id === id));
    if (overdue.length === 0) return;
    await this.holding(async () => {
      const { ledger, lock } = this.parts;
      for (const job of overdue)
        if (job.state.name === 'overdue') await ledger.takeOver(job, lock.windowId, { name: 'queued', ...acceptedPart(job.state) });
    });
  }

  async refresh(): Promise<void> {
    this.readAgain = true;
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    await this.reading;
  }

  async dispose(): Promise<void> {
    this.closing.abort();
    this.stopWatchingStamp?.();
    this.parts.ledger.events.off('changed', this.onLedgerChanged);
    await Promise.all([this.watch.stopped(), this.sending]);
    await this.parts.lock.release();
    this.parts.ledger.rest();
  }

  /** Rows are written as this window's only while its lock says that it lives. The watch holds it from there on. */
  private async holding(write: () => Promise<void>): Promise<void> {
    await this.parts.lock.hold();
    try {
      await write();
    } finally {
      this.watch.wake();
      await this.parts.lock.release();
    }
  }

  /** POSTs go one at a time, so that an answer that is lost leaves few jobs it could belong to. */
  private send(job: Job): void {
    this.sending = this.sending
      .then(() => submitJob(job, this.parts, this.closing.signal))
      .catch((error: unknown) => this.parts.log(`${job.id}: ${String(error)}`))
      .finally(() => this.watch.wake());
  }

  private readonly onLedgerChanged = (): void => {
    void this.refresh();
  };

  private async read(): Promise<void> {
    while (this.readAgain && !this.closing.signal.aborted) {
      this.readAgain = false;
      try {
        const newest = await this.parts.ledger.newest(listed);
        const older = (await this.parts.ledger.openJobs()).filter((job) => !newest.some(({ id }) => id === job.id));
        this.show([...newest, ...older]);
      } catch (error) {
        this.parts.log(`The ledger could not be read: ${String(error)}`);
      }
    }
  }

  private show(list: readonly Job[]): void {
    const first = this.seen.size === 0 && this.list.length === 0;
    const steps = list.flatMap((job) => (this.seen.get(job.id) === job.state.name ? [] : [{ job, from: this.seen.get(job.id) }]));
    this.list = list;
    this.seen = new Map(list.map((job) => [job.id, job.state.name]));
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
      const stamp = Ledger.stampOf(this.folder);
      const watcher = watchFile(this.folder, (_event, name) => {
        if (name === null || stamp.endsWith(name)) void this.refresh().then(() => this.watch.wake());
      });
      watcher.on('error', () => this.unwatchStamp());
      this.stopWatchingStamp = () => watcher.close();
    } catch (error) {
      this.parts.log(`Other windows' jobs are seen late: ${String(error)}`);
    }
  }

  private unwatchStamp(): void {
    this.stopWatchingStamp?.();
    this.stopWatchingStamp = undefined;
  }
}
