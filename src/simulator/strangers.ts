import type { CallOff, Clock } from './clock';
import type { JobScript } from './jobScript';
import type { SimulatedModel } from './models';
import type { SimulatedJob } from './simulatedJob';
import type { SimulatedJobs } from './simulatedJobs';

/** Jobs that somebody else makes in the workspace, by the same token: another program, a colleague at the same desk. */
export interface StrangersJobs {
  readonly count: number;
  /** `finished` at once, at work until something ends them, or going the way of our own. */
  readonly state: 'finished' | 'running' | 'asOurs';
}

const scripts: Readonly<Record<StrangersJobs['state'], JobScript | undefined>> = {
  finished: [{ status: 'completed' }],
  running: [{ status: 'processing' }],
  asOurs: undefined,
};

const minute = 60_000;

/** The other people of a workspace, who make jobs of their own at the most awkward moments. */
export class Strangers {
  private made = 0;
  private next: CallOff | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly jobs: SimulatedJobs,
    private readonly model: SimulatedModel,
    private readonly caller: { readonly token: string; readonly workspace: string },
  ) {}

  make({ count, state }: StrangersJobs): readonly SimulatedJob[] {
    return Array.from({ length: count }, () => {
      this.made += 1;
      const body = { prompt: `a stranger's clip ${this.made}` };
      return this.jobs.insert({ model: this.model, ...this.caller, body, webhookUrl: undefined }, scripts[state]);
    });
  }

  /** From now on so many finished jobs a minute, evenly spread; 0 ends it. */
  keepMaking(perMinute: number): void {
    this.next?.();
    this.next = undefined;
    if (perMinute > 0) this.next = this.clock.at(this.clock.now() + minute / perMinute, () => this.makeAndGoOn(perMinute));
  }

  private makeAndGoOn(perMinute: number): void {
    this.make({ count: 1, state: 'finished' });
    this.keepMaking(perMinute);
  }
}
