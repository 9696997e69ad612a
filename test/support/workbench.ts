import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { commandLine, descendantsOf } from './descendantsOf';
import { runChild } from './runChild';
import type { VscodeUnderTest } from './vscodeUnderTest';
import { waitFor } from './waitFor';

export interface WorkbenchOptions {
  readonly vscode: VscodeUnderTest;
  /** Without one there is a server and no window: a person opens the address. */
  readonly browser?: string;
  /** Opened by `openWindow` unless it is told another. */
  readonly folder?: string;
  readonly settings?: { readonly [key: string]: unknown };
  readonly theme?: string;
  readonly locale?: 'ja';
  /** For the server, and so for every extension host. */
  readonly env?: { readonly [name: string]: string };
  /** For the Node of the server, which passes them on to every extension host. */
  readonly nodeArgs?: readonly string[];
  /** A packed extension to install first. */
  readonly vsix?: string;
  /** Leaves VS Code's question "do you trust the authors" on. */
  readonly workspaceTrust?: boolean;
  /** Needed for extensions from the address line; VS Code then shows no notification toasts. */
  readonly smokeTestDriver?: boolean;
  /** Desktop VS Code lets a page play by itself only after a click or key in it. */
  readonly autoplay?: 'after a gesture' | 'always';
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface WindowOptions {
  /** null: a window without a folder */
  readonly folder?: string | null;
  /** Unpacked extensions, and the module whose `run` is to test them. */
  readonly development?: { readonly extension: string; readonly tests: string };
}

/** Without these every start would look for updates, show a welcome page or open the chat. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  // 'on' would keep the player from starting a clip by itself
  'workbench.reduceMotion': 'off',
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'update.mode': 'none',
  // or the window speaks of the ports of everything that runs on this machine
  'remote.autoForwardPorts': false,
  'git.openRepositoryInParentFolders': 'never',
};

const startDeadlineMs = 60_000;

/** A VS Code with a throwaway profile, and a headless browser to look at it. Ends with us, however we end. */
export class Workbench {
  static async start(options: WorkbenchOptions): Promise<Workbench> {
    const workbench = new Workbench(options, await freePort());
    try {
      await workbench.prepareProfile();
      await workbench.startServer();
      if (options.browser) await workbench.startBrowser(options.browser);
      return workbench;
    } catch (error) {
      await workbench.stop();
      throw error;
    }
  }

  /** The throwaway profile: settings, extensions, storage and logs. */
  readonly profile = mkdtempSync(path.join(tmpdir(), 'krea-video-workbench-'));
  readonly userData = path.join(this.profile, 'data');
  readonly serverLog = path.join(this.profile, 'server.log');
  readonly url: string;
  private server: ChildProcess | undefined;
  private browser: Browser | undefined;
  private windows: BrowserContext | undefined;

  private constructor(
    private readonly options: WorkbenchOptions,
    private readonly port: number,
  ) {
    this.url = `http://127.0.0.1:${port}/`;
    process.once('exit', this.endAtOnce);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, leave);
  }

  /** All windows share this context, and with it the secrets that VS Code for the web keeps in the browser. */
  get context(): BrowserContext {
    if (!this.windows) throw new Error('This workbench was started without a browser.');
    return this.windows;
  }

  /** Opens a window and waits until it is drawn. */
  async openWindow(window: WindowOptions = {}): Promise<Page> {
    const page = await this.context.newPage();
    await this.show(page, window);
    return page;
  }

  /** Leaves what the window shows and opens something else in it, as *Open Folder* does. */
  async show(page: Page, window: WindowOptions = {}): Promise<void> {
    await page.goto(this.windowUrl(window), { timeout: startDeadlineMs });
    if (!window.development) await drawn(page);
  }

  async reload(page: Page): Promise<void> {
    await page.reload({ timeout: startDeadlineMs });
    await drawn(page);
  }

  windowUrl({ folder = this.options.folder ?? null, development }: WindowOptions = {}): string {
    const remote = (file: string) => `vscode-remote://127.0.0.1:${this.port}${file}`;
    const query = new URLSearchParams(folder === null ? { ew: 'true' } : { folder });
    if (development) {
      const payload = [
        ['extensionDevelopmentPath', remote(development.extension)],
        ['extensionTestsPath', remote(development.tests)],
      ];
      query.set('payload', JSON.stringify(payload));
    }
    return `${this.url}?${query}`;
  }

  /** Ends the server and all extension hosts without a word, as a crash or a lost power line does, and starts it anew on the same profile. */
  async restartServer(): Promise<void> {
    await this.endServer('SIGKILL');
    await this.startServer();
  }

  /** Ends the extension hosts of all windows without a word; the server and the windows stay. Linux only. */
  killExtensionHosts(): void {
    for (const pid of this.extensionHosts()) process.kill(pid, 'SIGKILL');
  }

  /** Their process ids. Linux only. */
  extensionHosts(): readonly number[] {
    const hosts = descendantsOf(this.server?.pid).filter((pid) => commandLine(pid).includes('--type=extensionHost'));
    if (hosts.length === 0) throw new Error('No extension host is running.');
    return hosts;
  }

  async stop(): Promise<void> {
    process.off('exit', this.endAtOnce);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, leave);
    await this.browser?.close().catch(() => undefined);
    await this.endServer('SIGTERM');
    if (process.env.KREA_TEST_KEEP) console.log(`profile kept: ${this.profile}`);
    else rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private get serverArgs(): readonly string[] {
    const { codeServer } = this.options.vscode;
    const entry = path.join(codeServer, 'out/node/entry.js');
    return [
      entry,
      ...['--config', path.join(this.profile, 'config.yaml')],
      ...['--user-data-dir', this.userData],
      ...['--extensions-dir', path.join(this.profile, 'extensions')],
    ];
  }

  private get serverEnv(): NodeJS.ProcessEnv {
    // an empty gallery: nothing is looked up in the extension marketplace
    return { ...process.env, EXTENSIONS_GALLERY: '{}', ...this.options.env };
  }

  /** Writes the user's settings anew. A window reads them when it opens: reload it. */
  setSettings(settings: WorkbenchOptions['settings']): void {
    const { theme, vscode } = this.options;
    // VS Code writes old forms of settings anew some time after the start, and with them all that stood there before
    const autoUpdate = vscode.name === 'current' ? 'off' : false;
    const all = {
      ...quietSettings,
      'extensions.autoUpdate': autoUpdate,
      ...(theme ? { 'workbench.colorTheme': theme } : {}),
      ...settings,
    };
    writeFileSync(path.join(this.userData, 'User/settings.json'), JSON.stringify(all, null, 2));
  }

  private async prepareProfile(): Promise<void> {
    const { vscode, vsix, settings, locale } = this.options;
    mkdirSync(path.join(this.userData, 'User'), { recursive: true });
    this.setSettings(settings);
    if (locale) this.pretendLanguagePack(locale);
    if (!vsix) return;
    const args = [...this.serverArgs, '--install-extension', vsix];
    await runChild(vscode.node, args, { cwd: this.profile, env: this.serverEnv, deadlineMs: startDeadlineMs, output: 'quiet' });
  }

  /** VS Code takes another language only when a pack for it is installed; an empty one turns extensions to it. */
  private pretendLanguagePack(locale: 'ja'): void {
    const translation = path.join(this.profile, 'no-translations.json');
    writeFileSync(translation, JSON.stringify({ contents: {} }));
    // the server reads the first extension's name; without one it finds no extensions at all
    const extensions = [{ extensionIdentifier: { id: `none.language-pack-${locale}` }, version: '1.0.0' }];
    const pack = { hash: 'none', label: '日本語', extensions, translations: { vscode: translation } };
    writeFileSync(path.join(this.userData, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
  }

  private async startServer(): Promise<void> {
    const { vscode, workspaceTrust, smokeTestDriver, locale, nodeArgs = [] } = this.options;
    const log = openSync(this.serverLog, 'a');
    // older code-server knows no --vscode-option, and VS Code of that time needs none
    const takesOption = readFileSync(path.join(vscode.codeServer, 'out/node/cli.js'), 'utf8').includes('vscode-option');
    const args = [
      ...nodeArgs,
      ...this.serverArgs,
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${this.port}`],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(locale ? ['--locale', locale] : []),
      ...(smokeTestDriver && takesOption ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
    ];
    // a group of its own, so that its extension hosts end with it
    this.server = spawn(vscode.node, args, { env: this.serverEnv, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    await waitFor(
      'the VS Code server',
      async () => {
        if (this.server?.exitCode !== null) throw new Error(`The VS Code server ended:\n${this.endOfServerLog()}`);
        return fetch(this.url, { redirect: 'manual' }).then(
          (response) => response.status < 400,
          () => false,
        );
      },
      { deadlineMs: startDeadlineMs },
    );
  }

  endOfServerLog(): string {
    return readFileSync(this.serverLog, 'utf8').slice(-4000);
  }

  private async startBrowser(executablePath: string): Promise<void> {
    const { autoplay = 'after a gesture', viewport = { width: 1280, height: 800 } } = this.options;
    const policy = autoplay === 'always' ? 'no-user-gesture-required' : 'document-user-activation-required';
    this.browser = await chromium.launch({
      executablePath,
      timeout: startDeadlineMs,
      args: ['--disable-gpu', '--disable-quic', '--disable-component-update', '--disable-sync', `--autoplay-policy=${policy}`],
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    this.windows = await this.browser.newContext({ viewport, permissions: ['clipboard-read', 'clipboard-write'] });
  }

  private async endServer(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const server = this.server;
    if (!server?.pid || server.exitCode !== null || server.signalCode !== null) return;
    const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
    signalGroup(server.pid, signal);
    const late = setTimeout(() => signalGroup(server.pid, 'SIGKILL'), 5000);
    await ended;
    clearTimeout(late);
    signalGroup(server.pid, 'SIGKILL'); // extension hosts outlive a polite end for hours
  }

  /** The browser ends by playwright's own exit handler. */
  private readonly endAtOnce = (): void => {
    signalGroup(this.server?.pid, 'SIGKILL');
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 }); // what was killed may still hold files for a moment
  };
}

function leave(): void {
  process.exit(130);
}

function signalGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // the group is gone
  }
}

async function drawn(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: startDeadlineMs });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('No free port.');
  return address.port;
}
