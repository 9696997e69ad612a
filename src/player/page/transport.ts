import { speeds } from '../messages';

/** Until the file has been read for it. Most models make 24 frames a second. */
const usualFrameRate = 24;
const volumeStep = 0.1;

/** What a person can do to a clip that is loaded; before that, nothing happens. */
export class Transport {
  readonly #video: HTMLVideoElement;
  readonly #start: () => void;
  /** Set by the stage: there is a picture to work with. */
  ready = false;
  #frameRate: number | undefined;

  constructor(video: HTMLVideoElement, start: () => void) {
    this.#video = video;
    this.#start = start;
  }

  /** Frames a second; `undefined`: not known yet. */
  set frameRate(rate: number | undefined) {
    this.#frameRate = rate;
  }

  get seconds(): number {
    const { duration } = this.#video;
    return Number.isFinite(duration) ? duration : 0;
  }

  toggle(): void {
    if (!this.ready) return;
    if (this.#video.paused) this.#start();
    else this.#video.pause();
  }

  pause(): void {
    this.#video.pause();
  }

  seek(seconds: number): void {
    if (this.ready) this.#video.currentTime = Math.min(Math.max(0, seconds), this.seconds);
  }

  skip(seconds: number): void {
    this.seek(this.#video.currentTime + seconds);
  }

  toStart(): void {
    this.seek(0);
  }

  toEnd(): void {
    this.#toFrame(this.frames.count - 1);
  }

  /** Stops, and shows the frame so many after this one. */
  step(frames: number): void {
    if (!this.ready) return;
    this.#video.pause();
    this.#toFrame(this.frames.index + frames);
  }

  /** The frame that is shown, from 0, and how many there are. */
  get frames(): { readonly index: number; readonly count: number } {
    const rate = this.#frameRate ?? usualFrameRate;
    const count = Math.max(1, Math.round(this.seconds * rate));
    // a position is kept to the microsecond: what lies that close below a frame's start is that frame
    return { index: Math.min(count - 1, Math.floor(this.#video.currentTime * rate + 0.001)), count };
  }

  /** Into the middle of the frame: its edges are rounded differently by file, decoder and clock. */
  #toFrame(index: number): void {
    const rate = this.#frameRate ?? usualFrameRate;
    this.seek((Math.min(Math.max(0, index), this.frames.count - 1) + 0.5) / rate);
  }

  toggleLoop(): boolean {
    this.#video.loop = !this.#video.loop;
    // nobody else tells of it
    this.#video.dispatchEvent(new Event('loopchange'));
    return this.#video.loop;
  }

  louder(steps: number): void {
    if (this.ready) this.volume = this.#video.volume + steps * volumeStep;
  }

  set volume(volume: number) {
    this.#video.volume = Math.min(1, Math.max(0, Math.round(volume * 100) / 100));
    this.#video.muted = this.#video.volume === 0;
  }

  set speed(speed: number) {
    // loading a clip sets the rate back to the default one
    this.#video.defaultPlaybackRate = speed;
    this.#video.playbackRate = speed;
  }

  get speed(): number {
    return this.#video.playbackRate;
  }

  faster(steps: number): void {
    const at = speeds.indexOf(this.speed);
    const next = speeds[at + steps];
    if (this.ready && next !== undefined) this.speed = next;
  }
}
