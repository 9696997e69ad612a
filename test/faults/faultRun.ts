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
import type { FailPoint, Fault } from './fault';
import { type Gesture, HostWindow, type WindowPlace } from './hostWindow';
import { type HostPlan, nobodyDies, type Plan, stopsBeforeSending } from './plan';
import { isWithoutLinks, layOutFolders, withNote, withoutLinks } from './runFolder';
import { SharedClock } from './sharedClock';
import { openStates, TruthfulUser } from './truthfulUser';

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
  readonly ms: number;
}

/** At this speed the 30 s of a submit are more than a second: enough for a slow machine. */
const speed = 25;
/** Real milliseconds that a window gets before it is taken for one that waits for good. */
const patience = 8000;
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
  private windowCount = 0;
  private gestureCount = 0;
  private readonly troubles: Violation[] = [];
  private nextFell = false;
  private readonly reader: Ledger;
  private readonly user: TruthfulUser;
  private cuts = 0;

  private constructor(
    private readonly plan: Plan,
    private readonly folder: string,
    private readonly clock: SharedClock,
    private readonly simulator: Simulator,
    private readonly clipOf: (prompt: string) => Buffer,
    private readonly token: string,
  ) {
    this.user = new TruthfulUser(simulator, clock, clipOf);
    this.reader = new Ledger(path.join(folder, 'storage'), clock.forWindow(), () => undefined);
  }

  static async open(plan: Plan): Promise<FaultRun> {
    const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'krea-faults-')));
    if (isWithoutLinks(plan)) withoutLinks.add(folder);
    layOutFolders(folder);
    const clock = SharedClock.start(path.join(folder, 'clock'), speed);
    const clip = await tinyClip();
    const clipOf = (prompt: string): Buffer => withNote(clip, prompt);
    const token = `krea-secret-${seededRandom(plan.seed, 'token').uuid()}`;
    const simulator = await startSimulator({
      clock,
      seed: plan.seed,
      tokens: [{ name: 'ann', token, workspace: 'studio' }],
      makeClip: async ({ prompt }) => clipOf(prompt),
      balance: 1000,
      switches: {
        jobScript: [
          { status: 'queued', forMs: 1500 },
          { status: 'processing', forMs: 4500 },
        ],
        ...plan.switches,
      },
    });
    return new FaultRun(plan, folder, clock, simulator, clipOf, token);
  }

  async play(): Promise<void> {
    const companion = this.plan.companion ? await this.openWindow() : undefined;
    if (companion) await this.submitIn(companion);
    await Promise.all(this.plan.hosts.map((host) => this.playHost(host)));
  }

  /** Nothing troubles any more; a window that comes later sees to everything, and its user does what is safe. */
  async recover(): Promise<void> {
    if (this.plan.fellNext) await this.playHost({ gestures: 0, fault: this.plan.fellNext });
    await Promise.all(this.children.map((child) => child.kill()));
    this.simulator.set({
      faults: [],
      files: { cut: 'no', expiry: 'no', body: 'clip' },
      concurrency: { heldByOthers: 0, overflow: 'backlog' },
    });
    const window = await this.openWindow();
    await this.user.settle(window);
    await this.user.sendAndFetch(window);
    await this.user.decide(window);
    for (const ms of [11 * 60_000, 3 * 3_600_000, 25 * 3_600_000]) {
      this.clock.skip(ms);
      window.jobs.lookNow();
      await pause(60);
    }
    await this.user.settle(window);
    await this.user.decide(window);
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
        layOutFolders(this.folder);
        layOutAfterCut(events.slice(0, cut), kind, path.join(storage, 'ledger.sqlite'));
        const window = await this.openWindow();
        await this.user.settle(window);
        await this.user.decide(window);
        await window.close();
        const found = this.check().filter(({ what }) => !what.endsWith('.part is left behind'));
        const where = `power cut (${kind}) after step ${cut}, ${events[cut - 1]?.kind}`;
        this.troubles.push(...found.map((violation) => ({ ...violation, what: `${violation.what}, ${where}` })));
        this.cuts += 1;
      }
  }

  result(): Omit<RunResult, 'ms'> {
    const { plan, simulator } = this;
    const violations = plan.powerCuts ? this.troubles : [...this.troubles, ...this.check()];
    const happened = this.children.every((child) => child.faulted || !child.order.fault) && (!plan.fellNext || this.nextFell);
    return {
      plan,
      faulted: plan.powerCuts ? this.cuts > 0 : happened,
      violations,
      ends: this.user.rows.map(({ id, state }) => `${id} ${state.name}`),
      trace: this.children[0]?.trace ?? [],
      story: [
        ...simulator.requests.map(({ origin, method, path: to, answer }) => `${origin} ${method} ${to} → ${answer}`),
        this.output,
      ].join('\n'),
    };
  }

  private check(): readonly Violation[] {
    for (const child of this.children) for (const id of child.submitted) this.acknowledged.add(id);
    const { simulator, folder, acknowledged, output, clipOf } = this;
    const { rows } = this.user;
    const { storage, project } = this.placeOf('', 'direct');
    // cut off before the commit, a gesture was not acknowledged
    const known = this.plan.powerCuts ? new Set(rows.map(({ id }) => id)) : acknowledged;
    return checkRun({
      simulator,
      rows,
      folder,
      storage,
      project,
      acknowledged: known,
      output,
      clipOf,
      stopsBeforeSending: stopsBeforeSending(this.plan),
      nobodyDied: nobodyDies(this.plan),
    });
  }

  private get output(): string {
    return [...this.lines, ...this.children.map((child) => child.output)].join('\n');
  }

  private get journal(): string {
    return path.join(this.folder, 'journal');
  }

  async close(): Promise<void> {
    await Promise.all(this.children.map((child) => child.kill()));
    await Promise.all(this.windows.map((window) => window.close()));
    await this.simulator.close();
    withoutLinks.delete(this.folder);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async playHost(host: HostPlan): Promise<void> {
    if (host.startsAfter) await pause(host.startsAfter);
    const child = this.start(host);
    const killing = host.killedAfter === undefined ? undefined : setTimeout(() => void child.kill(), host.killedAfter);
    const end = Date.now() + patience;
    for (let left = patience; left > 0 && !(await this.isUserNext(child)); left = end - Date.now()) {
      const event = await child.next(Math.min(left, 300));
      if (event.kind === 'ended') {
        if (event.code !== 0 && event.signal !== 'SIGKILL')
          this.troubles.push({ kind: 'other', what: `a window crashed: ${child.lastWords}` });
        break;
      }
      if (event.kind === 'stopped') {
        await this.whileStopped(host.fault);
        child.goOn();
      } else this.clock.skip(20_000); // long pauses are not what this is about
    }
    clearTimeout(killing);
    await child.kill();
    if (host === this.plan.hosts[0] || child.faulted) this.nextFell ||= child.faulted;
  }

  /** Nothing more comes of a row by itself: it has ended, or it is for the user to say whose a clip is. */
  private async isUserNext(child: ChildHost): Promise<boolean> {
    if (child.order.recognises || child.order.gestures.length === 0) return false;
    const rows = await this.reader.newest(100).catch(() => []);
    const atRest = rows.length > 0 && rows.every(({ state }) => !openStates.has(state.name));
    child.looksAtRest = atRest ? child.looksAtRest + 1 : 0;
    const waits = rows.some(({ state }) => state.name === 'perhaps' && state.clip);
    return child.looksAtRest >= 5 || (waits && atRest && rows.every(({ state }) => state.name !== 'perhaps' || state.clip));
  }

  /** The others have all the time in the world. */
  private async whileStopped(fault: Fault | undefined): Promise<void> {
    const other = this.windows[0] ?? (await this.openWindow());
    other.jobs.lookNow();
    const ms = fault?.act.kind === 'stop' ? fault.act.ms : 0;
    for (let step = 0; step < 4; step++) {
      this.clock.skip(ms / 4);
      await pause(100);
    }
    other.jobs.lookNow();
    await pause(400);
  }

  private start({ gestures, fault, cancelWhen, recognises = false, way = 'direct' }: HostPlan): ChildHost {
    const child = new ChildHost(
      {
        place: this.placeOf(`c${this.children.length + 1}`, way),
        clock: this.clock.place,
        gestures: Array.from({ length: gestures }, () => this.newGesture()),
        noHardLinks: isWithoutLinks(this.plan),
        recognises,
        trace: this.plan.trace ?? false,
        ...(this.plan.powerCuts && { journal: this.journal }),
        ...(fault && { fault }),
        ...(cancelWhen && { cancelWhen }),
      },
      this.token,
    );
    this.children.push(child);
    return child;
  }

  private async openWindow(): Promise<HostWindow> {
    this.windowCount += 1;
    const id = `w${this.windowCount}`;
    const window = new HostWindow(this.placeOf(id, 'direct'), this.token, this.clock.forWindow(), (line) =>
      this.lines.push(`${id}: ${line}`),
    );
    this.windows.push(window);
    await window.jobs.start();
    return window;
  }

  private async submitIn(window: HostWindow): Promise<void> {
    const gesture = this.newGesture();
    await window.submit(gesture, this.placeOf('', 'direct').project);
    this.acknowledged.add(gesture.id);
  }

  private newGesture(): Gesture {
    this.gestureCount += 1;
    return { id: `g${this.gestureCount}` };
  }

  private placeOf(windowId: string, way: WindowPlace['way']): WindowPlace {
    const { folder, simulator } = this;
    return { windowId, way, storage: path.join(folder, 'storage'), project: path.join(folder, 'project'), apiBase: simulator.apiBase };
  }
}
