import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause, setImmediate as turnOfLoop } from 'node:timers/promises';
import { Accounts } from '../../src/jobs/accounts';
import type { Clock } from '../../src/jobs/clock';
import { isLive, type Job, type Order, type StateName } from '../../src/jobs/job';
import type { Connection, JobParts, JobWarning } from '../../src/jobs/jobParts';
import { Jobs, type Step } from '../../src/jobs/jobs';
import { Ledger } from '../../src/jobs/ledger';
import { openJobsMarker } from '../../src/jobs/openJobsMarker';
import { RequestRate } from '../../src/jobs/requestRate';
import { WindowLock } from '../../src/jobs/windowLock';
import { KreaClient } from '../../src/krea/kreaClient';
import type { Network, NetworkWay } from '../../src/krea/network';
import { type Deadlines, usualDeadlines } from '../../src/krea/transport';
import { type TurnableClock, turnableClock } from '../../src/simulator/clock';
import type { KnownToken, LoggedRequest } from '../../src/simulator/requestLog';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import type { SwitchChange } from '../../src/simulator/switches';
import { readSidecar, type Sidecar } from '../../src/takes/sidecar';
import { emptyFolder } from '../support/emptyFolder';
import { tinyClip } from '../support/tinyClip';
import { type ClockErrors, clockOn } from './clockOn';
import { CountedNetwork } from './countedNetwork';

export const kling = '/generate/video/kling/kling-2.5';
const tokens: readonly KnownToken[] = [
  { name: 'ann', token: 'krea-secret-of-ann-0123456789', workspace: 'studio' },
  { name: 'ben', token: 'krea-secret-of-ben-0123456789', workspace: 'studio' },
];

export interface LabOptions {
  readonly switches?: SwitchChange;
  /** Milliseconds that every job takes, when its script says nothing else. */
  readonly runMs?: number;
  /** Network ways that the tests of this lab use. */
  readonly way?: NetworkWay;
  readonly deadlines?: Partial<Deadlines>;
  /** What every job brings. */
  readonly clip?: Buffer;
  /** Where its folder is made; else among the system's temporary ones. */
  readonly inside?: string;
}

/** One storage folder, one simulator, one clock that tests turn; windows come and go. */
export class Lab {
  readonly folder: string;
  readonly storage: string;
  readonly takes: string;
  readonly windows: LabWindow[] = [];
  readonly clock: TurnableClock = turnableClock();
  /** Network calls of all windows that have no answer yet. */
  inFlight = 0;
  private ids = 0;

  private constructor(
    readonly simulator: Simulator,
    readonly clip: Buffer,
    clock: TurnableClock,
    readonly options: LabOptions,
  ) {
    this.clock = clock;
    this.folder = emptyFolder(options.inside);
    this.storage = join(this.folder, 'storage');
    this.takes = join(this.folder, 'project', 'takes');
  }

  static async open(options: LabOptions = {}): Promise<Lab> {
    const clock = turnableClock();
    const clip = options.clip ?? (await tinyClip());
    const simulator = await startSimulator({
      clock,
      tokens,
      makeClip: async () => clip,
      runTime: () => options.runMs ?? 60_000,
      switches: {
        jobScript: [
          { status: 'queued', forMs: 4000 },
          { status: 'processing', forMs: 20_000 },
        ],
        ...options.switches,
      },
    });
    return new Lab(simulator, clip, clock, options);
  }

  async close(): Promise<void> {
    await Promise.all(this.windows.map((window) => window.close()));
    await this.simulator.close();
  }

  window(options: WindowOptions = {}): LabWindow {
    const window = new LabWindow(this, `w${this.windows.length + 1}`, options);
    this.windows.push(window);
    return window;
  }

  nextId(): string {
    this.ids += 1;
    return `job${String(this.ids).padStart(3, '0')}`;
  }

  order(change: Partial<Order> = {}): Order {
    return {
      model: { id: 'kling/kling-2.5', name: 'Kling 2.5', typicalSeconds: 94 },
      endpoint: kling,
      body: { prompt: 'a heron at dawn', duration: 5 },
      prompt: 'a heron at dawn',
      parameters: { duration: 5, aspect_ratio: '16:9' },
      requestHash: 'hash-of-heron',
      estimate: { kind: 'about', microUsd: 367_000, date: '2026-05-25' },
      destination: { folder: this.takes, root: join(this.folder, 'project'), stem: 'a-heron', source: 'birds.md' },
      ...change,
    };
  }

  /** POSTs that arrived, read or not. */
  get posts(): readonly LoggedRequest[] {
    return this.simulator.submits();
  }

  /** Turns the clock from event to event, each time after what is under way has come to rest, until `condition` holds. */
  async until(what: string, condition: () => boolean | Promise<boolean>, { realMs = 20_000 } = {}): Promise<void> {
    const end = Date.now() + realMs;
    for (;;) {
      await this.settle();
      if (await condition()) return;
      if (Date.now() > end) throw new Error(`Waited in vain for: ${what}\n${this.story()}`);
      if (!(await this.clock.advanceToNext())) await pause(2);
    }
  }

  /** Lets `ms` pass. */
  async turn(ms: number, stepMs = 300_000): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      await this.settle();
      await this.clock.advance(Math.min(stepMs, left));
    }
    await this.settle();
  }

  /** Real I/O goes on until nothing is under way but what the simulator itself holds back. */
  async settle(realMs = 3000): Promise<void> {
    const end = Date.now() + realMs;
    for (let calm = 0; calm < 4 && Date.now() < end; ) {
      await turnOfLoop();
      const held = this.held();
      calm = held === 'no' ? 0 : calm + 1;
      if (held !== 'nothing') await pause(1);
    }
  }

  /** Whether the simulator holds all that is under way: it hangs, or waits for the clock. */
  private held(): 'nothing' | 'all' | 'no' {
    const held = this.simulator.requests.filter(({ answer }) => answer === 'hanging' || answer === 'pending').length;
    const files = process.getActiveResourcesInfo().some((name) => name.startsWith('FS') && name !== 'FSEventWrap');
    if (files || this.inFlight > held) return 'no';
    return this.inFlight === 0 ? 'nothing' : 'all';
  }

  async job(id: string): Promise<Job> {
    const job = await new Ledger(this.storage, this.windows[0]?.parts.clock ?? stoppedClock, () => undefined).get(id);
    assert.ok(job, `no job ${id}`);
    return job;
  }

  get markerIsThere(): boolean {
    return existsSync(join(this.storage, openJobsMarker));
  }

  /** Clips and sidecars below a folder, by name. */
  files(folder = this.takes): readonly string[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name)
      .sort();
  }

  sidecar(file: string): Sidecar {
    const sidecar = readSidecar(JSON.parse(readFileSync(file, 'utf8')));
    assert.ok(sidecar, `${file} is no sidecar`);
    return sidecar;
  }

  /** The job is done, its clip whole, its sidecar valid and right, and there is one of each. */
  async assertSaved(id: string, { posts = 1, folder = this.takes } = {}): Promise<void> {
    const { state } = await this.job(id);
    assert.equal(state.name, 'done', this.story());
    if (state.name !== 'done') return;
    assert.deepEqual(readFileSync(state.saved.clip), this.clip);
    const sidecar = this.sidecar(state.saved.sidecar);
    assert.equal(sidecar.job_id, state.jobId);
    assert.equal(sidecar.output.sha256, state.saved.sha256);
    assert.equal(this.posts.length, posts);
    const names = this.files(folder);
    assert.equal(names.filter((name) => name.endsWith('.mp4')).length, 1, names.join());
    assert.equal(names.filter((name) => name.endsWith('.json')).length, 1, names.join());
  }

  /** Every byte that we left on disk or in a log, for what must not be there. */
  assertNowhere(secret: string): void {
    for (const entry of readdirSync(this.folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) assert.ok(!readFileSync(join(entry.parentPath, entry.name)).includes(secret), `${secret} is in ${entry.name}`);
    for (const { log } of this.windows) assert.ok(!log.join('\n').includes(secret), 'in the log');
  }

  /** The simulator saw nothing forbidden, and nobody left anything open. */
  assertClean(): void {
    assert.deepEqual(this.simulator.violations, []);
    assert.deepEqual(
      this.windows.flatMap(({ rejections }) => rejections),
      [],
    );
  }

  story(): string {
    const requests = this.simulator.requests.map(({ origin, method, path, answer }) => `${origin} ${method} ${path} → ${answer}`);
    return [...requests.slice(-30), ...this.windows.flatMap(({ id, log }) => log.slice(-20).map((line) => `${id}: ${line}`))].join('\n');
  }
}

export interface WindowOptions extends ClockErrors {
  readonly token?: 'ann' | 'ben' | 'none';
  readonly account?: string;
  readonly apiBase?: string;
  readonly way?: NetworkWay;
  readonly network?: Network;
  /** Bytes of a clip above which the user is asked. */
  readonly askAbove?: number;
  /** Its log and its warnings throw, as those of an editor that is going down. */
  readonly deaf?: boolean;
}

/** Nothing more comes of it by itself, or nobody knows whether anything will. */
function isOver(job: Job): boolean {
  return !isLive(job) || job.state.name === 'unknown' || job.state.name === 'perhaps';
}

/** What one VS Code window has of the jobs. */
export class LabWindow {
  readonly log: string[] = [];
  readonly steps: Step[] = [];
  readonly warnings: JobWarning[] = [];
  readonly rejections: unknown[] = [];
  readonly parts: JobParts;
  readonly jobs: Jobs;
  readonly network: Network;
  token: WindowOptions['token'];
  account: string;
  apiBase: string;
  private closed = false;

  constructor(
    private readonly lab: Lab,
    readonly id: string,
    options: WindowOptions,
  ) {
    this.token = options.token ?? 'ann';
    this.account = options.account ?? 'account-1';
    this.apiBase = new URL(options.apiBase ?? lab.simulator.apiBase).href;
    const way = options.way ?? lab.options.way ?? 'direct';
    this.network = options.network ?? new CountedNetwork(lab, way, { ...usualDeadlines, ...lab.options.deadlines });
    const clock = clockOn(lab.clock, options);
    const log = (line: string): void => {
      if (options.deaf) throw new Error('Channel has been closed');
      this.log.push(line);
    };
    const ledger = new Ledger(lab.storage, clock, log);
    this.parts = {
      ledger,
      lock: new WindowLock(join(lab.storage, 'windows'), this.id),
      clock,
      rate: new RequestRate(clock, ledger.windows),
      accounts: new Accounts(),
      clipStore: join(lab.storage, 'clips'),
      ...(options.askAbove !== undefined && { askAboveBytes: () => options.askAbove ?? 0 }),
      connect: async () => this.connection(),
      warn: (warning) => this.warnings.push(warning),
      log,
    };
    this.jobs = new Jobs(this.parts, lab.storage, () => lab.nextId());
    this.jobs.events.on('step', (step) => this.steps.push(step));
  }

  /** Also kept for those who look at what one job went through here. */
  statesOf(id: string): StateName[] {
    return this.steps.filter(({ job }) => job.id === id).map(({ job }) => job.state.name);
  }

  submit(change: Partial<Order> = {}): Promise<Job> {
    return this.jobs.submit(this.lab.order(change), this.account, this.apiBase);
  }

  /** Submits and turns the clock until the job has come to an end, or to no end that waits for anything. */
  async run(change: Partial<Order> = {}): Promise<Job> {
    const { id } = await this.submit(change);
    await this.lab.until(`${id} to end`, async () => isOver(await this.lab.job(id)));
    return this.lab.job(id);
  }

  get atRest(): boolean {
    return (
      !existsSync(join(this.lab.storage, 'windows')) ||
      !readdirSync(join(this.lab.storage, 'windows')).some((name) => name.startsWith(`${this.id}-`))
    );
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.jobs.dispose();
    await this.network.close();
  }

  private connection(): Connection | undefined {
    const token = this.lab.simulator.tokens.find(({ name }) => name === this.token)?.token;
    if (!token) return undefined;
    const client = new KreaClient(this.network, new URL(this.apiBase), token, 'krea-video/test');
    return { client, network: this.network, account: this.account };
  }
}

const stoppedClock: Clock = { wall: () => 0, monotonic: () => 0, wait: async () => undefined };
