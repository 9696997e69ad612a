import { element } from './element';

/** How long a sentence stands over the picture, ms. */
const standsFor = 4_000;

/** Short words over the picture for the eyes; a screen reader hears them from the page's status. */
export class Toast {
  readonly root = element('div', { class: 'toast', attributes: { 'aria-hidden': 'true', hidden: '' } });
  #timer: ReturnType<typeof setTimeout> | undefined;

  show(text: string): void {
    clearTimeout(this.#timer);
    this.root.textContent = text;
    this.root.hidden = false;
    this.#timer = setTimeout(() => {
      this.root.hidden = true;
    }, standsFor);
  }

  hide(): void {
    clearTimeout(this.#timer);
    this.root.hidden = true;
  }
}
