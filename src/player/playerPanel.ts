import path from 'node:path';
import * as vscode from 'vscode';
import { clipSource } from './clipSource';
import { frameRate } from './frameRate';
import { type ClipTrouble, type FromPage, isPlayerState, type PageClip } from './messages';
import { OpenPanel, type PanelEvents, playerViewType } from './openPanel';
import type { PlayerClip } from './playerClip';
import type { PlayerRequest } from './playerRequest';
import type { PlayerSetup } from './playerSetup';
import { playerTexts } from './playerTexts';
import { posterOf, savePoster } from './poster';
import { sleepingTabs } from './sleepingTabs';

export { playerViewType } from './openPanel';

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

/** The player: at most one panel in a window, with one video element for as long as its page lives. */
export class PlayerPanel implements vscode.Disposable {
  readonly #setup: PlayerSetup;
  readonly #changed = new vscode.EventEmitter<PlayerPanelState>();
  readonly #asked = new vscode.EventEmitter<PlayerRequest>();
  readonly #measured = new vscode.EventEmitter<{ clip: PlayerClip; width: number; height: number; seconds: number }>();
  readonly #failed = new vscode.EventEmitter<{ clip: PlayerClip; trouble: ClipTrouble; detail: string }>();
  readonly #postered = new vscode.EventEmitter<PlayerClip>();
  readonly #probed = new vscode.EventEmitter<{ readonly aac: boolean }>();

  readonly onDidChangeState = this.#changed.event;
  /** A button of the page, all but *Copy Prompt*, which the player does itself. */
  readonly onDidAsk = this.#asked.event;
  /** Pixels and seconds as the browser sees them, each time a clip is loaded. */
  readonly onDidMeasure = this.#measured.event;
  readonly onDidFail = this.#failed.event;
  /** The clip has a poster on disk from now on. */
  readonly onDidSavePoster = this.#postered.event;
  /** Whether AAC sound plays here; told at the first clip of a page that has such sound. */
  readonly onDidProbe = this.#probed.event;

  #state: PlayerPanelState = 'closed';
  #open: OpenPanel | undefined;
  #clip: PlayerClip | undefined;
  /** Set until a page has been sent the clip for the first time; what is sent later resumes. */
  #fresh: { readonly autoplay: boolean } | undefined;
  /** Of several sendings that wait for the disk only the last goes out: the page would take the next as a resumption. */
  #turn = 0;

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
    return this.#open?.visible ?? false;
  }

  /** Resolves when the clip was sent to the page, or is kept until the page can have it; never rejects. */
  async show(clip: PlayerClip, how: ShowHow): Promise<void> {
    this.#clip = clip;
    this.#fresh = { autoplay: how.autoplay };
    const open = this.#open ?? this.#create(how.preserveFocus);
    if ((how.reveal && !open.visible) || !how.preserveFocus) open.reveal(how.preserveFocus);
    open.title = clip.title;
    open.mayRead(clip.file);
    // Counts as playing from here on, so that a second clip that ends now does not take the stage from this one.
    this.#become(how.autoplay && (how.reveal || open.visible) ? 'playing' : 'paused');
    await this.#send();
  }

  /** Opens the panel, or brings it forward, with the clip it has or with the words for none. */
  open(how: { readonly preserveFocus: boolean }): void {
    if (this.#open === undefined) {
      this.#create(how.preserveFocus);
      this.#become('empty');
    } else this.#open.reveal(how.preserveFocus);
  }

  /** Takes the clip off the stage, because its file is about to go; the panel stays, with the words for none. */
  empty(): void {
    this.#clip = undefined;
    this.#fresh = undefined;
    if (this.#open === undefined) return;
    this.#open.title = '';
    this.#open.post({ type: 'empty' });
    this.#become('empty');
  }

  /** Words over the picture, also for a screen reader; dropped when no page listens. */
  say(text: string): void {
    this.#open?.post({ type: 'say', text });
  }

  pause(): void {
    this.#open?.post({ type: 'pause' });
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
    const roots = [...this.#setup.roots(), vscode.Uri.file(path.dirname(clip.file))];
    this.#open = OpenPanel.adopt(panel, this.#setup.extensionUri, roots, this.#events);
    this.#open.title = clip.title;
    this.#become('paused');
  }

  dispose(): void {
    this.#open?.close();
    for (const emitter of [this.#changed, this.#asked, this.#measured, this.#failed, this.#probed]) emitter.dispose();
  }

  #create(preserveFocus: boolean): OpenPanel {
    const { extensionUri, viewType = playerViewType } = this.#setup;
    const roots = [...this.#setup.roots()];
    if (this.#clip) roots.push(vscode.Uri.file(path.dirname(this.#clip.file)));
    const asleep = sleepingTabs(viewType);
    const viewColumn = asleep[0]?.group.viewColumn ?? vscode.ViewColumn.Beside;
    this.#open = OpenPanel.create({ extensionUri, roots, viewType, viewColumn, preserveFocus }, this.#events);
    // a tab that cannot be closed now is closed when it is shown: `restore` takes no second panel
    if (asleep.length > 0)
      vscode.window.tabGroups.close(asleep, true).then(undefined, (error) => this.#setup.log(`player: ${String(error)}`));
    return this.#open;
  }

  readonly #events: PanelEvents = {
    heard: (message) => this.#hear(message),
    hidden: () => {
      if (this.#state === 'playing') this.#become('paused');
    },
    dead: () => {
      this.#setup.log('player: the page did not start, also not when loaded once more');
      if (this.#state === 'playing') this.#become('paused');
    },
    closed: () => {
      this.#open = undefined;
      this.#clip = undefined;
      this.#become('closed');
    },
    log: (line) => this.#setup.log(line),
  };

  #hear(message: FromPage): void {
    if (message.type === 'ready') {
      this.#open?.post({ type: 'texts', texts: playerTexts() });
      void this.#send();
      return;
    }
    if (message.type === 'probed') {
      this.#setup.log(`player: AAC sound ${message.aac ? 'plays' : 'cannot be decoded'} in this editor`);
      this.#probed.fire({ aac: message.aac });
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
        void this.#examine(clip, message);
        return;
      case 'action':
        if (message.action === 'copyPrompt') this.#copyPrompt(clip);
        else if (this.#setup.actions(clip).includes(message.action)) this.#asked.fire({ action: message.action, clip });
        return;
      case 'still':
        this.#asked.fire({ action: 'useFrame', clip, seconds: message.seconds, png: message.png });
        return;
      case 'poster':
        void this.#savePoster(clip, message.jpeg);
        return;
      default:
        message satisfies never;
    }
  }

  /** To the browser a file that is gone and a file that is broken are one error; the file system knows which. */
  async #examine(clip: PlayerClip, failure: FromPage & { type: 'failed' }): Promise<void> {
    this.#become('paused');
    const source = await clipSource(clip.file, AbortSignal.timeout(lookWithin));
    const trouble = source.kind === 'trouble' ? source.trouble : failure.trouble;
    if (this.#clip === clip && trouble !== failure.trouble) this.#open?.post({ type: 'trouble', takeId: clip.takeId, trouble });
    this.#setup.log(`player: ${trouble}, media error ${failure.code} ${failure.message}`);
    this.#failed.fire({ clip, trouble, detail: `${failure.code} ${failure.message}` });
  }

  async #savePoster(clip: PlayerClip, jpeg: Uint8Array): Promise<void> {
    try {
      this.#setup.log(`player: poster ${await savePoster(clip.file, jpeg)}`);
      this.#postered.fire(clip);
    } catch (error) {
      this.#setup.log(`player: no poster: ${String(error)}`);
    }
  }

  #copyPrompt(clip: PlayerClip): void {
    vscode.env.clipboard.writeText(clip.prompt).then(
      () => this.#open?.post({ type: 'copied' }),
      (error) => this.#setup.log(`player: the prompt was not copied: ${String(error)}`),
    );
  }

  async #send(): Promise<void> {
    const open = this.#open;
    const clip = this.#clip;
    if (!open?.ready) return;
    if (clip === undefined) {
      open.post({ type: 'empty' });
      return;
    }
    const turn = ++this.#turn;
    const signal = AbortSignal.timeout(lookWithin);
    const source = await clipSource(clip.file, signal);
    const poster = source.kind === 'file' ? await posterOf(clip.file) : ({ kind: 'none' } as const);
    if (this.#open !== open || this.#clip !== clip || this.#turn !== turn) return;
    const fresh = this.#fresh;
    const autoplay = fresh?.autoplay ?? false;
    const { takeId, title, prompt, facts, properties = [], again, sound, size } = clip;
    const pageClip: PageClip = {
      takeId,
      source: source.kind === 'file' ? { kind: 'file', src: open.address(clip.file, source.version) } : source,
      title,
      prompt,
      facts,
      properties,
      ...(again !== undefined && { again }),
      poster: poster.kind === 'there' ? { kind: 'there', src: open.address(poster.file, poster.version) } : poster,
      sound,
      ...(size && { size }),
      actions: this.#setup.actions(clip),
    };
    const sent = open.post({ type: 'show', clip: pageClip, autoplay, loop: this.#setup.loop(), resume: fresh === undefined });
    if (sent) this.#fresh = undefined;
    if (source.kind === 'file') void this.#sendFrameRate(open, clip, signal);
    else {
      this.#become('paused');
      this.#failed.fire({ clip, trouble: source.trouble, detail: 'the file system says so' });
    }
  }

  /** After the clip, which must not wait for it. */
  async #sendFrameRate(open: OpenPanel, clip: PlayerClip, signal: AbortSignal): Promise<void> {
    const rate = await frameRate(clip.file, signal);
    if (rate !== undefined && this.#open === open && this.#clip === clip) {
      open.post({ type: 'frameRate', takeId: clip.takeId, frameRate: rate });
    }
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
