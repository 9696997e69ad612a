import type { ClipTrouble, PageClip, PlayerState, PlayerTexts } from '../messages';
import { Autostart } from './autostart';
import { post, saveState } from './editorApi';
import { button, element, icon } from './element';
import { icons } from './icons';
import { Poster } from './poster';
import { type StageView, stageWords } from './stageWords';
import { Transport } from './transport';

/** What one clip is to be played with. */
export interface Take {
  readonly clip: PageClip;
  readonly autoplay: boolean;
  readonly loop: boolean;
  /** Where a former page of this panel had got to. */
  readonly from: PlayerState | undefined;
}

/** A state is kept at most this often while a clip plays, ms. */
const keepEvery = 250;

/**
 * The dark part: one video element for the life of the page (a browser lets the element that a person once started
 * go on with sound, also with another clip; a new one it would mute again), and the words that stand in its place.
 */
export class Stage {
  readonly root: HTMLElement;
  readonly video: HTMLVideoElement;
  readonly transport: Transport;
  readonly #play: HTMLButtonElement;
  readonly #words = element('div', { class: 'words' });
  readonly #soundOff = element('div', { class: 'sound-off', attributes: { hidden: '' } });
  readonly #autostart: Autostart;
  readonly #poster: Poster;
  readonly #say: (text: string) => void;
  readonly #texts: PlayerTexts;
  #take: Take | undefined;
  #hasPlayed = false;
  #audible = true;
  #keptAt = 0;
  #viewNow: StageView = 'empty';
  #trouble: ClipTrouble | undefined;

  constructor(texts: PlayerTexts, say: (text: string) => void) {
    this.#texts = texts;
    this.#say = say;
    this.video = element('video', { class: 'video', attributes: { playsinline: '', preload: 'auto', crossorigin: 'anonymous' } });
    this.transport = new Transport(this.video, () => void this.#start(false));
    this.#autostart = new Autostart(this.video, () => this.#showSoundOff());
    this.#poster = new Poster(this.video);
    this.#play = button('big-play', '', () => this.transport.toggle());
    this.#play.append(icon(icons.play, 'icon'));
    // The same as the button below it, larger; keys and screen readers have that one.
    this.#play.tabIndex = -1;
    this.#play.setAttribute('aria-hidden', 'true');
    const soundOn = button('stage-button', texts.soundOn, () => this.#soundOn());
    this.#soundOff.append(element('span', { class: 'sound-off-why', text: texts.soundOff }), soundOn);
    this.root = element('section', { class: 'stage' }, [this.video, this.#poster.picture, this.#play, this.#words, this.#soundOff]);
    this.root.setAttribute('aria-label', texts.stage);
    this.video.addEventListener('click', () => this.transport.toggle());
    this.#poster.picture.addEventListener('click', () => this.transport.toggle());
    this.#listen();
    this.#view('empty');
  }

  get clip(): PageClip | undefined {
    return this.#take?.clip;
  }

  get view(): StageView {
    return this.#viewNow;
  }

  show(take: Take): void {
    const { clip, from } = take;
    this.#take = take;
    this.#hasPlayed = false;
    this.#audible = clip.sound !== 'none';
    this.#shape(clip.size);
    this.#autostart.reset();
    this.#poster.follow(clip);
    const { video, transport } = this;
    if (from) {
      video.volume = from.volume;
      video.muted = from.muted;
    }
    video.loop = take.loop;
    transport.speed = from?.speed ?? 1;
    transport.frameRate = undefined;
    video.setAttribute('aria-label', clip.title);
    if (clip.source.kind === 'trouble') {
      this.#unload();
      this.trouble(clip.source.trouble);
    } else {
      this.#view('loading');
      // Also when the address is the same: the file may have been written anew.
      video.src = clip.source.src;
      video.load();
    }
    this.#keep(from?.position ?? 0);
  }

  empty(): void {
    this.#take = undefined;
    this.#poster.follow(undefined);
    this.#unload();
    this.#view('empty');
    saveState(undefined);
  }

  /** Says in the place of the picture why there is none, and what can be done. */
  trouble(trouble: ClipTrouble): void {
    this.video.pause();
    this.#view('trouble', trouble);
    this.#say(this.#texts[trouble]);
  }

  /** The clip has a track that this editor cannot decode: an offer to turn the sound on would be a lie. */
  silent(): void {
    this.#audible = false;
    this.#showSoundOff();
    this.root.dispatchEvent(new Event('viewchange'));
  }

  get audible(): boolean {
    return this.#audible;
  }

  /** Why there is no sound to turn on. */
  get whySilent(): string {
    return this.clip?.sound === 'none' ? this.#texts.noSound : this.#texts.soundUnplayable;
  }

  /** Also a file that this editor cannot show. */
  get fileIsThere(): boolean {
    return this.#trouble === undefined || this.#trouble === 'undecodable' || this.#trouble === 'noPicture';
  }

  toggleMuted(): void {
    if (this.#viewNow !== 'ready' || !this.#audible) return;
    if (this.#autostart.muted) this.#soundOn();
    else this.video.muted = !this.video.muted;
  }

  hidePoster(): void {
    this.#poster.hide();
  }

  #view(view: StageView, trouble?: ClipTrouble): void {
    this.#viewNow = view;
    this.#trouble = trouble;
    this.root.dataset.view = view;
    this.transport.ready = view === 'ready';
    this.#words.replaceChildren(...stageWords(view, this.#texts, trouble && { trouble, clip: this.#take?.clip }));
    this.#showPlay();
    this.root.dispatchEvent(new Event('viewchange'));
  }

  #shape(size: { readonly width: number; readonly height: number } | undefined): void {
    if (!size || size.width <= 0 || size.height <= 0) return;
    const ratio = size.width / size.height;
    document.documentElement.style.setProperty('--ratio', ratio.toFixed(4));
    document.body.dataset.shape = ratio < 0.9 ? 'portrait' : ratio > 1.2 ? 'landscape' : 'square';
  }

  #showPlay(): void {
    this.#play.hidden = this.#viewNow !== 'ready' || this.#hasPlayed;
  }

  #showSoundOff(): void {
    this.#soundOff.hidden = !(this.#autostart.muted && this.#audible);
  }

  #soundOn(): void {
    this.#autostart.soundOn();
    if (this.video.paused) void this.#start(false);
  }

  #unload(): void {
    this.video.removeAttribute('src');
    this.video.load();
  }

  /** `byItself`: no person asked for it, so it may have to start without sound, or not at all. */
  async #start(byItself: boolean): Promise<void> {
    const take = this.#take;
    const started = await this.#autostart.start(byItself, () => take === this.#take);
    if (started === 'plays' || !byItself || take === undefined || take !== this.#take) return;
    post({ type: 'paused', takeId: take.clip.takeId, position: this.video.currentTime });
  }

  #keep(position: number): void {
    if (this.#take === undefined) return;
    const { volume, muted, loop } = this.video;
    const { takeId } = this.#take.clip;
    saveState({ v: 1, takeId, position, volume, muted: muted && !this.#autostart.muted, loop, speed: this.transport.speed });
    this.#keptAt = performance.now();
  }

  #listen(): void {
    const video = this.video;
    const on = (event: keyof HTMLMediaElementEventMap, act: (take: Take) => void) =>
      video.addEventListener(event, () => {
        if (this.#take && video.hasAttribute('src')) act(this.#take);
      });
    const loaded = () => this.#viewNow === 'ready' && !this.#poster.seeking;
    const keep = () => {
      if (loaded()) this.#keep(video.currentTime);
    };

    on('loadedmetadata', (take) => this.#loaded(take));
    // One step after the first frame is there; before it the browser draws its own waiting sign into the picture.
    on('canplay', () => {
      if (this.#viewNow === 'loading' && !this.#poster.seeking) this.#view('ready');
    });
    on('play', ({ clip }) => {
      const isFirst = !this.#hasPlayed;
      this.#hasPlayed = true;
      this.#showPlay();
      // One announcement replaces the other: the first one of a clip names it again.
      this.#say(isFirst && clip.title !== '' ? `${clip.title}. ${this.#texts.playing}` : this.#texts.playing);
    });
    on('playing', ({ clip }) => post({ type: 'playing', takeId: clip.takeId, position: video.currentTime }));
    on('pause', ({ clip }) => {
      if (!loaded()) return;
      this.#keep(video.currentTime);
      post({ type: 'paused', takeId: clip.takeId, position: video.currentTime });
      if (!video.ended) this.#say(this.#texts.paused);
    });
    on('ended', ({ clip }) => {
      this.#keep(video.currentTime);
      post({ type: 'ended', takeId: clip.takeId });
      this.#say(this.#texts.ended);
    });
    on('timeupdate', () => {
      if (loaded() && performance.now() - this.#keptAt >= keepEvery) this.#keep(video.currentTime);
    });
    for (const event of ['seeked', 'volumechange', 'ratechange'] as const) on(event, keep);
    video.addEventListener('loopchange', keep);
    on('error', ({ clip }) => this.#failed(clip));
  }

  #loaded({ clip, autoplay, from }: Take): void {
    const video = this.video;
    const { videoWidth: width, videoHeight: height, duration } = video;
    post({ type: 'measured', takeId: clip.takeId, width, height, seconds: Number.isFinite(duration) ? duration : 0 });
    if (width === 0) {
      // A picture in a format that the browser does not know is no error to it; it would play the sound alone.
      this.trouble('noPicture');
      post({ type: 'failed', takeId: clip.takeId, trouble: 'noPicture', code: 0, message: '' });
      return;
    }
    this.#shape({ width, height });
    const position = Math.min(from?.position ?? 0, this.transport.seconds);
    if (position > 0) video.currentTime = position;
    if (autoplay) void this.#start(true);
    else {
      post({ type: 'paused', takeId: clip.takeId, position });
      if (position === 0) void this.#raisePoster(clip);
    }
  }

  async #raisePoster(clip: PageClip): Promise<void> {
    await this.#poster.raise();
    if (this.clip === clip && this.#viewNow === 'loading' && this.video.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA)
      this.#view('ready');
  }

  #failed(clip: PageClip): void {
    const { error } = this.video;
    const trouble = error?.code === MediaError.MEDIA_ERR_NETWORK ? 'unreadable' : 'undecodable';
    this.trouble(trouble);
    post({ type: 'failed', takeId: clip.takeId, trouble, code: error?.code ?? 0, message: error?.message ?? '' });
  }
}
