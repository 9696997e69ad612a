import { button, element, icon } from './element';
import { icons } from './icons';

export type MenuEntry =
  | { readonly kind: 'act'; readonly label: string; readonly key?: string; readonly act: () => void }
  | { readonly kind: 'check'; readonly label: string; readonly key?: string; readonly on: boolean; readonly act: () => void }
  /** One of a few, side by side. */
  | {
      readonly kind: 'choice';
      readonly label: string;
      readonly chosen: number;
      readonly options: readonly { readonly label: string; readonly act: () => void }[];
    }
  | { readonly kind: 'line' };

/** Room between the menu and what it must not touch, pixels. */
const gap = 4;

/** A button with a menu, as the pattern for menu buttons has it: one item holds the focus, arrows move it, Escape closes. */
export class Menu {
  readonly opener: HTMLButtonElement;
  readonly root = element('div', { class: 'menu', attributes: { role: 'menu', popover: 'auto', id: 'more' } });
  readonly #entries: () => readonly MenuEntry[];
  /** Items by rows; only a choice has more than one in a row. */
  #rows: readonly (readonly HTMLElement[])[] = [];
  #wasOpen = false;

  constructor(label: string, entries: () => readonly MenuEntry[]) {
    this.#entries = entries;
    this.opener = button('control more', '', () => this.toggle());
    this.opener.append(icon(icons.more, 'icon'));
    this.opener.title = label;
    for (const [attribute, value] of Object.entries({ label, haspopup: 'menu', expanded: 'false', controls: 'more' }))
      this.opener.setAttribute(`aria-${attribute}`, value);
    this.root.setAttribute('aria-label', label);
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.root.addEventListener('toggle', () => this.opener.setAttribute('aria-expanded', String(this.isOpen)));
    // the browser closes a menu by itself when the person presses elsewhere; that press must not open it again
    this.opener.addEventListener('pointerdown', () => {
      this.#wasOpen = this.isOpen;
    });
    addEventListener('resize', () => this.close());
  }

  get isOpen(): boolean {
    return this.root.matches(':popover-open');
  }

  toggle(): void {
    if (this.isOpen || this.#wasOpen) this.close();
    else this.#open();
    this.#wasOpen = false;
  }

  close(): void {
    if (this.isOpen) this.root.hidePopover();
  }

  #open(): void {
    const rows: HTMLElement[][] = [];
    this.root.replaceChildren(...this.#entries().map((entry) => this.#made(entry, rows)));
    this.#rows = rows;
    this.root.showPopover();
    this.#place();
    this.#focus(rows[0]?.find((item) => item.getAttribute('aria-checked') === 'true') ?? rows[0]?.[0]);
  }

  #made(entry: MenuEntry, rows: HTMLElement[][]): HTMLElement {
    switch (entry.kind) {
      case 'line':
        return element('div', { class: 'menu-line', attributes: { role: 'separator' } });
      case 'act':
      case 'check': {
        const role = entry.kind === 'act' ? 'menuitem' : 'menuitemcheckbox';
        const item = this.#item(role, entry.label, entry.act);
        if (entry.kind === 'check') item.setAttribute('aria-checked', String(entry.on));
        if (entry.key !== undefined) {
          item.append(element('span', { class: 'menu-key', text: entry.key, attributes: { 'aria-hidden': 'true' } }));
          item.setAttribute('aria-keyshortcuts', entry.key);
        }
        rows.push([item]);
        return item;
      }
      case 'choice': {
        const items = entry.options.map(({ label, act }, index) => {
          const item = this.#item('menuitemradio', label, act);
          item.setAttribute('aria-checked', String(index === entry.chosen));
          return item;
        });
        rows.push(items);
        const options = element('div', { class: 'menu-options' }, items);
        const heading = element('div', { class: 'menu-heading', text: entry.label, attributes: { 'aria-hidden': 'true' } });
        return element('div', { class: 'menu-choice', attributes: { role: 'group', 'aria-label': entry.label } }, [heading, options]);
      }
      default:
        return entry satisfies never;
    }
  }

  #item(role: string, label: string, act: () => void): HTMLButtonElement {
    const item = button('menu-item', '', () => {
      this.close();
      this.opener.focus();
      act();
    });
    item.append(element('span', { text: label }));
    item.setAttribute('role', role);
    item.tabIndex = -1;
    item.addEventListener('pointermove', () => {
      if (item !== document.activeElement) this.#focus(item);
    });
    return item;
  }

  #focus(item: HTMLElement | undefined): void {
    if (item === undefined) return;
    for (const other of this.#rows.flat()) other.tabIndex = other === item ? 0 : -1;
    item.focus();
  }

  #key(event: KeyboardEvent): void {
    const focused = document.activeElement;
    if (!(focused instanceof HTMLElement)) return;
    const row = this.#rows.findIndex((items) => items.includes(focused));
    const items = this.#rows[row] ?? [];
    const at = items.indexOf(focused);
    const inRow = (index: number) => items[(index + items.length) % items.length];
    const ofRow = (index: number) => {
      const next = this.#rows[(index + this.#rows.length) % this.#rows.length] ?? [];
      return next.find((item) => item.getAttribute('aria-checked') === 'true') ?? next[0];
    };
    const moves: Readonly<Record<string, () => HTMLElement | undefined>> = {
      ArrowDown: () => ofRow(row + 1),
      ArrowUp: () => ofRow(row - 1),
      ArrowRight: () => inRow(at + 1),
      ArrowLeft: () => inRow(at - 1),
      Home: () => ofRow(0),
      End: () => ofRow(-1),
    };
    const move = moves[event.key];
    if (move) this.#focus(move());
    else if (event.key === 'Tab') this.close();
    else if (event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey)
      this.#focus(this.#startingWith(event.key, row));
    else return;
    if (event.key !== 'Tab') event.preventDefault();
  }

  /** The next item whose name starts with this letter. */
  #startingWith(letter: string, row: number): HTMLElement | undefined {
    const order = [...this.#rows.slice(row + 1), ...this.#rows.slice(0, row + 1)].flat();
    return order.find((item) => (item.textContent ?? '').toLowerCase().startsWith(letter.toLowerCase()));
  }

  /** Above or below its button, wherever there is more room; never out of the page. */
  #place(): void {
    const { style } = this.root;
    style.maxHeight = '';
    const opener = this.opener.getBoundingClientRect();
    const above = opener.top - 2 * gap;
    const below = innerHeight - opener.bottom - 2 * gap;
    const { width, height } = this.root.getBoundingClientRect();
    const isBelow = height <= below || below >= above;
    const shown = Math.min(height, isBelow ? below : above);
    style.maxHeight = `${shown}px`;
    style.top = `${isBelow ? opener.bottom + gap : opener.top - gap - shown}px`;
    style.left = `${Math.max(gap, Math.min(opener.right - width, innerWidth - width - gap))}px`;
  }
}
