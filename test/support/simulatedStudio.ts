import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { encodedClip } from '../../src/simulator/encodedClip';
import type { LoggedRequest } from '../../src/simulator/requestLog';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { browserUnderTest } from './browserUnderTest';
import { packedExtension } from './packedExtension';
import { vsixFile } from './projectRoot';
import { sampleWorkspace } from './sampleWorkspace';
import { vscodeUnderTest } from './vscodeUnderTest';
import { Workbench, type WorkbenchOptions } from './workbench';
import { reloadWindow } from './workbenchDriver';

type PassedOn = Pick<WorkbenchOptions, 'theme' | 'locale' | 'settings' | 'env' | 'workspaceTrust' | 'viewport'>;

export interface StudioOptions extends PassedOn {
  /** How long a job runs at Krea; the extension looks for the first time after 2.5 s. */
  readonly runMs?: number;
  /** Clips that show their prompt take a second each to make; one for all is made once. */
  readonly clips?: 'one each' | 'one for all';
  /** Written into the workspace folder, beside the sample. */
  readonly files?: { readonly [name: string]: string | Buffer };
}

/** The packed extension in a real VS Code, the simulator as Krea, and a folder to work in. */
export class SimulatedStudio {
  static async open(options: StudioOptions = {}): Promise<SimulatedStudio> {
    const { clips = 'one for all', files = {}, runMs = 1500, settings, ...passedOn } = options;
    const quiet = () => undefined;
    const { outside, folder } = sampleWorkspace();
    for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
    // a token of its own, so that it can be looked for on the disk
    const token = `kr-test-${randomBytes(16).toString('hex')}`;
    const pace = { runMs, clipBytes: 0 };
    const simulator = await startSimulator({
      makeClip: async (spec) => padded(await encodedClip(clips === 'one each' ? spec : { ...spec, prompt: 'one for all' }), pace.clipBytes),
      runTime: () => pace.runMs,
      tokens: [{ name: 'tester', token, workspace: 'studio' }],
      balance: 1000,
    });
    try {
      const workbench = await Workbench.start({
        ...passedOn,
        vscode: await vscodeUnderTest(process.env.KREA_TEST_HOST === 'floor' ? 'floor' : 'current', quiet),
        browser: await browserUnderTest(quiet),
        folder,
        vsix: existsSync(vsixFile) ? vsixFile : await packedExtension(),
        settings: { 'kreaVideo.apiBase': simulator.apiBase, ...settings },
      });
      return new SimulatedStudio(workbench, simulator, token, folder, outside, pace);
    } catch (error) {
      await simulator.close();
      throw error;
    }
  }

  private constructor(
    readonly workbench: Workbench,
    readonly simulator: Simulator,
    readonly token: string,
    readonly folder: string,
    /** The folder around the workspace: what lies there is in no window. */
    readonly outside: string,
    private readonly pace: { runMs: number; clipBytes: number },
    private apiBase = simulator.apiBase,
  ) {}

  /** From the next window or reload on: another address of the same simulator. */
  useApiBase(apiBase: string): void {
    this.apiBase = apiBase;
    this.workbench.setSettings({ 'kreaVideo.apiBase': apiBase });
  }

  openWindow(folder: string | null = this.folder): Promise<Page> {
    return this.workbench.openWindow({ folder });
  }

  /** From the next job on. */
  jobsRun(runMs: number): void {
    this.pace.runMs = runMs;
  }

  /** Clips that are fetched from now on have at least so many bytes; 0 for what they have of themselves. */
  clipsWeigh(bytes: number): void {
    this.pace.clipBytes = bytes;
  }

  /** Puts these in place of the user's settings and reloads the window, which reads them then. */
  async reloadWith(page: Page, settings: { readonly [key: string]: unknown }): Promise<void> {
    this.workbench.setSettings({ 'kreaVideo.apiBase': this.apiBase, ...settings });
    await reloadWindow(page);
  }

  get posts(): readonly LoggedRequest[] {
    return this.simulator.submits();
  }

  /** Clips below the workspace folder that have their sidecar; names relative to it. */
  takes(): readonly string[] {
    const files = new Set(readdirSync(this.folder, { recursive: true, encoding: 'utf8' }));
    return [...files].filter((file) => file.endsWith('.mp4') && files.has(file.replace(/\.mp4$/, '.json'))).sort();
  }

  sidecars(): readonly string[] {
    const files = readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
    return files.filter((file) => /_take-\d+\.json$/.test(file)).sort();
  }

  /** A second folder to open, empty. */
  otherFolder(): string {
    const folder = path.join(this.outside, 'elsewhere');
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** What must hold in every run, whatever it was about: the token is on no disk and went nowhere else. */
  assertTokenKept(): void {
    assert.deepEqual(this.simulator.violations, []);
    const found = [this.workbench.profile, this.outside].flatMap((root) => filesWith(this.token, root));
    assert.deepEqual(found, [], 'files that hold the token');
  }

  async stop(): Promise<void> {
    await this.workbench.stop();
    await this.simulator.close();
    if (!process.env.KREA_TEST_KEEP) rmSync(this.outside, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Text and databases hold it as it is or as UTF-16. */
function filesWith(secret: string, root: string): readonly string[] {
  const forms = [Buffer.from(secret), Buffer.from(secret, 'utf16le'), Buffer.from(Buffer.from(secret).toString('base64'))];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(root, name))
    .filter((file) => {
      if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
      const bytes = readFileSync(file);
      return forms.some((form) => bytes.includes(form));
    });
}

/** An MP4 may end with a box of nothing. */
function padded(clip: Uint8Array, bytes: number): Uint8Array {
  const size = Math.max(0, bytes - clip.length);
  if (size < 8) return clip;
  const free = Buffer.alloc(size);
  free.writeUInt32BE(size);
  free.write('free', 4, 'latin1');
  return Buffer.concat([clip, free]);
}
