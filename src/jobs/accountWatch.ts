import type { JobReport } from '../krea/jobReport';
import type { KreaClient, Look } from '../krea/kreaClient';
import { absentFromList } from './absentFromList';
import { applyLook, type Watched } from './applyLook';
import { cancelJob } from './cancelJob';
import { failPoint } from './failPoint';
import { JobPages } from './jobPage';
import type { JobParts } from './jobParts';
import type { LearntRuns } from './learntRuns';
import type { WatchLease } from './leases';
import { type LookMemory, pauseAfterTroubles, pauseOverdue, wouldBeOverdue } from './lookAtJob';
import { type Awaited, LookSchedule } from './lookSchedule';
import { withPatience } from './patience';

/** From so many open jobs on, one call shows them all. */
const fewestForPage = 3;
/** Milliseconds between two tries while nothing answers: the network may be back at any moment. */
const silencePause = 5000;
/** Milliseconds until an account that may not see its jobs is tried again. */
const noAccessPause = 55_000;
/** Milliseconds: no pause is longer, whatever Krea asks for; it may be well again. */
const longestPause = 55_000;
/** While nothing answers, most tries are given up after these milliseconds; each so many-th has all the time it needs. */
const probe = { patience: 5000, fullEach: 12 };
/** Ages of so many jobs of a kind say enough. */
const mostRunning = 100;

interface Turn {
  readonly client: KreaClient;
  readonly lease: WatchLease;
}

/** Looks at the jobs of one account, for all windows, and carries out wishes to cancel. */
export class AccountWatch {
  private readonly pages = new JobPages();
  private together = new LookSchedule();
  private readonly alone = new Map<string, LookSchedule>();
  private trouble = { count: 0, silent: 0, until: Number.NEGATIVE_INFINITY };
  private polling = false;
  private cancelling = false;
  private lookSoon = false;
  private looksAsked: number | undefined;

  constructor(
    private readonly parts: JobParts,
    private readonly learnt: LearntRuns,
    private readonly memoryOf: (job: Watched) => LookMemory,
    private readonly beside: (work: Promise<void>) => void,
    private readonly signal: AbortSignal,
  ) {}

  lookNow(): void {
    this.lookSoon = true;
  }

  /** Starts what is due. The monotonic time of the next turn. */
  async attend(jobs: readonly Watched[], client: KreaClient, lease: WatchLease): Promise<number> {
    for (const id of this.alone.keys()) if (!jobs.some((job) => job.id === id)) this.alone.delete(id);
    if (this.looksAsked !== undefined && this.looksAsked !== lease.looksAsked) this.lookSoon = true;
    this.looksAsked = lease.looksAsked;
    await this.learn(jobs);
    const turn: Turn = { client, lease };
    const wishes = jobs.filter((job) => this.isWish(job)).sort((one, other) => (one.cancelAskedAt ?? 0) - (other.cancelAskedAt ?? 0));
    const now = this.parts.clock.monotonic();
    const dueWishes = wishes.filter((job) => this.memoryOf(job).nextAt <= now);
    if (!this.cancelling && dueWishes.length > 0) this.start('cancelling', () => this.cancel(dueWishes, turn));
    const nextWish = this.cancelling ? Number.POSITIVE_INFINITY : Math.min(...wishes.map((job) => this.memoryOf(job).nextAt));
    return Math.min(
      nextWish,
      this.attendPolls(
        jobs.filter((job) => !wishes.includes(job)),
        turn,
        now,
      ),
    );
  }

  private attendPolls(jobs: readonly Watched[], turn: Turn, now: number): number {
    if (this.polling) return Number.POSITIVE_INFINITY;
    const open = jobs.filter(({ state }) => state.name !== 'overdue');
    const page = open.length >= fewestForPage ? open : [];
    const single = jobs.filter((job) => !page.includes(job)).map((job) => ({ job, due: this.lookSoon ? now : this.dueAlone(job, now) }));
    const pageDue = page.length === 0 ? Number.POSITIVE_INFINITY : this.lookSoon ? now : this.dueTogether(page, now);
    const next = Math.max(Math.min(pageDue, ...single.map(({ due }) => due)), this.lookSoon ? now : this.trouble.until);
    if (next > now) return next;
    this.lookSoon = false;
    this.start('polling', async () => {
      if (pageDue <= now) await this.lookAtAll(page, turn);
      for (const { job } of single.filter(({ due }) => due <= now)) if (!this.signal.aborted) await this.lookAtOne(job, turn);
    });
    return Number.POSITIVE_INFINITY;
  }

  private isWish(job: Watched): boolean {
    return job.cancelAskedAt !== undefined && this.memoryOf(job).deleted !== 'done';
  }

  /** A DELETE was answered: what became of the job is asked as soon as it is known that nothing else is in the way. */
  private dueAlone(job: Watched, now: number): number {
    const memory = this.memoryOf(job);
    if (job.state.name === 'overdue' || memory.deleted === 'done') return memory.nextAt;
    const schedule = this.alone.get(job.id) ?? new LookSchedule();
    this.alone.set(job.id, schedule);
    return Math.max(memory.nextAt, schedule.dueAt([this.awaited(job)], now));
  }

  private dueTogether(jobs: readonly Watched[], now: number): number {
    const deleted = jobs.map((job) => this.memoryOf(job)).filter((memory) => memory.deleted === 'done');
    return Math.min(
      this.together.dueAt(
        jobs.map((job) => this.awaited(job)),
        now,
      ),
      ...deleted.map(({ nextAt }) => nextAt),
    );
  }

  private awaited(job: Watched): Awaited {
    const { began, askedAt, runTimes } = this.memoryOf(job);
    return {
      id: job.id,
      phase: job.state.name === 'running' ? 'running' : 'queued',
      began: began.monotonic,
      ...(askedAt !== undefined && { lookedAt: askedAt }),
      ...(runTimes && { runTimes }),
    };
  }

  private async learn(jobs: readonly Watched[]): Promise<void> {
    const now = this.parts.clock.monotonic();
    for (const job of jobs) {
      const memory = this.memoryOf(job);
      if (job.state.name !== 'running' || memory.runTimes !== undefined) continue;
      const others = jobs.filter(
        ({ id, state, order }) => id !== job.id && state.name === 'running' && order.model.id === job.order.model.id,
      );
      const ages = others.slice(0, mostRunning).map((other) => now - this.memoryOf(other).began.monotonic);
      memory.runTimes = (await this.learnt.of(job.apiBase, job.order, ages)) ?? null;
    }
  }

  private async cancel(wishes: readonly Watched[], { client, lease }: Turn): Promise<void> {
    for (const job of wishes) {
      if (this.signal.aborted) return;
      const memory = this.memoryOf(job);
      memory.nextAt = this.parts.clock.monotonic() + silencePause;
      const look = await cancelJob(job, client, memory, lease, this.parts, this.signal);
      memory.askedAt = this.parts.clock.monotonic();
      if (look.kind !== 'trouble' && look.kind !== 'noAccess') continue;
      memory.troubles += 1;
      memory.nextAt = this.parts.clock.monotonic() + this.pauseFor(look, memory.troubles);
    }
  }

  private async lookAtOne(job: Watched, { client, lease }: Turn): Promise<void> {
    await this.parts.rate.turn(this.signal);
    if (this.signal.aborted) return;
    const memory = this.memoryOf(job);
    failPoint('poll: begins');
    const asked = await this.withPatience((signal) => client.job(job.state.jobId, signal));
    failPoint('poll: answered');
    const doubted = asked.kind === 'notFound' && wouldBeOverdue(job.state, memory, this.parts.clock.monotonic());
    const look = doubted ? await absentFromList(job.state, client, () => this.parts.rate.turn(this.signal), this.signal) : asked;
    if (this.signal.aborted) return;
    const { clock } = this.parts;
    memory.aloneAt = clock.monotonic();
    memory.nextAt =
      clock.monotonic() + (job.state.name === 'overdue' ? pauseOverdue(job.state, clock.wall()) : memory.deleted ? silencePause : 0);
    if (look.kind === 'trouble' || look.kind === 'noAccess') return this.noteTrouble(look, memory);
    memory.troubles = 0;
    this.answered();
    memory.askedAt = clock.monotonic();
    await this.apply(job, look, lease);
  }

  private async lookAtAll(jobs: readonly Watched[], turn: Turn): Promise<void> {
    const sought = jobs.map((job) => {
      const { madeAt } = this.memoryOf(job);
      return { jobId: job.state.jobId, ...(madeAt !== undefined && { madeAt }) };
    });
    const inTurn = (): Promise<void> => this.parts.rate.turn(this.signal);
    const listed = await this.withPatience((signal) => this.pages.list(sought, turn.client, inTurn, signal));
    failPoint('page: answered');
    if (this.signal.aborted) return;
    if (listed.kind !== 'list') {
      this.noteTrouble(listed.kind === 'notFound' ? { kind: 'trouble', status: 404 } : listed);
      // perhaps only the list is out of order
      const [longestUnseen] = jobs.toSorted((one, other) => this.seenAt(one) - this.seenAt(other));
      if (listed.kind === 'notFound' || (listed.kind === 'trouble' && listed.status !== undefined && listed.status !== 429))
        if (longestUnseen) await this.lookAtOne(longestUnseen, turn);
      return;
    }
    this.answered();
    const now = this.parts.clock.monotonic();
    const missing: Watched[] = [];
    for (const job of jobs) {
      const memory = this.memoryOf(job);
      memory.askedAt = now;
      if (memory.deleted) memory.nextAt = now + silencePause;
      const report = listed.reports.get(job.state.jobId);
      // an end without a file is believed only of the job itself: a list may show less
      if (report && !(report.phase === 'completed' && report.urls.length === 0))
        await this.apply(job, { kind: 'found', value: report }, turn.lease);
      else missing.push(job);
    }
    const [first] = missing.sort((one, other) => this.seenAt(one) - this.seenAt(other));
    if (first) await this.lookAtOne(first, turn);
  }

  private seenAt(job: Watched): number {
    return this.memoryOf(job).aloneAt ?? Number.NEGATIVE_INFINITY;
  }

  private async apply(job: Watched, look: Exclude<Look<JobReport>, { kind: 'trouble' | 'noAccess' }>, lease: WatchLease): Promise<void> {
    await applyLook(job, look, this.memoryOf(job), lease, this.parts);
  }

  private answered(): void {
    this.trouble = { count: 0, silent: 0, until: Number.NEGATIVE_INFINITY };
  }

  /** Trouble of one job is its own, unless it says something of the network or the account. */
  private noteTrouble(look: Extract<Look<unknown>, { kind: 'trouble' | 'noAccess' }>, memory?: LookMemory): void {
    const now = this.parts.clock.monotonic();
    const silent = look.kind === 'trouble' && look.status === undefined;
    if (look.kind === 'noAccess') this.parts.warn({ kind: 'noAccess', status: look.status });
    if (memory && look.kind === 'trouble' && !silent && look.status !== 429) {
      memory.troubles += 1;
      memory.nextAt = now + this.pauseFor(look, memory.troubles);
      return;
    }
    const count = this.trouble.count + 1;
    this.trouble = { count, silent: silent ? this.trouble.silent + 1 : 0, until: now + this.pauseFor(look, count) };
  }

  private pauseFor(look: Extract<Look<unknown>, { kind: 'trouble' | 'noAccess' }>, troubles: number): number {
    if (look.kind === 'noAccess') return noAccessPause;
    if (look.status === undefined) return silencePause;
    return Math.min(longestPause, Math.max(look.waitMs ?? 0, pauseAfterTroubles(troubles)));
  }

  /** A try that hangs must not outlast the outage by much. */
  private withPatience<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.trouble.silent % probe.fullEach === 0) return ask(this.signal);
    return withPatience(probe.patience, this.parts.clock, this.signal, ask);
  }

  private start(what: 'polling' | 'cancelling', work: () => Promise<void>): void {
    this[what] = true;
    this.beside(
      work().finally(() => {
        this[what] = false;
      }),
    );
  }
}
