/**
 * Starts a clip. By itself it may have to start without sound, because a browser wants a person to ask for sound first;
 * that muting is ours, and never kept as what the person chose.
 */
export class Autostart {
  readonly #video: HTMLVideoElement;
  readonly #changed: () => void;
  #muted = false;

  constructor(video: HTMLVideoElement, changed: () => void) {
    this.#video = video;
    this.#changed = changed;
    video.addEventListener('volumechange', () => {
      if (!video.muted) this.#muted = false;
      changed();
    });
  }

  /** The clip is silent only because it started by itself. */
  get muted(): boolean {
    return this.#muted;
  }

  /** Another clip comes: what we muted is the person's again. */
  reset(): void {
    if (this.#muted) this.#video.muted = false;
    this.#muted = false;
    this.#changed();
  }

  soundOn(): void {
    this.#muted = false;
    this.#video.muted = false;
    this.#changed();
  }

  /** `wanted` is asked before each attempt: another clip may have come meanwhile. */
  async start(byItself: boolean, wanted: () => boolean): Promise<'plays' | 'refused'> {
    if (await this.#played()) return 'plays';
    if (!byItself || !wanted()) return 'refused';
    const video = this.#video;
    const wasMuted = video.muted;
    this.#muted = !wasMuted;
    video.muted = true;
    if ((await this.#played()) || !wanted()) {
      this.#changed();
      return 'plays';
    }
    this.#muted = false;
    video.muted = wasMuted;
    return 'refused';
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
}
