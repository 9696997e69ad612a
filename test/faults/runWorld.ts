import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seededRandom } from '../../src/simulator/seededRandom';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { tinyClip } from '../support/tinyClip';
import { type AccountChange, afterChange } from './fault';
import { type Gesture, HostWindow, type WindowPlace } from './hostWindow';
import { mountSmallDisk, unmount } from './ledgerTroubles';
import type { Tokens, Who } from './people';
import { actsOf, type Machine, machinesOf, type Plan } from './plan';
import { isWithoutLinks, layOutFolders, withNote, withoutLinks } from './runFolder';
import { SharedClock } from './sharedClock';

/** At this speed the 30 s of a submit are more than a second: enough for a slow machine. */
const speed = 25;

const namesFile = (body: unknown): boolean => typeof body === 'object' && body !== null && 'start_image' in body;

/** Folders of the runs of this process. */
export const foldersOf = (pid: number): string => path.join(realpathSync(tmpdir()), `krea-faults-${pid}-`);

/** What the windows of a run live in: a clock, a service, folders, tokens; and the windows of the test's own process. */
export class RunWorld {
  readonly windows: HostWindow[] = [];
  readonly lastWindows: Partial<Record<Machine, HostWindow>> = {};
  readonly lines: string[] = [];
  /** Of the windows that open from here on. */
  version: number | undefined;
  private gestureCount = 0;
  private who: Who = 'ann';

  private constructor(
    readonly folder: string,
    readonly clock: SharedClock,
    readonly simulator: Simulator,
    readonly demo: Simulator | undefined,
    readonly clipOf: (prompt: string) => Buffer,
    readonly smallDisk: boolean,
  ) {}

  static async open(plan: Plan): Promise<RunWorld> {
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
    let loses = plan.hosts.some(({ file }) => file === 'lost');
    const simulator = await startSimulator({
      ...service,
      onAnswered: ({ body, jobId }) => {
        if (!loses || jobId === undefined || !namesFile(body)) return;
        loses = false;
        simulator.loseUploads();
      },
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
    return new RunWorld(folder, clock, simulator, demo, clipOf, smallDisk);
  }

  async close(): Promise<void> {
    await Promise.all(this.windows.map((window) => window.close()));
    await Promise.all([this.simulator.close(), this.demo?.close()]);
    withoutLinks.delete(this.folder);
    if (this.smallDisk) unmount(path.join(this.folder, 'storage'));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** All windows of a computer share the token. */
  changeAccount(change: AccountChange): void {
    if (change === 'revoked') this.simulator.set({ revoked: ['ann'] });
    this.who = afterChange[change].inUse;
    for (const window of this.windows) window.use(this.who);
  }

  get tokens(): Tokens {
    return Object.fromEntries([...this.simulator.tokens, ...(this.demo?.tokens ?? [])].map(({ name, token }) => [name, token]));
  }

  async openWindow(machine: Machine = 1): Promise<HostWindow> {
    const id = `w${this.windows.length + 1}`;
    const place = { ...this.placeOf(id, 'direct', machine), ...(this.version && { version: this.version }) };
    const window = new HostWindow(place, this.tokens, this.clock.forWindow(), (line) => this.lines.push(`${id}: ${line}`));
    this.windows.push(window);
    this.lastWindows[machine] = window;
    window.use(this.who);
    await window.jobs.start();
    return window;
  }

  newGesture(withFile = false): Gesture {
    this.gestureCount += 1;
    return { id: `g${this.gestureCount}`, ...(withFile && { withFile }) };
  }

  placeOf(windowId: string, way: WindowPlace['way'], machine: Machine = 1): WindowPlace {
    const of = (name: string): string => path.join(this.folder, machine === 1 ? name : `${name} ${machine}`);
    return { windowId, way, storage: of('storage'), project: of('project'), apiBase: this.simulator.apiBase };
  }
}
