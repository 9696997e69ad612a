import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Ledger } from '../../src/jobs/ledger';
import { seededRandom } from '../../src/simulator/seededRandom';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { tinyClip } from '../support/tinyClip';
import { checkRun, type Violation } from './checkRun';
import { ChildHost } from './childHost';
import { layOutAfterCut } from './diskAfterCut';
import type { DiskEvent } from './diskJournal';
import { afterChange, type FailPoint, type FaultAct } from './fault';
import { type Gesture, HostWindow, ledgerOfVersion, newerVersion, type WindowPlace } from './hostWindow';
import { beginTrouble, mountSmallDisk, troubleMs, unmount } from './ledgerTroubles';
import { accountOf, type Tokens, type Who } from './people';
import { actsOf, type HostPlan, type Machine, nobodyDies, type Plan, stopsBeforeSending } from './plan';
import { isWithoutLinks, layOutFolders, withNote, withoutLinks } from './runFolder';
import { SharedClock } from './sharedClock';
import { isAtWork, TruthfulUser } from './truthfulUser';

export interface RunResult {
  readonly plan: Plan;
  /** The fault came to happen. */
  readonly faulted: boolean;
  readonly violations: readonly Violation[];
  /** What every row came to. */
  readonly ends: readonly string[];
  readonly trace: readonly FailPoint[];
  /** What was asked, answered and logged, for people. */
  readonly story: string;
  /** Real milliseconds that it took. */
  readonly ms: number;
  /** Milliseconds on the clock of the run from the death of a window to the last of its rows in another's hands. */
  readonly takeoverMs?: number;
}

/** At this speed the 30 s of a submit are more than a second: enough for a slow machine. */
const speed = 25;
/** Real milliseconds that a window gets before it is taken for one that waits for good. */
const patience = 8000;
/** ms on the clock that the rows of a dead window may wait, and what a slow machine adds at this speed. */
const longestTakeover = 10_000 + 50_000;

/** Folders of the runs of this process. */
export const foldersOf = (pid: number): string => path.join(realpathSync(tmpdir()), `krea-faults-${pid}-`);

/** One plan from the first gesture to the last horizon, and what does not hold then. */
export async function runPlan(plan: Plan): Promise<RunResult> {
  const run = await FaultRun.open(plan);
  const started = Date.now();
  try {
    await run.play();
    if (plan.powerCuts) await run.cutPower();
    else await run.recover();
    return { ...run.result(), ms: Date.now() - started };
  } finally {
    await run.close();
  }
}

class FaultRun {
  private readonly children: ChildHost[] = [];
  private readonly windows: HostWindow[] = [];
  private readonly lines: string[] = [];
  private readonly acknowledged = new Set<string>();
  private readonly troubles: Violation[] = [];
  private readonly readers: Readonly<Record<Machine, Ledger>>;
  private readonly users: Readonly<Record<Machine, TruthfulUser>>;
  private readonly endings: (() => void)[] = [];
  private gestureCount = 0;
  private nextFell = false;
  private cuts = 0;
  private who: Who = 'ann';
  private version: number | undefined;
  private takeoverMs: number | undefined;

  private constructor(
    private readonly plan: Plan,
    private readonly folder: string,
    private readonly clock: SharedClock,
    private readonly simulator: Simulator,
    private readonly demo: Simulator | undefined,
    private readonly clipOf: (prompt: string) => Buffer,
    private readonly smallDisk: boolean,
  ) {
    const user = (): TruthfulUser => new TruthfulUser(simulator, clock, clipOf, plan.submitsAgain);
    this.users = { 1: user(), 2: user() };
    // of the oldest version, since opening a ledger brings it up to one's own
    const reader = (machine: Machine): Ledger =>
      new Ledger(this.placeOf('', 'direct', machine).storage, clock.forWindow(), () => undefined, ledgerOfVersion(1));
    this.readers = { 1: reader(1), 2: reader(2) };
  }

  static async open(plan: Plan): Promise<FaultRun> {
    const folder = realpathSync(mkdtempSync(foldersOf(process.pid)));
    if (isWithoutLinks(plan)) withoutLinks.add(folder);
    layOutFolders(folder, machinesOf(plan));
    const fillsDisk = actsOf(plan).some((act) => act.kind === 'ledger' && act.trouble === 'FULL');
    const smallDisk = fillsDisk && mountSmallDisk(path.join(folder, 'storage'));
    const clock = SharedClock.start(path.join(folder, 'clock'), speed);
    const clip = await tinyClip();
    const clipOf = (prompt: string): Buffer => withNote(clip, prompt);
    const secret = (name: string): string => `krea-secret-${seededRandom(plan.seed, name).uuid()}`;
    const service = { clock, seed: plan.seed, makeClip: async ({ prompt }: { prompt: string }) => clipOf(prompt), balance: 1000 };
    const jobScript = [
      { status: 'queued', forMs: 1500 },
      { status: 'processing', forMs: 4500 },
    ];
    const simulator = await startSimulator({
      ...service,
      tokens: [
        { name: 'ann', token: secret('ann'), workspace: 'studio' },
        { name: 'annAgain', token: secret('annAgain'), workspace: 'studio' },
        { name: 'bob', token: secret('bob'), workspace: 'elsewhere' },
      ],
      // time is skipped by hours, over the end of a job and over the time in which Krea gives it up
      switches: { jobScript, serverTimeoutMs: 48 * 3_600_000, ...plan.switches },
    });
    const triesDemo = actsOf(plan).some(({ kind }) => kind === 'offline');
    const demoTokens = [{ name: 'demo', token: secret('demo'), workspace: 'demo' }];
    const demo = triesDemo
      ? await startSimulator({ ...service, seed: plan.seed + 1e6, tokens: demoTokens, switches: { jobScript } })
      : undefined;
    return new FaultRun(plan, folder, clock, simulator, demo, clipOf, smallDisk);
  }

  async play(): Promise<void> {
    const { companion, hosts } = this.plan;
    const accompany = async (): Promise<void> => {
      const window = await this.openWindow();
      const gesture = this.newGesture();
      // the ledger may be somebody's for long just now: then the user is told so, and nothing was taken
      await window.submit(gesture).then(
        () => this.acknowledged.add(gesture.id),
        (error: unknown) => this.lines.push(`${gesture.id} was not taken: ${String(error)}`),
      );
    };
    if (companion === 'first') await accompany();
    await Promise.all(hosts.map((host, index) => this.playHost(host, index === 0 && companion === 'later' ? accompany : undefined)));
  }

  /** Nothing troubles any more; windows that come later see to everything, and their users do what is safe. */
  async recover(): Promise<void> {
    const { plan, simulator, clock } = this;
    if (plan.fellNext) await this.playHost({ gestures: 0, fault: plan.fellNext });
    await Promise.all(this.children.map((child) => child.kill()));
    this.endTroubles();
    simulator.set({
      faults: [],
      files: { cut: 'no', expiry: 'no', body: 'clip' },
      concurrency: { heldByOthers: 0, overflow: 'backlog' },
    });
    const machines = machinesOf(plan);
    for (const machine of machines) await this.openWindow(machine);
    for (const who of this.peopleAtEnd) {
      for (const window of this.windows) window.use(who);
      for (const machine of machines) {
        const [window, user] = [this.lastWindows[machine], this.users[machine]];
        if (!window) continue;
        await user.settle(window);
        await user.sendAndFetch(window);
        await user.decide(window);
      }
      for (const ms of [11 * 60_000, 3 * 3_600_000, 25 * 3_600_000]) {
        clock.skip(ms);
        for (const window of this.windows) window.jobs.lookNow();
        await pause(60);
      }
      for (const machine of machines) {
        const [window, user] = [this.lastWindows[machine], this.users[machine]];
        if (!window) continue;
        await user.settle(window);
        await user.decide(window);
      }
    }
  }

  /** The power goes after every step of the first host; each time the next window starts on what the disk then holds. */
  async cutPower(): Promise<void> {
    await Promise.all(this.children.map((child) => child.kill()));
    const events = readFileSync(this.journal, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): DiskEvent => JSON.parse(line));
    const { storage, project } = this.placeOf('', 'direct');
    const sent = events.findIndex(({ kind }, index) => kind === 'committed' && index > 0); // *submitting*: before it there is no job
    for (let cut = sent + 1; cut <= events.length; cut++)
      for (const kind of ['names', 'synced'] as const) {
        for (const folder of [storage, project]) rmSync(folder, { recursive: true });
        layOutFolders(this.folder, [1]);
        layOutAfterCut(events.slice(0, cut), kind, path.join(storage, 'ledger.sqlite'));
        const window = await this.openWindow();
        await this.users[1].settle(window);
        await this.users[1].decide(window);
        await window.close();
        const found = this.check().filter(({ what }) => !what.endsWith('.part is left behind'));
        const where = `power cut (${kind}) after step ${cut}, ${events[cut - 1]?.kind}`;
        this.troubles.push(...found.map((violation) => ({ ...violation, what: `${violation.what}, ${where}` })));
        this.cuts += 1;
      }
  }

  result(): Omit<RunResult, 'ms'> {
    const { plan, simulator, takeoverMs } = this;
    const violations = plan.powerCuts ? this.troubles : [...this.troubles, ...this.check()];
    const happened = this.children.every((child) => child.faulted || !child.order.fault) && (!plan.fellNext || this.nextFell);
    return {
      plan,
      faulted: plan.powerCuts ? this.cuts > 0 : happened,
      violations,
      ends: this.rows.map(({ id, state }) => `${id} ${state.name}`),
      trace: this.children[0]?.trace ?? [],
      story: [
        ...simulator.requests.map(({ origin, method, path: to, answer }) => `${origin} ${method} ${to} → ${answer}`),
        this.output,
      ].join('\n'),
      ...(takeoverMs !== undefined && { takeoverMs }),
    };
  }

  private check(): readonly Violation[] {
    for (const child of this.children) for (const id of child.submitted) this.acknowledged.add(id);
    const { plan, simulator, demo, folder, output, clipOf, rows } = this;
    const changes = actsOf(plan).flatMap((act) => (act.kind === 'account' ? act.change : []));
    const gone = changes.some((change) => change === 'replaced' || change === 'revoked');
    return checkRun({
      simulator,
      ...(demo && { demo }),
      machines: machinesOf(plan).map((machine) => ({ ...this.placeOf('', 'direct', machine), rows: this.users[machine].rows })),
      rows,
      folder,
      // cut off before the commit, a gesture was not acknowledged
      acknowledged: plan.powerCuts ? new Set(rows.map(({ id }) => id)) : this.acknowledged,
      mayDelete: plan.hosts.some(({ cancelWhen }) => cancelWhen !== undefined),
      goneAccounts: new Set(gone ? [accountOf.ann] : []),
      output,
      clipOf,
      stopsBeforeSending: stopsBeforeSending(plan),
      nobodyDied: nobodyDies(plan),
    });
  }

  private get rows() {
    return [...this.users[1].rows, ...this.users[2].rows];
  }

  private get output(): string {
    return [...this.lines, ...this.children.map((child) => child.output)].join('\n');
  }

  private get journal(): string {
    return path.join(this.folder, 'journal');
  }

  private get peopleAtEnd(): readonly Who[] {
    const changes = this.children.flatMap(({ faulted, order: { fault } }) =>
      faulted && fault?.act.kind === 'account' ? fault.act.change : [],
    );
    const people = [...new Set(changes.flatMap((change) => afterChange[change].atEnd))];
    return people.length > 0 ? people : ['ann'];
  }

  async close(): Promise<void> {
    this.endTroubles();
    await Promise.all(this.children.map((child) => child.kill()));
    await Promise.all(this.windows.map((window) => window.close()));
    await Promise.all([this.simulator.close(), this.demo?.close()]);
    withoutLinks.delete(this.folder);
    if (this.smallDisk) unmount(path.join(this.folder, 'storage'));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async playHost(host: HostPlan, accompany?: () => Promise<void>): Promise<void> {
    if (host.startsAfter) await pause(host.startsAfter);
    const child = this.start(host);
    const killing = host.killedAfter === undefined ? undefined : setTimeout(() => void child.kill(), host.killedAfter);
    const accompanied =
      accompany &&
      child.until(() => child.faulted || /watches for all|step \S+ (unknown|perhaps)/.test(child.output), 3000).then(accompany);
    const end = Date.now() + patience;
    for (let left = patience; left > 0 && !(await this.isUserNext(child, host)); left = end - Date.now()) {
      const event = await child.next(Math.min(left, 300));
      if (event.kind === 'ended') {
        if (event.code !== 0 && event.signal !== 'SIGKILL')
          this.troubles.push({ kind: 'other', what: `a window crashed: ${child.lastWords}` });
        break;
      }
      if (event.kind === 'stopped') await this.whileStopped(child);
      else this.clock.skip(20_000); // long pauses are not what this is about
    }
    clearTimeout(killing);
    await accompanied;
    await child.kill();
    if (host === this.plan.hosts[0] || child.faulted) this.nextFell ||= child.faulted;
    if (this.plan.companion === 'first' && child.order.fault?.act.kind === 'kill' && child.faulted) await this.measureTakeover(child);
  }

  /** Nothing more comes of a row by itself: it has ended, or it is for the user to say whose a clip is. */
  private async isUserNext(child: ChildHost, { machine = 1, schema }: HostPlan): Promise<boolean> {
    if (child.order.recognises || child.order.gestures.length === 0) return false;
    const rows = await this.readers[machine].newest(100).catch(() => []);
    // an older version does not watch as this one does: only what it sends is its own
    const isOver = (row: (typeof rows)[number]): boolean =>
      schema === undefined ? !isAtWork(row) : row.state.name !== 'intended' && row.state.name !== 'submitting';
    const atRest = rows.length > 0 && rows.every(isOver);
    child.looksAtRest = atRest ? child.looksAtRest + 1 : 0;
    const waits = rows.some(({ state }) => state.name === 'perhaps' && state.clip);
    return child.looksAtRest >= 5 || (waits && atRest && rows.every(({ state }) => state.name !== 'perhaps' || state.clip));
  }

  /** The child stands still; the world does what its fault says. */
  private async whileStopped(child: ChildHost): Promise<void> {
    const { act } = child.order.fault ?? {};
    switch (act?.kind) {
      case 'stop':
        await this.letPass(act.ms, child);
        break;
      case 'sleep':
        this.clock.sleep(act.ms, act.monotonic);
        break;
      case 'ledger':
        await this.troubleLedger(act, child);
        break;
      case 'upgrade':
        this.version = newerVersion;
        await this.openWindow();
        break;
    }
    child.goOn();
  }

  /** The others have all the time in the world. What the child means to send stays its own: it lives. */
  private async letPass(ms: number, child: ChildHost): Promise<void> {
    const other = this.windows[0] ?? (await this.openWindow());
    const before = await this.readers[1].newest(100).catch(() => []);
    other.jobs.lookNow();
    for (let step = 0; step < 4; step++) {
      this.clock.skip(ms / 4);
      await pause(100);
    }
    other.jobs.lookNow();
    await pause(400);
    const after = await this.readers[1].newest(100).catch(() => []);
    for (const { id, owner, state } of before) {
      if (!owner.startsWith(`${child.order.place.windowId}-`) || (state.name !== 'intended' && state.name !== 'submitting')) continue;
      const now = after.find((row) => row.id === id);
      if (now && now.owner !== owner)
        this.troubles.push({ kind: 'other', what: `${id} (${state.name}) was taken from a window that lives` });
    }
  }

  private async troubleLedger({ trouble, thenKilled }: Extract<FaultAct, { kind: 'ledger' }>, child: ChildHost): Promise<void> {
    const ends = await beginTrouble(trouble, this.placeOf('', 'direct').storage, child.pid);
    let isOver = false;
    const end = (): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      ends();
    };
    const timer = setTimeout(() => {
      if (thenKilled) void child.kill();
      end();
    }, troubleMs);
    this.endings.push(end);
  }

  private endTroubles(): void {
    for (const end of this.endings.splice(0)) end();
  }

  private async measureTakeover(child: ChildHost): Promise<void> {
    const began = this.clock.now();
    const isLeft = async (): Promise<boolean> => {
      const rows = await this.readers[1].newest(100).catch(() => []);
      return rows.some((row) => row.owner.startsWith(`${child.order.place.windowId}-`) && isAtWork(row));
    };
    if (!(await isLeft())) return;
    for (let tries = 0; tries < 400 && (await isLeft()); tries++) await pause(5);
    this.takeoverMs = this.clock.now() - began;
    if (this.takeoverMs > longestTakeover)
      this.troubles.push({ kind: 'other', what: `a dead window was replaced after ${Math.round(this.takeoverMs / 1000)} s` });
  }

  private start(host: HostPlan): ChildHost {
    const { gestures, afterwards = 0, fault, cancelWhen, recognises = false, way = 'direct', machine = 1, schema } = host;
    const some = (count: number): readonly Gesture[] => Array.from({ length: count }, () => this.newGesture());
    const order = {
      place: { ...this.placeOf(`c${this.children.length + 1}`, way, machine), ...(schema && { version: schema }) },
      clock: this.clock.place,
      gestures: some(gestures),
      afterwards: some(afterwards),
      noHardLinks: isWithoutLinks(this.plan),
      recognises,
      trace: this.plan.trace ?? false,
      limitsPages: !this.smallDisk,
      ...(this.demo && { demoBase: this.demo.apiBase }),
      ...(this.plan.powerCuts && { journal: this.journal }),
      ...(fault && { fault }),
      ...(cancelWhen && { cancelWhen }),
    };
    const child = new ChildHost(order, this.tokens, () => fault?.act.kind === 'account' && this.changeAccount(fault.act.change));
    this.children.push(child);
    return child;
  }

  /** All windows of a computer share the token. */
  private changeAccount(change: keyof typeof afterChange): void {
    if (change === 'revoked') this.simulator.set({ revoked: ['ann'] });
    this.who = afterChange[change].inUse;
    for (const window of this.windows) window.use(this.who);
  }

  private get tokens(): Tokens {
    return Object.fromEntries([...this.simulator.tokens, ...(this.demo?.tokens ?? [])].map(({ name, token }) => [name, token]));
  }

  private readonly lastWindows: Partial<Record<Machine, HostWindow>> = {};

  private async openWindow(machine: Machine = 1): Promise<HostWindow> {
    const id = `w${this.windows.length + 1}`;
    const place = { ...this.placeOf(id, 'direct', machine), ...(this.version && { version: this.version }) };
    const window = new HostWindow(place, this.tokens, this.clock.forWindow(), (line) => this.lines.push(`${id}: ${line}`));
    this.windows.push(window);
    this.lastWindows[machine] = window;
    window.use(this.who);
    await window.jobs.start();
    return window;
  }

  private newGesture(): Gesture {
    this.gestureCount += 1;
    return { id: `g${this.gestureCount}` };
  }

  private placeOf(windowId: string, way: WindowPlace['way'], machine: Machine = 1): WindowPlace {
    const of = (name: string): string => path.join(this.folder, machine === 1 ? name : `${name} ${machine}`);
    return { windowId, way, storage: of('storage'), project: of('project'), apiBase: this.simulator.apiBase };
  }
}

const machinesOf = ({ hosts }: Plan): readonly Machine[] => (hosts.some(({ machine }) => machine === 2) ? [1, 2] : [1]);
