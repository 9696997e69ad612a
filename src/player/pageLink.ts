import type { ToPage } from './messages';

/** What the link needs of a panel. */
export interface PageDoor {
  readonly post: (message: ToPage) => void;
  /** Loads the page anew. */
  readonly load: () => void;
  /** Runs something once after so many milliseconds unless the answer is called before. */
  readonly later: (run: () => void, ms: number) => () => void;
}

/** A page needs a fraction of a second; a service worker that never starts leaves it blank for good. */
export const readyWithin = 10_000;

/**
 * Whether the page listens. It is thrown away whenever it is hidden, moved or reloaded, and what is posted then is
 * lost; so nothing is posted before it said *ready*, and every *ready* is a new page that knows nothing.
 */
export class PageLink {
  readonly #door: PageDoor;
  readonly #onDead: () => void;
  #ready = false;
  #loadedAgain = false;
  #stopWaiting: (() => void) | undefined;

  /** `onDead`: the page said nothing, also after it was loaded once more. */
  constructor(door: PageDoor, onDead: () => void) {
    this.#door = door;
    this.#onDead = onDead;
  }

  get ready(): boolean {
    return this.#ready;
  }

  open(): void {
    this.#door.load();
    this.expect();
  }

  /** A page is coming up by itself (the panel is visible again, or its options have changed). */
  expect(): void {
    this.lost();
    this.#loadedAgain = false;
    this.#wait();
  }

  /** The page said *ready*. */
  found(): void {
    this.#stop();
    this.#ready = true;
  }

  /** The page is gone, and none is coming for now. */
  lost(): void {
    this.#stop();
    this.#ready = false;
  }

  /** False: no page listens, the message was dropped. */
  post(message: ToPage): boolean {
    if (this.#ready) this.#door.post(message);
    return this.#ready;
  }

  #wait(): void {
    this.#stopWaiting = this.#door.later(() => {
      this.#stopWaiting = undefined;
      if (this.#loadedAgain) return this.#onDead();
      this.#loadedAgain = true;
      this.#door.load();
      this.#wait();
    }, readyWithin);
  }

  #stop(): void {
    this.#stopWaiting?.();
    this.#stopWaiting = undefined;
  }
}
