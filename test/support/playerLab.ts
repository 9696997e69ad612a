import { EventEmitter, once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type FromPage, isFromPage, type ToPage } from '../../src/player/messages';
import { playerHtml } from '../../src/player/playerHtml';
import { browserUnderTest } from './browserUnderTest';
import { type ClipSpec, duskClip } from './duskClip';
import { editorThemes, type ThemeName } from './editorThemes';
import { projectRoot } from './projectRoot';

/** The player's page as built, in a browser, with the editor's part played by a few lines: no editor needed. */
export interface PlayerLab {
  open(how?: LabPageOptions): Promise<LabPage>;
  /** Makes a clip below the lab's address, returns its address; the same name gives the same clip. */
  clip(name: string, spec: ClipSpec): Promise<string>;
  /** Any file below the lab's address. */
  file(name: string, bytes: Uint8Array | string): Promise<string>;
  close(): Promise<void>;
}

export interface LabPageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
  /** The editor's own setting, a class of the body. */
  readonly calm?: boolean;
  /** As on a desktop, where the decoder is missing. */
  readonly withoutAac?: boolean;
  readonly language?: string;
  /** What the page may do beyond the usual: `clipboard-write`, `clipboard-read`. */
  readonly permissions?: readonly string[];
}

export interface LabPage {
  readonly page: Page;
  /** Errors and refusals of the policy that the browser reported, and words the extension would not take. */
  readonly complaints: readonly string[];
  /** All the page has said, oldest first. */
  readonly said: readonly FromPage[];
  send(message: ToPage): Promise<void>;
  /** The first message of this type after `since` messages; waits for it. */
  heard<T extends FromPage['type']>(type: T, since?: number): Promise<FromPage & { readonly type: T }>;
  video(): Promise<VideoNow>;
  /** What the editor keeps for the page. */
  state(): Promise<unknown>;
  /** Throws the page away and makes a new one, as the editor does on hiding and reloading; the state stays. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface VideoNow {
  readonly currentTime: number;
  readonly duration: number;
  readonly paused: boolean;
  readonly muted: boolean;
  readonly loop: boolean;
  readonly volume: number;
  readonly playbackRate: number;
  readonly videoWidth: number;
}

const policy = '--autoplay-policy=user-gesture-required';
const deadline = 15_000;
const dist = path.join(projectRoot, 'dist', 'player');
const types: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  css: 'text/css',
  mp4: 'video/mp4',
  html: 'text/html; charset=utf-8',
};

export async function openPlayerLab(): Promise<PlayerLab> {
  const folder = await mkdtemp(path.join(tmpdir(), 'player-lab-'));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://lab');
    if (url.pathname === '/') sendShell(url, response);
    else void sendFile(url.pathname.startsWith('/clips/') ? folder : dist, url, request.headers.range, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the lab has no port');
  const base = `http://127.0.0.1:${address.port}`;
  const executablePath = await browserUnderTest(() => undefined);
  let browser: Browser | undefined;
  const made = new Map<string, Promise<string>>();

  const file = async (name: string, bytes: Uint8Array | string) => {
    await writeFile(path.join(folder, name), bytes);
    return `${base}/clips/${name}`;
  };
  return {
    file,
    clip(name, spec) {
      const clip = made.get(name) ?? duskClip(spec).then((bytes) => file(name, bytes));
      made.set(name, clip);
      return clip;
    },
    async open(how = {}) {
      browser ??= await chromium.launch({ executablePath, args: ['--no-sandbox', policy] });
      return openPage(browser, base, how);
    },
    async close() {
      await browser?.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function openPage(browser: Browser, base: string, how: LabPageOptions): Promise<LabPage> {
  const theme = editorThemes[how.theme ?? 'dark'];
  const context = await browser.newContext({ viewport: { width: how.width ?? 640, height: how.height ?? 860 } });
  if (how.permissions) await context.grantPermissions([...how.permissions]);
  const page = await context.newPage();
  page.setDefaultTimeout(deadline);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A clip that is not there is one of the things looked at here.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) complaints.push(message.text());
  });
  const said: FromPage[] = [];
  const spoken = new EventEmitter();
  // By the browser's own protocol: whatever playwright evaluates counts as a gesture of a person, and no clip would be refused.
  const wire = await context.newCDPSession(page);
  await wire.send('Runtime.enable');
  await wire.send('Runtime.addBinding', { name: 'hear' });
  wire.on('Runtime.bindingCalled', ({ payload }) => {
    const message: unknown = JSON.parse(payload, (_, value) => (typeof value?.base64 === 'string' ? fromBase64(value.base64) : value));
    if (isFromPage(message)) said.push(message);
    else complaints.push(`the extension would not take ${payload}`);
    spoken.emit('word');
  });
  await page.addInitScript({ content: editorsPart(theme.colours, how.withoutAac ?? false) });
  const bodyClass = `${theme.bodyClass}${how.calm ? ' vscode-reduce-motion' : ''}`;
  await page.goto(`${base}/?class=${encodeURIComponent(bodyClass)}&lang=${how.language ?? 'en'}`);

  const lab: LabPage = {
    page,
    complaints,
    said,
    async send(message) {
      await wire.send('Runtime.evaluate', { expression: `window.postMessage(${JSON.stringify(message)}, '*')`, userGesture: false });
    },
    async heard<T extends FromPage['type']>(type: T, since = 0) {
      const isIt = (message: FromPage): message is FromPage & { readonly type: T } => message.type === type;
      const signal = AbortSignal.timeout(deadline);
      for (;;) {
        const found = said.slice(since).find(isIt);
        if (found !== undefined) return found;
        await once(spoken, 'word', { signal });
      }
    },
    video: () =>
      page.evaluate(`(({ currentTime, duration, paused, muted, loop, volume, playbackRate, videoWidth }) =>
        ({ currentTime, duration, paused, muted, loop, volume, playbackRate, videoWidth }))(document.querySelector('video'))`),
    state: () => page.evaluate(`JSON.parse(sessionStorage.getItem('state') ?? 'null')`),
    async reload() {
      const before = said.length;
      await page.reload();
      await lab.heard('ready', before);
    },
    close: () => context.close(),
  };
  await lab.heard('ready');
  return lab;
}

/** Its own bytes, not a view of a pool: as the editor hands them over. */
const fromBase64 = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));

/** Runs in the browser before the page does: the editor's API, its colours, the styles it puts before every page's own. */
function editorsPart(colours: Readonly<Record<string, string>>, withoutAac: boolean): string {
  return `
    const kept = () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined;
    const bytes = (_, value) => value instanceof Uint8Array ? { base64: value.toBase64() } : value;
    const postMessage = (message) => window.hear(JSON.stringify(message, bytes));
    const setState = (state) => sessionStorage.setItem('state', JSON.stringify(state ?? null));
    window.acquireVsCodeApi = () => ({ postMessage, getState: kept, setState });
    if (${withoutAac}) OfflineAudioContext.prototype.decodeAudioData = () => Promise.reject(new DOMException('', 'EncodingError'));
    const dress = () => {
      const { style } = document.documentElement;
      for (const [name, colour] of Object.entries(${JSON.stringify(colours)})) style.setProperty('--vscode-' + name, colour);
      style.setProperty('--vscode-font-family', '"DejaVu Sans", "Noto Sans CJK JP"');
      style.setProperty('--vscode-font-size', '13px');
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(\`@layer editor {
        html { scrollbar-color: rgb(121 121 121 / 0.4) transparent; }
        body { margin: 0; padding: 0 20px; background-color: transparent; color: var(--vscode-editor-foreground); }
      }\`);
      document.adoptedStyleSheets = [sheet];
    };
    if (document.documentElement) dress();
    else new MutationObserver((_, watch) => {
      if (!document.documentElement) return;
      watch.disconnect();
      dress();
    }).observe(document, { childList: true });`;
}

function sendShell(url: URL, response: ServerResponse): void {
  const html = playerHtml({
    cspSource: "'self'",
    nonce: 'bGFi',
    script: '/page.js',
    style: '/page.css',
    language: url.searchParams.get('lang') ?? 'en',
  });
  response.setHeader('content-type', types.html ?? '');
  response.end(html.replace('<body>', `<body class="${url.searchParams.get('class')}">`));
}

async function sendFile(folder: string, url: URL, range: string | undefined, response: ServerResponse): Promise<void> {
  const file = path.join(folder, path.basename(url.pathname));
  try {
    const { size } = await stat(file);
    const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
    const start = Number(from ?? 0);
    const end = to ? Math.min(Number(to), size - 1) : size - 1;
    response.setHeader('content-type', types[path.extname(file).slice(1)] ?? 'application/octet-stream');
    response.setHeader('accept-ranges', 'bytes');
    response.setHeader('content-length', end - start + 1);
    if (from !== undefined) response.writeHead(206, { 'content-range': `bytes ${start}-${end}/${size}` });
    createReadStream(file, { start, end }).pipe(response);
  } catch {
    response.writeHead(404).end();
  }
}
