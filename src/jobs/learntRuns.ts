import type { Order } from './job';
import type { JobParts } from './jobParts';
import { learnRunTimes, type RunTimes } from './runTimes';

/** The newest runs of a kind count: the service changes. */
const mostRuns = 50;
/** Milliseconds after which other windows' runs are read too. */
const freshFor = 300_000;

/** What makes jobs alike in how long they run. */
export function runKind({ model, parameters }: Pick<Order, 'model' | 'parameters'>): string {
  const { duration, resolution, generate_audio: sound } = parameters;
  return JSON.stringify([model.id, duration ?? null, resolution ?? null, sound ?? null]);
}

/** What the ledger knows of how long jobs run, by address of the service and kind. Reads it now and then. */
export class LearntRuns {
  private readonly byAddress = new Map<string, { readonly readAt: number; readonly runs: ReadonlyMap<string, readonly number[]> }>();

  constructor(private readonly parts: Pick<JobParts, 'ledger' | 'clock'>) {}

  /** A run of this window has ended. */
  forget(): void {
    this.byAddress.clear();
  }

  /** `running`: ages in milliseconds of the other jobs of this kind that run now. */
  async of(apiBase: string, order: Order, running: readonly number[]): Promise<RunTimes | undefined> {
    const now = this.parts.clock.monotonic();
    let known = this.byAddress.get(apiBase);
    if (!known || now - known.readAt > freshFor) {
      const runs = new Map<string, number[]>();
      for (const run of await this.parts.ledger.runs(apiBase)) {
        const kind = runKind(run.order);
        const alike = runs.get(kind) ?? [];
        if (alike.length < mostRuns) runs.set(kind, [...alike, run.ranMs]);
      }
      known = { readAt: now, runs };
      this.byAddress.set(apiBase, known);
    }
    return learnRunTimes(known.runs.get(runKind(order)) ?? [], running);
  }
}
