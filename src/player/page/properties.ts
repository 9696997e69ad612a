import type { PageClip, PageFact, PlayerTexts } from '../messages';
import { button, element, icon } from './element';
import { lines } from './icons';
import { keyRows } from './keys';

/** Everything known of the clip, and the keys of the player; opened over the page, closed with Escape. */
export class Properties {
  readonly root = element('dialog', { class: 'properties' });
  readonly #texts: PlayerTexts;

  constructor(texts: PlayerTexts) {
    this.#texts = texts;
    this.root.setAttribute('aria-labelledby', 'properties-title');
    // a press on what lies behind it closes it too
    this.root.addEventListener('click', (event) => {
      if (event.target === this.root) this.close();
    });
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  close(): void {
    this.root.close();
  }

  open(clip: PageClip): void {
    const texts = this.#texts;
    const close = button('control', '', () => this.close());
    close.append(icon(lines.close, 'icon line'));
    close.setAttribute('aria-label', texts.close);
    close.title = texts.close;
    const sheet = element('div', { class: 'properties-sheet' }, [
      element('header', { class: 'properties-head' }, [
        element('h2', { text: texts.properties, attributes: { id: 'properties-title' } }),
        close,
      ]),
      element('div', { class: 'properties-body', attributes: { tabindex: '0', role: 'group', 'aria-labelledby': 'properties-title' } }, [
        list([...clip.facts, ...clip.properties]),
        element('h3', { text: texts.keys }),
        element(
          'dl',
          { class: 'rows keys' },
          keyRows(texts).map(({ label, keys }) =>
            row(
              label,
              keys.map((key) => element('kbd', { text: key })),
            ),
          ),
        ),
      ]),
    ]);
    this.root.replaceChildren(sheet);
    this.root.showModal();
    close.focus();
  }
}

const list = (facts: readonly PageFact[]): HTMLElement =>
  element(
    'dl',
    { class: 'rows' },
    facts
      .filter(({ value }) => value.trim() !== '')
      .map(({ label, value }) => row(label, [element('span', { text: value, attributes: { dir: 'auto' } })])),
  );

const row = (label: string, value: readonly Node[]): HTMLElement =>
  element('div', {}, [element('dt', { text: label }), element('dd', {}, value)]);
