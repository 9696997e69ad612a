import { isToPage, type PlayerTexts, type ToPage } from '../messages';
import { playsAac } from './aacSound';
import { Details } from './details';
import { post, savedState } from './editorApi';
import { element } from './element';
import { followKeys } from './keys';
import { Stage } from './stage';

/** The editor marks its own setting on the body; the system's is a media query. */
const wantsCalm = () => document.body.classList.contains('vscode-reduce-motion') || matchMedia('(prefers-reduced-motion: reduce)').matches;

class Page {
  readonly #stage: Stage;
  readonly #details: Details;
  readonly #status = element('div', { class: 'status', attributes: { role: 'status', 'aria-live': 'polite' } });
  readonly #texts: PlayerTexts;
  #takeId: string | undefined;

  constructor(texts: PlayerTexts) {
    this.#texts = texts;
    this.#stage = new Stage(texts, (text) => this.#say(text));
    this.#details = new Details(texts);
    document.body.append(element('main', { class: 'player' }, [this.#stage.root, this.#details.root]), this.#status);
    followKeys(this.#stage);
  }

  hear(message: Exclude<ToPage, { type: 'texts' }>): void {
    switch (message.type) {
      case 'show':
        this.#show(message);
        return;
      case 'trouble':
        if (message.takeId === this.#takeId) this.#stage.trouble(message.trouble);
        return;
      case 'pause':
        this.#stage.pause();
        return;
      case 'copied':
        this.#details.copied();
        this.#say(this.#texts.copied);
        return;
      case 'empty':
        this.#takeId = undefined;
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
    this.#takeId = clip.takeId;
    this.#say(clip.title);
    this.#details.show(clip);
    this.#stage.show({ clip, autoplay: autoplay && !calm, loop: (from?.loop ?? loop) && !calm, from });
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
