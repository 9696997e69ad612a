import type { ClipTrouble, PageClip, PlayerState, PlayerTexts } from '../messages';
import { post, saveState } from './editorApi';
import { button, element, icon } from './element';
import { type StageView, stageWords } from './stageWords';

/** What one clip is to be played with. */
export interface Take {
  readonly clip: PageClip;
  readonly autoplay: boolean;
  readonly loop: boolean;
  /** Where a former page of this panel had got to. */
  readonly from: PlayerState | undefined;
}

const triangle = 'M8 5.14v13.72a.6.6 0 0 0 .92.5l10.7-6.86a.6.6 0 0 0 0-1L8.92 4.64A.6.6 0 0 0 8 5.14z';
/** A state is kept at most this often while a clip plays, ms. */
const keepEvery = 250;

/**
 * The dark part: one video element for the life of the page (a browser lets the element that a person once started
 * go on with sound, also with another clip; a new one it would mute again), and the words that stand in its place.
 */
export class Stage {
  readonly root: HTMLElement;
  readonly #video: HTMLVideoElement;
  readonly #play: HTMLButtonElement;
  readonly #words: HTMLElement;
  readonly #soundOff: HTMLElement;
  readonly #say: (text: string) => void;
  readonly #texts: PlayerTexts;
  #take: Take | undefined;
  /** Muted by us, so that the clip could start by itself; not what the person chose. */
  #mutedToStart = false;
  #hasPlayed = false;
  #audible = true;
  #keptAt = 0;

  constructor(texts: PlayerTexts, say: (text: string) => void) {
    this.#texts = texts;
    this.#say = say;
    this.#video = element('video', {
      class: 'video',
      attributes: {
        playsinline: '',
        preload: 'auto',
        crossorigin: 'anonymous',
        // Both do nothing in an editor's frame; saving is the extension's work.
        controlslist: 'nofullscreen nodownload',
      },
    });
    this.#play = button('big-play', '', () => this.toggle());
    this.#play.append(icon(triangle, 'icon'));
    this.#words = element('div', { class: 'words' });
    this.#soundOff = element('div', { class: 'sound-off', attributes: { hidden: '' } });
    this.root = element('section', { class: 'stage' }, [this.#video, this.#play, this.#words, this.#soundOff]);
    this.root.setAttribute('aria-label', texts.stage);
    this.#play.setAttribute('aria-label', texts.play);
    this.#soundOff.append(
      element('span', { class: 'sound-off-why', text: texts.soundOff }),
      button('stage-button', texts.soundOn, () => this.#soundOn()),
    );
    this.#listen();
    this.#view('empty');
  }

  show(take: Take): void {
    const { clip, from } = take;
    this.#take = take;
    this.#hasPlayed = false;
    this.#audible = clip.sound !== 'none';
    this.#shape(clip.size);
    const video = this.#video;
    if (from) {
      video.volume = from.volume;
      video.muted = from.muted;
    } else if (this.#mutedToStart) video.muted = false;
    this.#mutedToStart = false;
    this.#showSoundOff();
    video.loop = take.loop;
    // Before the first play a picture, not a desk: the frame stays free but for one button.
    video.controls = from !== undefined;
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
    this.#unload();
    this.#view('empty');
    saveState(undefined);
  }

  /** Says in the place of the picture why there is none, and what can be done. */
  trouble(trouble: ClipTrouble): void {
    this.#video.pause();
    this.#view('trouble', trouble);
    this.#say(this.#texts[trouble]);
  }

  /** The clip has a track that this editor cannot decode: an offer to turn the sound on would be a lie. */
  silent(): void {
    this.#audible = false;
    this.#showSoundOff();
  }

  pause(): void {
    this.#video.pause();
  }

  toggle(): void {
    if (this.#viewNow !== 'ready') return;
    if (this.#video.paused) void this.#start(false);
    else this.#video.pause();
  }

  toggleMuted(): void {
    if (this.#viewNow !== 'ready') return;
    if (this.#mutedToStart) this.#soundOn();
    else this.#video.muted = !this.#video.muted;
  }

  /** Moves by so many seconds, within the clip. */
  skip(seconds: number): void {
    if (this.#viewNow !== 'ready') return;
    const { currentTime, duration } = this.#video;
    this.#video.currentTime = Math.min(Math.max(0, currentTime + seconds), Number.isFinite(duration) ? duration : currentTime);
  }

  get #viewNow(): string | undefined {
    return this.root.dataset.view;
  }

  #view(view: StageView, trouble?: ClipTrouble): void {
    this.root.dataset.view = view;
    this.#words.replaceChildren(...stageWords(view, this.#texts, trouble && { trouble, clip: this.#take?.clip }));
    this.#showPlay();
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
    this.#soundOff.hidden = !(this.#mutedToStart && this.#audible);
  }

  #soundOn(): void {
    this.#mutedToStart = false;
    this.#video.muted = false;
    this.#showSoundOff();
    this.#video.focus();
    if (this.#video.paused) void this.#start(false);
  }

  #unload(): void {
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  /** `byItself`: no person asked for it, so it may have to start without sound, or not at all. */
  async #start(byItself: boolean): Promise<void> {
    const take = this.#take;
    const video = this.#video;
    if (await this.#played()) return;
    if (!byItself || take !== this.#take) return;
    const wasMuted = video.muted;
    this.#mutedToStart = !wasMuted;
    video.muted = true;
    if ((await this.#played()) || take !== this.#take) return this.#showSoundOff();
    this.#mutedToStart = false;
    video.muted = wasMuted;
    post({ type: 'paused', takeId: take?.clip.takeId ?? '', position: video.currentTime });
  }

  /** False only when the browser wants a person to start it; another clip in between is no refusal. */
  async #played(): Promise<boolean> {
    try {
      await this.#video.play();
      return true;
    } catch (error) {
      return !(error instanceof DOMException && error.name === 'NotAllowedError');
    }
  }

  #keep(position: number): void {
    if (this.#take === undefined) return;
    const { volume, muted, loop } = this.#video;
    saveState({ v: 1, takeId: this.#take.clip.takeId, position, volume, muted: muted && !this.#mutedToStart, loop });
    this.#keptAt = performance.now();
  }

  #listen(): void {
    const video = this.#video;
    const on = (event: keyof HTMLMediaElementEventMap, act: (take: Take) => void) =>
      video.addEventListener(event, () => {
        if (this.#take && video.hasAttribute('src')) act(this.#take);
      });
    const loaded = () => this.#viewNow === 'ready';

    on('loadedmetadata', (take) => this.#loaded(take));
    // One step after the first frame is there; before it the browser draws its own waiting sign into the picture.
    on('canplay', () => {
      if (this.#viewNow === 'loading') this.#view('ready');
    });
    on('play', ({ clip }) => {
      const isFirst = !this.#hasPlayed;
      this.#hasPlayed = true;
      video.controls = true;
      if (document.activeElement === this.#play) video.focus();
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
    on('seeked', () => {
      if (loaded()) this.#keep(video.currentTime);
    });
    on('volumechange', () => {
      if (!video.muted) this.#mutedToStart = false;
      this.#showSoundOff();
      if (loaded()) this.#keep(video.currentTime);
    });
    on('error', ({ clip }) => this.#failed(clip));
  }

  #loaded({ clip, autoplay, from }: Take): void {
    const video = this.#video;
    const { videoWidth: width, videoHeight: height, duration } = video;
    post({ type: 'measured', takeId: clip.takeId, width, height, seconds: Number.isFinite(duration) ? duration : 0 });
    if (width === 0) {
      // A picture in a format that the browser does not know is no error to it; it would play the sound alone.
      this.trouble('noPicture');
      post({ type: 'failed', takeId: clip.takeId, trouble: 'noPicture', code: 0, message: '' });
      return;
    }
    this.#shape({ width, height });
    if (from) video.currentTime = Math.min(from.position, Number.isFinite(duration) ? duration : from.position);
    if (autoplay) void this.#start(true);
    else post({ type: 'paused', takeId: clip.takeId, position: video.currentTime });
  }

  #failed(clip: PageClip): void {
    const { error } = this.#video;
    const trouble = error?.code === MediaError.MEDIA_ERR_NETWORK ? 'unreadable' : 'undecodable';
    this.trouble(trouble);
    post({ type: 'failed', takeId: clip.takeId, trouble, code: error?.code ?? 0, message: error?.message ?? '' });
  }
}
