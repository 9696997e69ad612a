import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Ledger } from '../../src/jobs/ledger';
import { checkRun, type Violation } from './checkRun';
import { ChildHost } from './childHost';
import { afterChange, type FailPoint, isUpload } from './fault';
import { type Gesture, ledgerOfVersion } from './hostWindow';
import { accountOf, type Who } from './people';
import { actsOf, type HostPlan, type Machine, machinesOf, nobodyDies, type Plan, stopsBeforeSending } from './plan';
import { replayPowerCuts } from './powerCuts';
import { isWithoutLinks } from './runFolder';
import { RunWorld } from './runWorld';
import { StoppedWindow } from './stoppedWindow';
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

/** Real milliseconds that a window gets before it is taken for one that waits for good. */
const patience = 8000;
/** ms on the clock that the rows of a dead window may wait, and what a slow machine adds at this speed. */
const longestTakeover = 10_000 + 50_000;

/** One plan from the first gesture to the last horizon, and what does not hold then. */
export async function runPlan(plan: Plan): Promise<RunResult> {
  const run = new FaultRun(plan, await RunWorld.open(plan));
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
  private readonly acknowledged = new Set<string>();
  private readonly troubles: Violation[] = [];
  private readonly readers: Readonly<Record<Machine, Ledger>>;
  private readonly users: Readonly<Record<Machine, TruthfulUser>>;
  private nextFell = false;
  private readonly stopped: StoppedWindow;
  private takeoverMs: number | undefined;

  constructor(
    private readonly plan: Plan,
    private readonly world: RunWorld,
  ) {
    const { simulator, clock, clipOf } = world;
    const user = (): TruthfulUser => new TruthfulUser(simulator, clock, clipOf, plan.submitsAgain);
    this.users = { 1: user(), 2: user() };
    // of the oldest version, since opening a ledger brings it up to one's own
    const reader = (machine: Machine): Ledger =>
      new Ledger(this.world.placeOf('', 'direct', machine).storage, clock.forWindow(), () => undefined, ledgerOfVersion(1));
    this.readers = { 1: reader(1), 2: reader(2) };
    this.stopped = new StoppedWindow(world, this.readers[1]);
  }

  async play(): Promise<void> {
    const { companion, hosts } = this.plan;
    const accompany = async (): Promise<void> => {
      const window = await this.world.openWindow();
      const gesture = this.world.newGesture();
      // the ledger may be somebody's for long just now: then the user is told so, and nothing was taken
      await window.submit(gesture).then(
        () => this.acknowledged.add(gesture.id),
        (error: unknown) => this.world.lines.push(`${gesture.id} was not taken: ${String(error)}`),
      );
    };
    if (companion === 'first') await accompany();
    await Promise.all(hosts.map((host, index) => this.playHost(host, index === 0 && companion === 'later' ? accompany : undefined)));
  }

  /** Nothing troubles any more; windows that come later see to everything, and their users do what is safe. */
  async recover(): Promise<void> {
    const { plan } = this;
    const { simulator, clock } = this.world;
    if (plan.fellNext) await this.playHost({ gestures: 0, fault: plan.fellNext });
    await Promise.all(this.children.map((child) => child.kill()));
    this.stopped.endTroubles();
    simulator.set({
      faults: [],
      files: { cut: 'no', expiry: 'no', body: 'clip' },
      concurrency: { heldByOthers: 0, overflow: 'backlog' },
    });
    const machines = machinesOf(plan);
    for (const machine of machines) await this.world.openWindow(machine);
    for (const who of this.peopleAtEnd) {
      for (const window of this.world.windows) window.use(who);
      for (const machine of machines) {
        const [window, user] = [this.world.lastWindows[machine], this.users[machine]];
        if (!window) continue;
        await user.settle(window);
        await user.sendAndFetch(window);
        await user.decide(window);
      }
      for (const ms of [11 * 60_000, 3 * 3_600_000, 25 * 3_600_000]) {
        clock.skip(ms);
        for (const window of this.world.windows) window.jobs.lookNow();
        await pause(60);
      }
      for (const machine of machines) {
        const [window, user] = [this.world.lastWindows[machine], this.users[machine]];
        if (!window) continue;
        await user.settle(window);
        await user.decide(window);
      }
    }
  }

  async cutPower(): Promise<void> {
    await Promise.all(this.children.map((child) => child.kill()));
    this.troubles.push(...(await replayPowerCuts(this.journal, this.world, this.users[1], () => this.check())));
  }

  result(): Omit<RunResult, 'ms'> {
    const { plan, takeoverMs } = this;
    const { simulator } = this.world;
    const violations = plan.powerCuts
      ? this.troubles
      : [...this.troubles, ...this.stopped.troubles.map((what) => ({ kind: 'other', what }) as const), ...this.check()];
    const happened = this.children.every((child) => child.faulted || !child.order.fault) && (!plan.fellNext || this.nextFell);
    return {
      plan,
      faulted: happened,
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
    const { plan, output, rows } = this;
    const { simulator, demo, folder, clipOf } = this.world;
    const changes = actsOf(plan).flatMap((act) => (act.kind === 'account' ? act.change : []));
    const gone = changes.some((change) => change === 'replaced' || change === 'revoked');
    return checkRun({
      simulator,
      ...(demo && { demo }),
      machines: machinesOf(plan).map((machine) => ({ ...this.world.placeOf('', 'direct', machine), rows: this.users[machine].rows })),
      rows,
      folder,
      // cut off before the commit, a gesture was not acknowledged
      acknowledged: plan.powerCuts ? new Set(rows.map(({ id }) => id)) : this.acknowledged,
      mayDelete: plan.hosts.some(({ cancelWhen }) => cancelWhen !== undefined),
      goneAccounts: new Set(gone ? [accountOf.ann] : []),
      output,
      clipOf,
      stoppedBeforeSending: this.stoppedBeforeSending,
      diedUploading: this.diedUploading,
      nobodyDied: nobodyDies(plan),
    });
  }

  /** Time leaps for all windows when one is stopped; only what that one means to send has been asked about before. */
  private get stoppedBeforeSending(): ReadonlySet<string> {
    const stopped = this.children.filter(({ order }) => stopsBeforeSending(order.fault));
    return new Set(stopped.flatMap(({ order }) => [...order.gestures, ...order.afterwards].map(({ id }) => id)));
  }

  /** Nothing of these can have been sent by the window that died. */
  private get diedUploading(): ReadonlySet<string> {
    const died = this.children.filter(({ faulted, order: { fault } }) => faulted && fault?.act.kind === 'kill' && isUpload(fault.point));
    return new Set(died.flatMap(({ order }) => order.gestures.map(({ id }) => id)));
  }

  private get rows() {
    return [...this.users[1].rows, ...this.users[2].rows];
  }

  private get output(): string {
    return [...this.world.lines, ...this.children.map((child) => child.output)].join('\n');
  }

  private get journal(): string {
    return path.join(this.world.folder, 'journal');
  }

  private get peopleAtEnd(): readonly Who[] {
    const changes = this.children.flatMap(({ faulted, order: { fault } }) =>
      faulted && fault?.act.kind === 'account' ? fault.act.change : [],
    );
    const people = [...new Set(changes.flatMap((change) => afterChange[change].atEnd))];
    return people.length > 0 ? people : ['ann'];
  }

  async close(): Promise<void> {
    this.stopped.endTroubles();
    await Promise.all(this.children.map((child) => child.kill()));
    await this.world.close();
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
      if (event.kind === 'stopped') await this.stopped.pass(child);
      else this.world.clock.skip(20_000); // long pauses are not what this is about
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

  private async measureTakeover(child: ChildHost): Promise<void> {
    const began = this.world.clock.now();
    const isLeft = async (): Promise<boolean> => {
      const rows = await this.readers[1].newest(100).catch(() => []);
      return rows.some((row) => row.owner.startsWith(`${child.order.place.windowId}-`) && isAtWork(row));
    };
    if (!(await isLeft())) return;
    for (let tries = 0; tries < 400 && (await isLeft()); tries++) await pause(5);
    this.takeoverMs = this.world.clock.now() - began;
    if (this.takeoverMs > longestTakeover)
      this.troubles.push({ kind: 'other', what: `a dead window was replaced after ${Math.round(this.takeoverMs / 1000)} s` });
  }

  private start(host: HostPlan): ChildHost {
    const { gestures, file, afterwards = 0, fault, cancelWhen, recognises = false, way = 'direct', machine = 1, schema } = host;
    const some = (count: number): readonly Gesture[] => Array.from({ length: count }, () => this.world.newGesture(file !== undefined));
    const order = {
      place: { ...this.world.placeOf(`c${this.children.length + 1}`, way, machine), ...(schema && { version: schema }) },
      clock: this.world.clock.place,
      gestures: some(gestures),
      afterwards: some(afterwards),
      noHardLinks: isWithoutLinks(this.plan),
      recognises,
      trace: this.plan.trace ?? false,
      limitsPages: !this.world.smallDisk,
      ...(this.world.demo && { demoBase: this.world.demo.apiBase }),
      ...(this.plan.powerCuts && { journal: this.journal }),
      ...(fault && { fault }),
      ...(cancelWhen && { cancelWhen }),
    };
    const child = new ChildHost(
      order,
      this.world.tokens,
      () => fault?.act.kind === 'account' && this.world.changeAccount(fault.act.change),
    );
    this.children.push(child);
    return child;
  }
}
