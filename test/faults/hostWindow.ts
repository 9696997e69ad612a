import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Accounts } from '../../src/jobs/accounts';
import { standIn } from '../../src/jobs/addressed';
import type { Clock } from '../../src/jobs/clock';
import type { Order, OrderInput } from '../../src/jobs/job';
import type { Connection, JobParts } from '../../src/jobs/jobParts';
import { Jobs } from '../../src/jobs/jobs';
import { Ledger } from '../../src/jobs/ledger';
import { type FileKind, ledgerKind } from '../../src/jobs/ledgerFile';
import { RequestRate } from '../../src/jobs/requestRate';
import { WindowLock } from '../../src/jobs/windowLock';
import { KreaClient } from '../../src/krea/kreaClient';
import { Network } from '../../src/krea/network';
import type { Deadlines } from '../../src/krea/transport';
import { png } from '../support/inputFiles';
import { accountOf, type Tokens, type Who } from './people';

/** One wish to generate. Its mark is in the prompt, so that the simulator's jobs say whose they are. */
export interface Gesture {
  readonly id: string;
  /** A picture goes with it. */
  readonly withFile?: boolean;
}

export interface WindowPlace {
  readonly windowId: string;
  readonly storage: string;
  /** Root of the takes folder. */
  readonly project: string;
  readonly apiBase: string;
  readonly way: 'direct' | 'editor';
  /** Version of the extension: 1 and 2 are older ones, 3 is this one, 4 is still to come. */
  readonly version?: number;
}

/** Real milliseconds: the usual ones at the speed of these tests. */
const deadlines: Deadlines = { connect: 2000, get: 1500, send: 2500, fileHeaders: 1500, fileSilence: 1500 };

export const endpoint = '/generate/video/kling/kling-2.5';
export const stem = 'a-heron';
/** What somebody else's file holds that lies under a take's name. */
export const foreignText = 'not a take of ours\n';
/** Names of takes that somebody else has used before. */
export const foreignFiles = ['a-heron_take-001.mp4', 'a-heron_take-002.json'] as const;
/** What is uploaded, in more than one piece. */
export const picture = Buffer.concat([png(1280, 720), Buffer.alloc(100_000)]);
const pictureHash = createHash('sha256').update(picture).digest('hex');
export const pictureIn = (project: string): string => join(project, 'still.png');
export const takesOf = (project: string): string => join(project, 'takes');
export const promptOf = ({ id }: Gesture): string => `mark ${id}: a heron at dawn`;
export const gestureOf = (prompt: string): string | undefined => /^mark (\S+):/.exec(prompt)?.[1];
/** *Submit Again* is a gesture and a row of its own. */
export const againOf = (gesture: string): string => `${gesture}~2`;

/** Steps that are still to come, so that the program under test can be an older version of the extension too. */
const toCome = [
  'ALTER TABLE jobs ADD COLUMN mood TEXT',
  'CREATE TABLE moods (id TEXT PRIMARY KEY, mood TEXT NOT NULL) STRICT',
  'ALTER TABLE moods ADD COLUMN tint TEXT',
];
const thisVersion = 3;
export const newerVersion = 4;

/** The ledger as a version of the extension knows it. What real older versions wrote is for the unit tests of the ledger. */
export function ledgerOfVersion(version: number): FileKind {
  return { ...ledgerKind, migrations: [...ledgerKind.migrations, ...toCome.slice(0, version - 1)] };
}

const pictureOf = (project: string): OrderInput => ({
  role: 'start_image',
  file: pictureIn(project),
  shown: 'still.png',
  sha256: pictureHash,
  bytes: picture.length,
  type: 'image/png',
  ending: 'png',
});

/** What a window has of the jobs: the rooms krea, jobs and takes, without vscode. */
export class HostWindow {
  readonly jobs: Jobs;
  readonly parts: JobParts;
  private readonly network: Network;
  private nextId = '';
  private who: Who = 'ann';

  constructor(
    private readonly place: WindowPlace,
    private readonly tokens: Tokens,
    clock: Clock,
    log: (line: string) => void,
  ) {
    const { storage, windowId, way, version = thisVersion } = place;
    this.network = new Network(way, { strictCertificates: true }, deadlines);
    const ledger = new Ledger(storage, clock, log, ledgerOfVersion(version));
    this.parts = {
      ledger,
      lock: new WindowLock(join(storage, 'windows'), windowId),
      clock,
      rate: new RequestRate(clock, ledger.windows),
      accounts: new Accounts(),
      clipStore: join(storage, 'clips'),
      connect: async () => this.connection(),
      warn: (warning) => log(JSON.stringify(warning)),
      log,
    };
    this.jobs = new Jobs(this.parts, storage, () => this.nextId);
  }

  /** Another token is set, or none. */
  use(who: Who): void {
    if (who === this.who) return;
    this.who = who;
    this.jobs.lookNow();
  }

  async submit(gesture: Gesture): Promise<void> {
    if (this.who === 'nobody') throw new Error('There is no token.');
    const prompt = promptOf(gesture);
    const { project, apiBase } = this.place;
    const order: Order = {
      model: { id: 'kling/kling-2.5', name: 'Kling 2.5' },
      endpoint,
      body: { prompt, duration: 5, ...(gesture.withFile && { start_image: standIn(pictureHash) }) },
      ...(gesture.withFile && { inputs: [pictureOf(project)] }),
      parameters: { duration: 5 },
      prompt,
      requestHash: `hash of ${gesture.id}`,
      estimate: { kind: 'about', microUsd: 367_000, date: '2026-05-25' },
      destination: { folder: takesOf(project), root: project, stem },
    };
    this.nextId = gesture.id;
    await this.jobs.submit(order, accountOf[this.who], new URL(apiBase).href);
  }

  async close(): Promise<void> {
    await this.jobs.dispose();
    await this.network.close();
  }

  private connection(): Connection | undefined {
    if (this.who === 'nobody') return undefined;
    const client = new KreaClient(this.network, new URL(this.place.apiBase), this.tokens[this.who] ?? '', 'krea-video/test');
    return { client, network: this.network, account: accountOf[this.who] };
  }
}
