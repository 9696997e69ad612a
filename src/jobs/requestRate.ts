import type { Clock } from './clock';

/**
 * One bucket for all calls to the API base: a call a second, five in a burst. Krea counts polls towards a request
 * limit whose size it does not publish.
 */
export class RequestRate {
  private tokens: number;
  private filledAt: number;

  constructor(
    private readonly clock: Clock,
    private readonly perSecond = 1,
    private readonly burst = 5,
  ) {
    this.tokens = burst;
    this.filledAt = clock.monotonic();
  }

  /** Waits for a turn. The user's acts go before polls by asking for no turn at all but using one up. */
  async turn(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.fill();
      if (this.tokens >= 1) break;
      await this.clock.wait(((1 - this.tokens) / this.perSecond) * 1000, signal);
    }
    this.tokens -= 1;
  }

  /** A call of the user's: it goes at once, and polls wait the longer. */
  spend(): void {
    this.fill();
    this.tokens -= 1;
  }

  private fill(): void {
    const now = this.clock.monotonic();
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1000) * this.perSecond);
    this.filledAt = now;
  }
}
