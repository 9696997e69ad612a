import type { PageClip } from '../messages';
import { post } from './editorApi';
import { element } from './element';
import { bytesOf, frameOf, isBlack, pictureOf } from './frame';

/** Where a poster is looked for, as parts of the clip: the first that is not black is taken. */
const places = [1 / 3, 1 / 2, 2 / 3, 1 / 6, 5 / 6] as const;
/** Longer side of a poster, pixels. */
const longest = 1280;
/** Longest wait for one seek, ms. */
const seekWithin = 4_000;

/** The picture before the first play. Taken when a take has none yet: at rest by seeking, else as the clip plays past it. */
export class Poster {
  readonly picture = element('img', { class: 'poster', attributes: { alt: '', hidden: '' } });
  readonly #video: HTMLVideoElement;
  #clip: PageClip | undefined;
  #wanted = false;
  #seeking = false;
  #blob: string | undefined;

  constructor(video: HTMLVideoElement) {
    this.#video = video;
    this.picture.addEventListener('error', () => this.hide());
    for (const event of ['play', 'seeking'] as const)
      video.addEventListener(event, () => {
        if (!this.#seeking) this.hide();
      });
    video.addEventListener('timeupdate', () => this.#passing());
  }

  /** True while the video jumps about on our behalf. */
  get seeking(): boolean {
    return this.#seeking;
  }

  /** Another clip, or none. */
  follow(clip: PageClip | undefined): void {
    this.#clip = clip;
    this.#wanted = clip?.poster.kind === 'wanted';
    this.#seeking = false;
    this.hide();
  }

  hide(): void {
    this.picture.hidden = true;
    if (this.#blob === undefined) return;
    URL.revokeObjectURL(this.#blob);
    this.#blob = undefined;
  }

  /** Before a clip that waits for a person. The video is back at its start when this resolves; never rejects. */
  async raise(): Promise<void> {
    const clip = this.#clip;
    if (clip?.poster.kind === 'there') this.#show(clip.poster.src);
    if (clip === undefined || !this.#wanted) return;
    this.#wanted = false;
    this.#seeking = true;
    try {
      for (const place of places) {
        await this.#seek(this.#video.duration * place);
        if (this.#clip !== clip) return;
        if (!isBlack(this.#video)) break;
      }
      const blob = await this.#send(clip);
      await this.#seek(0);
      if (this.#clip !== clip) return;
      this.#blob = URL.createObjectURL(blob);
      this.#show(this.#blob);
    } catch {
      // without a poster the first frame stands there
    } finally {
      if (this.#clip === clip) this.#seeking = false;
    }
  }

  #show(address: string): void {
    this.picture.src = address;
    this.picture.hidden = false;
  }

  #passing(): void {
    const video = this.#video;
    const clip = this.#clip;
    if (!this.#wanted || this.#seeking || clip === undefined || video.paused || video.currentTime < video.duration * places[0]) return;
    try {
      if (isBlack(video)) return;
      this.#wanted = false;
      void this.#send(clip).catch(() => undefined);
    } catch {
      this.#wanted = false;
    }
  }

  async #send(clip: PageClip): Promise<Blob> {
    const picture = await pictureOf(frameOf(this.#video, longest), 'image/jpeg');
    post({ type: 'poster', takeId: clip.takeId, jpeg: await bytesOf(picture) });
    return picture;
  }

  /** Ends also with the clip, so that nothing waits for one that is gone. */
  #seek(seconds: number): Promise<void> {
    const video = this.#video;
    return new Promise((resolve) => {
      const stop = new AbortController();
      const timer = setTimeout(() => stop.abort(), seekWithin);
      stop.signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
      for (const event of ['seeked', 'error', 'emptied'] as const)
        video.addEventListener(event, () => stop.abort(), { signal: stop.signal });
      video.currentTime = seconds;
    });
  }
}
