import { randomBytes } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { clipSource } from './clipSource';
import { type ClipTrouble, type FromPage, isFromPage, isPlayerState, type PageClip, type PlayerAction } from './messages';
import { PageLink } from './pageLink';
import type { PlayerClip } from './playerClip';
import { playerHtml } from './playerHtml';
import { playerTexts } from './playerTexts';

export const playerViewType = 'kreaVideo.player';

export interface PlayerSetup {
  /** Root of the extension: `dist/player` and `media` lie below it. */
  readonly extensionUri: vscode.Uri;
  /** Folders a clip may lie in. Asked once per opened panel, because a change of them reloads the page. */
  readonly roots: () => readonly vscode.Uri[];
  /** The take of a stored panel; undefined when nobody knows it any more: the panel is closed then. */
  readonly findClip: (takeId: string, signal: AbortSignal) => Promise<PlayerClip | undefined>;
  readonly loop: () => boolean;
  /** The buttons that work for this clip in this window. */
  readonly actions: (clip: PlayerClip) => readonly PlayerAction[];
  /** One English line for the log; never holds a prompt. */
  readonly log: (line: string) => void;
}

export interface ShowHow {
  readonly preserveFocus: boolean;
  /** As the settings have it; with reduced motion the page does not start by itself all the same. */
  readonly autoplay: boolean;
  /** Brings a hidden panel to the front. A closed panel is always opened, beside the active editor. */
  readonly reveal: boolean;
}

export type PlayerPanelState = 'closed' | 'empty' | 'playing' | 'paused';

/** Longest wait for the file system or for the finder of takes, ms. A remote host outlives its window, and calls then hang. */
const lookWithin = 10_000;
/** Longest tab title, characters. */
const titleLength = 60;

/** The player: at most one panel in a window, with one video element for as long as its page lives. */
export class PlayerPanel implements vscode.Disposable {
  readonly #setup: PlayerSetup;
  readonly #changed = new vscode.EventEmitter<PlayerPanelState>();
  readonly #asked = new vscode.EventEmitter<{ readonly action: PlayerAction; readonly clip: PlayerClip }>();
  readonly #measured = new vscode.EventEmitter<{ clip: PlayerClip; width: number; height: number; seconds: number }>();
  readonly #failed = new vscode.EventEmitter<{ clip: PlayerClip; trouble: ClipTrouble; detail: string }>();

  readonly onDidChangeState = this.#changed.event;
  /** A button of the page, all but *Copy Prompt*, which the player does itself. */
  readonly onDidAsk = this.#asked.event;
  /** Pixels and seconds as the browser sees them, each time a clip is loaded. */
  readonly onDidMeasure = this.#measured.event;
  readonly onDidFail = this.#failed.event;

  #state: PlayerPanelState = 'closed';
  #open: OpenPanel | undefined;
  #clip: PlayerClip | undefined;
  /** Set until a page has been sent the clip for the first time; what is sent later resumes. */
  #fresh: { readonly autoplay: boolean } | undefined;

  constructor(setup: PlayerSetup) {
    this.#setup = setup;
  }

  get state(): PlayerPanelState {
    return this.#state;
  }

  get clip(): PlayerClip | undefined {
    return this.#clip;
  }

  get visible(): boolean {
    return this.#open?.panel.visible ?? false;
  }

  /** Resolves when the clip was sent to the page, or is kept until the page can have it; never rejects. */
  async show(clip: PlayerClip, how: ShowHow): Promise<void> {
    this.#clip = clip;
    this.#fresh = { autoplay: how.autoplay };
    const open = this.#open ?? this.#create(how.preserveFocus);
    if (how.reveal && !open.panel.visible) open.panel.reveal(undefined, how.preserveFocus);
    else if (!how.preserveFocus) open.panel.reveal(undefined, false);
    open.panel.title = tabTitle(clip.title);
    this.#widenRoots(open, clip);
    // Counts as playing from here on, so that a second clip that ends now does not take the stage from this one.
    this.#become(how.autoplay && (how.reveal || open.panel.visible) ? 'playing' : 'paused');
    await this.#send();
  }

  /** Opens the panel, or brings it forward, with the clip it has or with the words for none. */
  open(how: { readonly preserveFocus: boolean }): void {
    if (this.#open === undefined) {
      this.#create(how.preserveFocus);
      this.#become('empty');
    } else this.#open.panel.reveal(undefined, how.preserveFocus);
  }

  pause(): void {
    this.#open?.link.post({ type: 'pause' });
  }

  /** For the editor's serializer. Closes a panel whose state or take makes no sense; never rejects. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    let gone = false;
    const watch = panel.onDidDispose(() => {
      gone = true;
    });
    const clip = isPlayerState(state) ? await this.#find(state.takeId) : undefined;
    watch.dispose();
    if (gone) return;
    if (clip === undefined || this.#open !== undefined) {
      panel.dispose();
      return;
    }
    this.#clip = clip;
    this.#fresh = undefined;
    panel.title = tabTitle(clip.title);
    const roots = [...this.#setup.roots(), vscode.Uri.file(path.dirname(clip.file))];
    panel.webview.options = this.#options(roots);
    this.#adopt(panel, roots);
    this.#become('paused');
  }

  dispose(): void {
    this.#open?.panel.dispose();
    for (const emitter of [this.#changed, this.#asked, this.#measured, this.#failed]) emitter.dispose();
  }

  #create(preserveFocus: boolean): OpenPanel {
    const roots = [...this.#setup.roots()];
    if (this.#clip && !isBelow(this.#clip.file, roots)) roots.push(vscode.Uri.file(path.dirname(this.#clip.file)));
    const panel = vscode.window.createWebviewPanel(
      playerViewType,
      tabTitle(this.#clip?.title ?? ''),
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus },
      // A page that is kept goes on playing when it is hidden; a new one is there in a fraction of a second.
      { ...this.#options(roots), retainContextWhenHidden: false },
    );
    return this.#adopt(panel, roots);
  }

  #options(roots: readonly vscode.Uri[]): vscode.WebviewOptions {
    return { enableScripts: true, enableForms: false, localResourceRoots: [this.#pageFolder, this.#mediaFolder, ...roots] };
  }

  get #pageFolder(): vscode.Uri {
    return vscode.Uri.joinPath(this.#setup.extensionUri, 'dist', 'player');
  }

  get #mediaFolder(): vscode.Uri {
    return vscode.Uri.joinPath(this.#setup.extensionUri, 'media');
  }

  #adopt(panel: vscode.WebviewPanel, roots: readonly vscode.Uri[]): OpenPanel {
    const link = new PageLink(
      {
        post: (message) => void panel.webview.postMessage(message).then(undefined, (error) => this.#setup.log(`player: ${String(error)}`)),
        load: () => {
          panel.webview.html = this.#html(panel.webview);
        },
        later: (run, ms) => {
          const timer = setTimeout(run, ms);
          return () => clearTimeout(timer);
        },
      },
      () => {
        this.#setup.log('player: the page did not start, also not when loaded once more');
        if (this.#state === 'playing') this.#become('paused');
      },
    );
    const open: OpenPanel = { panel, link, roots, visible: panel.visible };
    this.#open = open;
    panel.iconPath = new vscode.ThemeIcon('device-camera-video');
    panel.webview.onDidReceiveMessage((message: unknown) => {
      if (this.#open === open && isFromPage(message)) this.#hear(open, message);
    });
    panel.onDidChangeViewState(() => this.#seen(open));
    panel.onDidDispose(() => this.#closed(open));
    link.open();
    return open;
  }

  /** The editor compares the text and ignores the same page again; the new nonce makes it another one. */
  #html(webview: vscode.Webview): string {
    const address = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(this.#pageFolder, name)).toString();
    return playerHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64url'),
      script: address('page.js'),
      style: address('page.css'),
      language: vscode.env.language,
    });
  }

  /** A takes folder that was chosen after the panel was opened: the page is reloaded once, and gets the clip when it is ready. */
  #widenRoots(open: OpenPanel, clip: PlayerClip): void {
    if (isBelow(clip.file, open.roots)) return;
    open.roots = [...open.roots, vscode.Uri.file(path.dirname(clip.file))];
    open.panel.webview.options = this.#options(open.roots);
    if (open.panel.visible) open.link.expect();
  }

  #seen(open: OpenPanel): void {
    if (open.panel.visible) {
      if (!open.visible && !open.link.ready) open.link.expect();
    } else if (open.visible) {
      // For an editor that keeps hidden pages: sound must not go on in a tab that nobody sees.
      open.link.post({ type: 'pause' });
      open.link.lost();
      if (this.#state === 'playing') this.#become('paused');
    }
    open.visible = open.panel.visible;
  }

  #closed(open: OpenPanel): void {
    open.link.lost();
    if (this.#open !== open) return;
    this.#open = undefined;
    this.#clip = undefined;
    this.#become('closed');
  }

  #hear(open: OpenPanel, message: FromPage): void {
    if (message.type === 'ready') {
      open.link.found();
      open.link.post({ type: 'texts', texts: playerTexts(vscode.l10n) });
      void this.#send();
      return;
    }
    if (message.type === 'probed') {
      this.#setup.log(`player: AAC sound ${message.aac ? 'plays' : 'cannot be decoded'} in this editor`);
      return;
    }
    const clip = this.#clip;
    if (clip?.takeId !== message.takeId) return;
    switch (message.type) {
      case 'playing':
        this.#become('playing');
        return;
      case 'paused':
      case 'ended':
        this.#become('paused');
        return;
      case 'measured':
        this.#measured.fire({ clip, width: message.width, height: message.height, seconds: message.seconds });
        return;
      case 'failed':
        void this.#examine(open, clip, message);
        return;
      case 'action':
        if (message.action === 'copyPrompt') this.#copyPrompt(open, clip);
        else this.#asked.fire({ action: message.action, clip });
        return;
      default:
        message satisfies never;
    }
  }

  /** To the browser a file that is gone and a file that is broken are one error; the file system knows which. */
  async #examine(open: OpenPanel, clip: PlayerClip, failure: FromPage & { type: 'failed' }): Promise<void> {
    this.#become('paused');
    const source = await clipSource(clip.file, AbortSignal.timeout(lookWithin));
    const trouble = source.kind === 'trouble' ? source.trouble : failure.trouble;
    if (this.#clip === clip && trouble !== failure.trouble) open.link.post({ type: 'trouble', takeId: clip.takeId, trouble });
    this.#setup.log(`player: ${trouble}, media error ${failure.code} ${failure.message}`);
    this.#failed.fire({ clip, trouble, detail: `${failure.code} ${failure.message}` });
  }

  #copyPrompt(open: OpenPanel, clip: PlayerClip): void {
    vscode.env.clipboard.writeText(clip.prompt).then(
      () => open.link.post({ type: 'copied' }),
      (error) => this.#setup.log(`player: the prompt was not copied: ${String(error)}`),
    );
  }

  async #send(): Promise<void> {
    const open = this.#open;
    const clip = this.#clip;
    if (open === undefined || !open.link.ready) return;
    if (clip === undefined) {
      open.link.post({ type: 'empty' });
      return;
    }
    const source = await clipSource(clip.file, AbortSignal.timeout(lookWithin));
    if (this.#open !== open || this.#clip !== clip) return;
    const fresh = this.#fresh;
    const autoplay = fresh?.autoplay ?? false;
    const { takeId, title, prompt, facts, sound, size } = clip;
    const pageClip: PageClip = {
      takeId,
      source: source.kind === 'file' ? { kind: 'file', src: this.#address(open, clip, source.version) } : source,
      title,
      prompt,
      facts,
      sound,
      ...(size && { size }),
      actions: this.#setup.actions(clip),
    };
    const sent = open.link.post({ type: 'show', clip: pageClip, autoplay, loop: this.#setup.loop(), resume: fresh === undefined });
    if (sent) this.#fresh = undefined;
    if (source.kind === 'trouble') this.#become('paused');
  }

  #address(open: OpenPanel, clip: PlayerClip, version: string): string {
    return open.panel.webview
      .asWebviewUri(vscode.Uri.file(clip.file))
      .with({ query: `v=${version}` })
      .toString();
  }

  async #find(takeId: string): Promise<PlayerClip | undefined> {
    const signal = AbortSignal.timeout(lookWithin);
    const late = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
    try {
      return await Promise.race([this.#setup.findClip(takeId, signal), late]);
    } catch (error) {
      this.#setup.log(`player: the take of the stored panel was not found: ${String(error)}`);
      return undefined;
    }
  }

  #become(state: PlayerPanelState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#changed.fire(state);
  }
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly link: PageLink;
  /** Folders the page may read, besides its own. */
  roots: readonly vscode.Uri[];
  /** As last told: the same event also reports that the panel gained or lost the focus. */
  visible: boolean;
}

function isBelow(file: string, roots: readonly vscode.Uri[]): boolean {
  return roots.some((root) => {
    const way = path.relative(root.fsPath, file);
    return way !== '' && !way.startsWith('..') && !path.isAbsolute(way);
  });
}

function tabTitle(title: string): string {
  const line = title.replace(/\s+/g, ' ').trim();
  if (line === '') return 'Krea Video';
  const signs = [...line];
  return signs.length > titleLength
    ? `${signs
        .slice(0, titleLength - 1)
        .join('')
        .trimEnd()}…`
    : line;
}
