/**
 * Looks that must not run side by side: one at a time for each key, and one more when it was asked for meanwhile. A look that is
 * asked for is never lost: what was there before it was asked for, it sees.
 */
export class LooksInTurn {
  private readonly running = new Map<string, { again: boolean }>();

  /** `look` rejects: it is told of, and the next one is as welcome. */
  constructor(private readonly trouble: (error: unknown) => void) {}

  ask(key: string, look: () => Promise<void>): void {
    const running = this.running.get(key);
    if (running) running.again = true;
    else void this.lookUntilStill(key, look).catch(this.trouble);
  }

  private async lookUntilStill(key: string, look: () => Promise<void>): Promise<void> {
    const state = { again: true };
    this.running.set(key, state);
    try {
      while (state.again) {
        state.again = false;
        await look();
      }
    } finally {
      // at once: between the last question and the end nobody may ask in vain
      this.running.delete(key);
    }
  }
}
