import type { PlayerTexts } from '../messages';
import { post } from './editorApi';
import { bytesOf, frameOf, pictureOf } from './frame';
import type { Stage } from './stage';

/** Takes the frame that is shown out of the page: to the extension as a file, or to the clipboard. */
export class Stills {
  readonly #stage: Stage;
  readonly #texts: PlayerTexts;
  readonly #tell: (text: string) => void;

  constructor(stage: Stage, texts: PlayerTexts, tell: (text: string) => void) {
    this.#stage = stage;
    this.#texts = texts;
    this.#tell = tell;
  }

  /** Stops the clip, so that the frame that is kept stays in sight. */
  async use(): Promise<void> {
    const { clip } = this.#stage;
    const canvas = this.#shown();
    if (!clip || !canvas) return;
    const seconds = this.#stage.video.currentTime;
    try {
      const png = await bytesOf(await pictureOf(canvas, 'image/png'));
      post({ type: 'still', takeId: clip.takeId, seconds, png });
    } catch {
      this.#tell(this.#texts.frameNotRead);
    }
  }

  /** Only while a key or a press is answered: the browser lets a page write to the clipboard at no other time. */
  async copy(): Promise<void> {
    const canvas = this.#shown();
    if (!canvas) return;
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': pictureOf(canvas, 'image/png') })]);
      this.#tell(this.#texts.frameCopied);
    } catch {
      this.#tell(this.#texts.frameNotCopied);
    }
  }

  #shown(): HTMLCanvasElement | undefined {
    const { view, transport, video } = this.#stage;
    if (view !== 'ready') return undefined;
    transport.pause();
    this.#stage.hidePoster();
    try {
      return frameOf(video);
    } catch {
      this.#tell(this.#texts.frameNotRead);
      return undefined;
    }
  }
}
