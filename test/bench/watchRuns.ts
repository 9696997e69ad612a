import { type Awaited, LookSchedule } from '../../src/jobs/lookSchedule';
import { learnRunTimes, type RunTimes } from '../../src/jobs/runTimes';
import type { SimulatedRun } from './watchLoads';

/** Means over jobs. `product`: lag × requests, the measure of a schedule: by looking more often one only trades them. */
export interface Watched {
  readonly lagMs: number;
  readonly requests: number;
}

const loopMs = 5000;

/** A look every 5 s, the first after 5 s. */
export function byLoop(runs: readonly SimulatedRun[]): Watched {
  return mean(
    runs.map(({ queuedMs, runMs }) => {
      const looks = Math.ceil((queuedMs + runMs) / loopMs);
      return { lagMs: looks * loopMs - queuedMs - runMs, requests: looks };
    }),
  );
}

/** One job at a time, each looked at by the product's own schedule. Times are those of one clock that each job turns. */
export function bySchedule(runs: readonly SimulatedRun[], runTimes: RunTimes | undefined): Watched {
  const unqueued = looksOf(0, runTimes, Math.max(...runs.map(({ queuedMs, runMs }) => (queuedMs > 0 ? 0 : runMs))));
  return mean(
    runs.map(({ queuedMs, runMs }) => {
      const end = queuedMs + runMs;
      const looks = queuedMs > 0 ? looksOf(queuedMs, runTimes, end) : unqueued;
      const at = firstAtOrAfter(looks, end);
      return { lagMs: (looks[at] ?? Number.POSITIVE_INFINITY) - end, requests: at + 1 };
    }),
  );
}

/** The longest that any of these jobs has ended unseen, each looked at on its own, in milliseconds. */
export function mostLagMs(runs: readonly SimulatedRun[], runTimes: RunTimes | undefined): number {
  return Math.max(...runs.map((run) => bySchedule([run], runTimes).lagMs));
}

/** All jobs begin together, and one call shows them all. Requests until the last end. */
export function together(runs: readonly SimulatedRun[], runTimes: RunTimes | undefined): Watched {
  const schedule = new LookSchedule();
  let open = runs.map(({ runMs }, index) => ({ id: String(index), runMs }));
  let lookedAt: number | undefined;
  let lag = 0;
  let requests = 0;
  while (open.length > 0) {
    const now: number = lookedAt ?? 0;
    const job = { phase: 'running', began: 0, ...(lookedAt !== undefined && { lookedAt }), ...(runTimes && { runTimes }) } as const;
    const due = schedule.dueAt(
      open.map(({ id }) => ({ ...job, id })),
      now,
    );
    requests += 1;
    lookedAt = due;
    for (const { runMs } of open) if (runMs <= due) lag += due - runMs;
    open = open.filter(({ runMs }) => runMs > due);
  }
  return { lagMs: lag / runs.length, requests };
}

/** What the ledger would know after these runs: those that completed, as the plain loop saw them begin and end. */
export function learntFrom(runs: readonly SimulatedRun[]): RunTimes | undefined {
  return learnRunTimes(
    runs.flatMap(({ queuedMs, runMs, refused }) => {
      if (refused) return [];
      const looks = looksOf(queuedMs, undefined, queuedMs + runMs);
      const begin = queuedMs === 0 ? 0 : (looks[firstAtOrAfter(looks, queuedMs)] ?? 0);
      const last = firstAtOrAfter(looks, queuedMs + runMs);
      return [((looks[last] ?? 0) + (looks[last - 1] ?? 0)) / 2 - begin];
    }),
  );
}

export function ratio(ours: Watched, theirs: Watched): number {
  return (ours.lagMs * ours.requests) / (theirs.lagMs * theirs.requests);
}

export function mean(watched: readonly Watched[]): Watched {
  const sum = watched.reduce((all, one) => ({ lagMs: all.lagMs + one.lagMs, requests: all.requests + one.requests }), {
    lagMs: 0,
    requests: 0,
  });
  return { lagMs: sum.lagMs / watched.length, requests: sum.requests / watched.length };
}

/** When the schedule looks at a job that waits so long and then runs at least until `end`. */
function looksOf(queuedMs: number, runTimes: RunTimes | undefined, end: number): readonly number[] {
  const schedule = new LookSchedule();
  const looks: number[] = [];
  let job: Awaited =
    queuedMs > 0 ? { id: 'a', phase: 'queued', began: 0 } : { id: 'a', phase: 'running', began: 0, ...(runTimes && { runTimes }) };
  for (let now = 0; now < end; ) {
    now = schedule.dueAt([job], now);
    looks.push(now);
    const begins = job.phase === 'queued' && now >= queuedMs;
    job = begins ? { id: 'a', phase: 'running', began: now, lookedAt: now, ...(runTimes && { runTimes }) } : { ...job, lookedAt: now };
  }
  return looks;
}

function firstAtOrAfter(looks: readonly number[], time: number): number {
  let [low, high] = [0, looks.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((looks[middle] ?? 0) >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}
