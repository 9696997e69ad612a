import type { PageClip, PlayerTexts } from '../messages';
import { post } from './editorApi';
import { button, element } from './element';

/** From this length, or so many lines, the prompt gets an area of its own that scrolls. */
const longPrompt = { signs: 280, lines: 5 };
/** How long *Copied* stands on its button, ms. */
const copiedFor = 2_000;

/** The words beside or below the clip: title, prompt, facts. */
export class Details {
  readonly root = element('section', { class: 'details' });
  #copy: HTMLButtonElement | undefined;
  #sound: HTMLElement | undefined;
  readonly #texts: PlayerTexts;

  constructor(texts: PlayerTexts) {
    this.#texts = texts;
    this.root.setAttribute('aria-label', texts.details);
    this.empty();
  }

  empty(): void {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  show(clip: PageClip): void {
    this.#sound = element('div', { class: 'notice', attributes: { hidden: '' } });
    const sheet = element('div', { class: 'sheet' }, [
      element('header', { class: 'top' }, [this.#title(clip), this.#sound]),
      this.#prompt(clip),
      this.#facts(clip),
    ]);
    this.root.replaceChildren(sheet);
    this.root.hidden = false;
    this.root.scrollTop = 0;
  }

  /** The clip has sound, and this editor has no decoder for it. */
  unplayableSound(clip: PageClip): void {
    const outside = clip.actions.includes('playOutside') ? this.#action(clip, 'playOutside', 'button') : undefined;
    this.#sound?.append(element('p', { text: this.#texts.soundUnplayable }), ...(outside ? [outside] : []));
    if (this.#sound) this.#sound.hidden = false;
  }

  copied(): void {
    const copy = this.#copy;
    if (!copy) return;
    copy.textContent = this.#texts.copied;
    setTimeout(() => {
      copy.textContent = this.#texts.copyPrompt;
    }, copiedFor);
  }

  /** A title that is only the head of the prompt is not shown twice; a screen reader still has its heading. */
  #title({ title, prompt }: PageClip): HTMLElement | undefined {
    if (title === '') return undefined;
    const words = (text: string) => text.replace(/\s+/g, ' ').trim();
    const isHead = words(prompt).startsWith(words(title).replace(/…$/, '').trimEnd());
    return element('h1', { class: isHead ? 'title spoken' : 'title', text: title, attributes: { dir: 'auto', title } });
  }

  #prompt(clip: PageClip): HTMLElement | undefined {
    if (clip.prompt.trim() === '') return undefined;
    const isLong = clip.prompt.length > longPrompt.signs || clip.prompt.split('\n').length > longPrompt.lines;
    const heading = element('h2', { text: this.#texts.prompt, attributes: { id: 'prompt' } });
    this.#copy = clip.actions.includes('copyPrompt') ? this.#action(clip, 'copyPrompt', 'quiet') : undefined;
    const text = element('div', {
      class: 'prompt-text',
      text: clip.prompt,
      // What scrolls must be reachable with the keyboard.
      attributes: { dir: 'auto', ...(isLong && { tabindex: '0', role: 'group', 'aria-labelledby': 'prompt' }) },
    });
    const block = element('div', { class: 'prompt' }, [element('div', { class: 'head' }, [heading, this.#copy]), text]);
    block.classList.toggle('long', isLong);
    return block;
  }

  #facts(clip: PageClip): HTMLElement | undefined {
    const facts = clip.facts.filter(({ value }) => value.trim() !== '');
    const rows = facts.map(({ label, value }) =>
      element('div', {}, [element('dt', { text: label }), element('dd', { text: value, attributes: { dir: 'auto' } })]),
    );
    const list = rows.length > 0 ? element('dl', {}, rows) : undefined;
    const noSound = clip.sound === 'none' ? element('p', { class: 'no-sound', text: this.#texts.noSound }) : undefined;
    return list || noSound ? element('div', { class: 'facts' }, [list, noSound]) : undefined;
  }

  #action(clip: PageClip, action: 'copyPrompt' | 'playOutside', look: 'button' | 'quiet'): HTMLButtonElement {
    const made = button(look, this.#texts[action], () => post({ type: 'action', takeId: clip.takeId, action }));
    made.dataset.action = action;
    return made;
  }
}
