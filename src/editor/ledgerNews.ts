import { watchStamp } from '../jobs/stampWatch';

/** Brings a view to look at the ledger again when a window changes it, but not more often than it can be read. */
export class LedgerNews {
  private unwatch: (() => void) | undefined;
  private waiting: NodeJS.Timeout | undefined;

  constructor(
    private readonly view: { readonly visible: boolean },
    /** Milliseconds between two looks, however often the ledger changes. */
    private readonly pause: number,
    private readonly look: () => void,
    private readonly log: (line: string) => void,
  ) {}

  watch(folder: string): void {
    this.unwatch ??= watchStamp(folder, () => this.lookSoon(), this.log);
  }

  lookSoon(): void {
    if (!this.view.visible) return;
    this.waiting ??= setTimeout(() => {
      this.waiting = undefined;
      this.look();
    }, this.pause);
  }

  /** Holds no timer and no watch from here on. */
  rest(): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    this.unwatch?.();
    this.unwatch = undefined;
  }
}
