import type { PlayerTexts } from '../messages';
import { element } from './element';
import { filled } from './filled';
import { timeWords } from './timeWords';
import type { Transport } from './transport';

/** Where in the clip it is: drawn anew with each frame while it plays, and not at all while it rests. */
export class Scrubber {
  readonly root: HTMLElement;
  readonly #video: HTMLVideoElement;
  readonly #transport: Transport;
  readonly #texts: PlayerTexts;
  readonly #range = element('input', { class: 'range scrub', attributes: { type: 'range', min: '0', max: '0', step: 'any', value: '0' } });
  readonly #now = element('span', { class: 'time', attributes: { 'aria-hidden': 'true' } });
  readonly #all = element('span', { class: 'time all', attributes: { 'aria-hidden': 'true' } });
  #following = false;

  constructor(video: HTMLVideoElement, transport: Transport, texts: PlayerTexts) {
    this.#video = video;
    this.#transport = transport;
    this.#texts = texts;
    this.#range.setAttribute('aria-label', texts.position);
    this.#range.addEventListener('input', () => transport.seek(Number(this.#range.value)));
    this.root = element('div', { class: 'track' }, [this.#now, this.#range, this.#all]);
    for (const event of ['seeking', 'seeked', 'timeupdate', 'durationchange', 'emptied', 'ended'] as const)
      video.addEventListener(event, () => this.draw());
    video.addEventListener('playing', () => this.#follow());
    this.draw();
  }

  draw(): void {
    const { seconds } = this.#transport;
    const at = Math.min(this.#video.currentTime, seconds);
    this.#range.max = String(seconds);
    this.#range.value = String(at);
    this.#range.style.setProperty('--done', seconds > 0 ? (at / seconds).toFixed(4) : '0');
    this.#range.setAttribute('aria-valuetext', filled(this.#texts.positionOf, timeWords(at), timeWords(seconds)));
    this.#now.textContent = timeWords(at);
    this.#all.textContent = timeWords(seconds);
    const { index, count } = this.#transport.frames;
    this.#now.title = filled(this.#texts.frameOf, String(index + 1), String(count));
  }

  #follow(): void {
    if (this.#following) return;
    this.#following = true;
    const next = () => {
      this.draw();
      this.#following = !this.#video.paused && !this.#video.ended;
      if (this.#following) this.#video.requestVideoFrameCallback(next);
    };
    this.#video.requestVideoFrameCallback(next);
  }
}
