import { earlyLooks, isLate, lateGap, lookPlan } from './lookPlan';
import type { RunTimes } from './runTimes';

/** What is known of an open job when its next look is chosen. Times in milliseconds of one monotonic clock. */
export interface Awaited {
  readonly id: string;
  readonly phase: 'queued' | 'running';
  /** When it was accepted; for a running job, when *processing* was first seen. */
  readonly began: number;
  readonly lookedAt?: number;
  /** How long its kind runs, if enough is known. */
  readonly runTimes?: RunTimes;
}

/** The plain loop. */
const loopGap = 5000;
/** In a queue nothing is expected soon. */
const queueGap = { from: 10_000, to: 20_000, share: 0.1 };
/** Of jobs that one call shows together, each has early looks of its own; the calls come no closer than this. */
const groupGap = 2500;

type Runner = Awaited & { readonly runTimes: RunTimes };

/** When to look next at jobs that one call shows: a lone job, or all of an account. Keeps the plan of those it knows. */
export class LookSchedule {
  private plan: readonly number[] = [];
  private planned = new Set<string>();

  /** Monotonic milliseconds; may lie in the past. Infinity without a job. */
  dueAt(jobs: readonly Awaited[], now: number): number {
    const runners = jobs.filter((job): job is Runner => job.phase === 'running' && job.runTimes !== undefined);
    const expected = runners.filter(({ began, runTimes }) => !isLate({ age: now - began, runTimes }));
    // those that end leave the plan as it is: it was made for all of them
    if (expected.some(({ id }) => !this.planned.has(id))) {
      this.plan = lookPlan(expected.map(({ began, runTimes }) => ({ age: now - began, runTimes }))).map((ms) => now + ms);
      this.planned = new Set(expected.map(({ id }) => id));
    }
    const due = Math.round(Math.min(...jobs.map((job) => this.dueOf(job))));
    if (jobs.length < 2) return due;
    const last = Math.max(...jobs.map(({ lookedAt }) => lookedAt ?? Number.NEGATIVE_INFINITY));
    const inPlan = this.plan.find((at) => at > last) ?? Number.POSITIVE_INFINITY;
    return Math.min(Math.max(due, last + groupGap), Math.max(due, inPlan));
  }

  private dueOf(job: Awaited): number {
    const { phase, began, lookedAt, runTimes } = job;
    if (lookedAt === undefined) return began + earlyLooks[0] * 1000;
    const age = lookedAt - began;
    if (phase === 'queued') {
      const early = earlyLooks.find((mark) => mark * 1000 > age + 10);
      const gap = Math.min(queueGap.to, Math.max(queueGap.from, queueGap.share * age));
      return early === undefined ? lookedAt + gap : began + early * 1000;
    }
    if (!runTimes) return age < 0 ? began + earlyLooks[0] * 1000 : lookedAt + loopGap;
    const inPlan = this.planned.has(job.id) ? this.plan.find((at) => at > lookedAt) : undefined;
    return inPlan ?? lookedAt + lateGap(age / 1000) * 1000;
  }
}
