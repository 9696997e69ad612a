import { isToPage, type PlayerAction, type PlayerTexts, type ToPage } from '../messages';
import { playsAac } from './aacSound';
import { ControlBar } from './controlBar';
import { Details } from './details';
import { post, savedState } from './editorApi';
import { element } from './element';
import { filled } from './filled';
import { followKeys } from './keys';
import { Menu } from './menu';
import { moreEntries } from './moreEntries';
import { Properties } from './properties';
import { Stage } from './stage';
import { Stills } from './stills';
import { Toast } from './toast';

/** The editor marks its own setting on the body; the system's is a media query. */
const wantsCalm = () => document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches;

class Page {
  readonly #stage: Stage;
  readonly #bar: ControlBar;
  readonly #menu: Menu;
  readonly #details: Details;
  readonly #properties: Properties;
  readonly #stills: Stills;
  readonly #toast = new Toast();
  readonly #status = element('div', { class: 'status', attributes: { role: 'status', 'aria-live': 'polite' } });
  readonly #texts: PlayerTexts;

  constructor(texts: PlayerTexts) {
    this.#texts = texts;
    this.#stage = new Stage(texts, (text) => this.#say(text));
    this.#stills = new Stills(this.#stage, texts, (text) => this.#tell(text));
    this.#properties = new Properties(texts);
    this.#menu = new Menu(texts.more, () => moreEntries(this.#stage, texts, this.#moreActs));
    this.#bar = new ControlBar(this.#stage, this.#menu, texts, {
      generateAgain: () => this.#ask('generateAgain'),
      useFrame: () => void this.#stills.use(),
      step: (frames) => this.#step(frames),
    });
    this.#details = new Details(texts);
    this.#stage.root.append(this.#toast.root);
    const screen = element('div', { class: 'screen' }, [this.#stage.root, this.#bar.root]);
    document.body.append(
      element('main', { class: 'player' }, [screen, this.#details.root]),
      this.#menu.root,
      this.#properties.root,
      this.#status,
    );
    this.#followKeys();
  }

  hear(message: Exclude<ToPage, { type: 'texts' }>): void {
    switch (message.type) {
      case 'show':
        this.#show(message);
        return;
      case 'trouble':
        if (message.takeId === this.#takeId) this.#stage.trouble(message.trouble);
        return;
      case 'frameRate':
        if (message.takeId !== this.#takeId) return;
        this.#stage.transport.frameRate = message.frameRate;
        this.#bar.scrubber.draw();
        return;
      case 'pause':
        this.#stage.transport.pause();
        return;
      case 'copied':
        this.#details.copied();
        this.#tell(this.#texts.copied);
        return;
      case 'say':
        this.#tell(message.text);
        return;
      case 'empty':
        this.#over();
        this.#details.empty();
        this.#stage.empty();
        return;
      default:
        message satisfies never;
    }
  }

  #show({ clip, autoplay, loop, resume }: ToPage & { type: 'show' }): void {
    const state = resume ? savedState() : undefined;
    const from = state?.takeId === clip.takeId ? state : undefined;
    const calm = wantsCalm();
    this.#over();
    this.#say(clip.title);
    this.#details.show(clip);
    this.#stage.show({ clip, autoplay: autoplay && !calm, loop: (from?.loop ?? loop) && !calm, from });
    this.#bar.show(clip);
    if (clip.sound === 'aac') void this.#probeSound(clip.takeId, () => this.#details.unplayableSound(clip));
  }

  async #probeSound(takeId: string, sayIt: () => void): Promise<void> {
    const aac = await playsAac();
    post({ type: 'probed', aac });
    if (aac || this.#takeId !== takeId) return;
    sayIt();
    this.#stage.silent();
    this.#say(this.#texts.soundUnplayable);
  }

  readonly #moreActs = {
    ask: (action: PlayerAction) => this.#ask(action),
    copyFrame: () => void this.#stills.copy(),
    pictureInPicture: () => void this.#pictureInPicture(),
    properties: () => this.#openProperties(),
  };

  #followKeys(): void {
    const { transport } = this.#stage;
    followKeys({
      toggle: () => transport.toggle(),
      skip: (seconds) => transport.skip(seconds),
      step: (frames) => this.#step(frames),
      toStart: () => transport.toStart(),
      toEnd: () => transport.toEnd(),
      loop: () => transport.toggleLoop(),
      mute: () => this.#stage.toggleMuted(),
      louder: (steps) => transport.louder(steps),
      faster: (steps) => transport.faster(steps),
      again: () => this.#say(this.#bar.focusAgain() ?? ''),
      useFrame: () => void this.#stills.use(),
      copyFrame: () => void this.#stills.copy(),
      pictureInPicture: () => void this.#pictureInPicture(),
      properties: () => this.#openProperties(),
    });
  }

  get #takeId(): string | undefined {
    return this.#stage.clip?.takeId;
  }

  #step(frames: number): void {
    const { transport } = this.#stage;
    transport.step(frames);
    const { index, count } = transport.frames;
    if (transport.ready) this.#say(filled(this.#texts.frameOf, String(index + 1), String(count)));
  }

  #ask(action: PlayerAction): void {
    if (this.#takeId !== undefined) post({ type: 'action', takeId: this.#takeId, action });
  }

  #openProperties(): void {
    const { clip } = this.#stage;
    if (clip) this.#properties.open(clip);
  }

  async #pictureInPicture(): Promise<void> {
    if (this.#stage.view !== 'ready' || !document.pictureInPictureEnabled) return;
    try {
      if (document.pictureInPictureElement) await document.exitPictureInPicture();
      else await this.#stage.video.requestPictureInPicture();
    } catch {
      this.#tell(this.#texts.pictureInPictureFailed);
    }
  }

  /** What was opened over the page belongs to the former clip. */
  #over(): void {
    this.#menu.close();
    this.#properties.close();
    this.#toast.hide();
  }

  /** For the eyes too. */
  #tell(text: string): void {
    this.#say(text);
    this.#toast.show(text);
  }

  #say(text: string): void {
    this.#status.textContent = text;
  }
}

let page: Page | undefined;

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isToPage(data)) return;
  if (data.type === 'texts') page ??= new Page(data.texts);
  else page?.hear(data);
});
post({ type: 'ready' });
