import { normalDensity, normalSurvival } from './normal';
import type { RunTimes } from './runTimes';

/** A running job of which it is known how long its kind runs. `age` in milliseconds since *processing* was first seen. */
export interface Runner {
  readonly age: number;
  readonly runTimes: RunTimes;
}

/**
 * Seconds of age at which a job is looked at whatever is expected of it: refusals come early, most of them in the first ten
 * seconds, and are to be seen within 5 s, of which the answer needs some.
 */
export const earlyLooks = [2.5, 7, 11.5, 26] as const;
/** Looks closer than this gain less than they cost; and all calls together may be one a second. */
const shortestGap = 1;
/** In a group each job has early looks of its own; those of all together come no closer than this. */
const shortestGroupGap = 2.5;
/** The gap of the plain loop, by which the budget of a plan is measured. */
const loopGap = 5;
/** Looks for those of the plain loop: a lone job's lag is worth some more, a group must not need more than one job. */
const loneBudget = 1.25;
const groupBudget = 0.97;
/** A plan ends when the chance that any of its jobs still runs is below this. */
const planEnd = 0.01;
const steps = 500;

/** Seconds: no gap is longer than this for a job of that age. */
export function longestGap(age: number): number {
  return 0.25 * age + 5;
}

/** Seconds between two looks at a job that runs longer than 99 % of its kind. */
export function lateGap(age: number): number {
  return Math.max(5, 0.05 * age);
}

export function isLate({ age, runTimes: { mu, sigma } }: Runner): boolean {
  return normalSurvival((Math.log(Math.max(age / 1000, 0.001)) - mu) / sigma) < planEnd;
}

/**
 * When to look at jobs that one call shows all, in milliseconds from now, ascending. Rarely while an end is improbable
 * and densely when it is near: the best gaps go by the square root of the chance that one of the jobs ends just then.
 * The looks are dealt out over the whole life of the jobs, so a plan that is made anew half-way is the same plan.
 */
export function lookPlan(runners: readonly Runner[]): readonly number[] {
  const first = runners.reduce((oldest, { age }) => Math.max(oldest, age), 0) / 1000;
  const jobs = alike(runners, first);
  const shape = shapeOf(jobs);
  const budget = ((runners.length === 1 ? loneBudget : groupBudget) * shape.expectedEnd) / loopGap;
  let [sparse, dense] = [0.01, 100];
  for (let halving = 0; halving < 14; halving++) {
    const middle = Math.sqrt(sparse * dense);
    if (walk(jobs, shape, middle).expectedLooks > budget) dense = middle;
    else sparse = middle;
  }
  return walk(jobs, shape, sparse)
    .looks.filter((at) => at > first)
    .map((at) => Math.round((at - first) * 1000));
}

/** Jobs of one kind that began within 2 s of each other count as so many of the same. `start` in seconds after the first. */
interface Alike {
  readonly start: number;
  readonly runTimes: RunTimes;
  readonly count: number;
}

function alike(runners: readonly Runner[], first: number): readonly Alike[] {
  const groups = new Map<string, { start: number; runTimes: RunTimes; count: number }>();
  for (const { age, runTimes } of runners) {
    const start = first - age / 1000;
    const key = `${Math.round(start / 2)} ${runTimes.mu} ${runTimes.sigma}`;
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { start, runTimes, count: 1 });
  }
  return [...groups.values()];
}

interface Shape {
  /** Seconds between two points. */
  readonly step: number;
  /** The chance that any job still runs, by point. */
  readonly anyRuns: readonly number[];
  /** The sum of the best density of looks from the start, by point, up to a common factor. */
  readonly density: readonly number[];
  readonly expectedEnd: number;
}

function shapeOf(jobs: readonly Alike[]): Shape {
  let end = 1;
  while (chances(jobs, end).anyRuns > planEnd) end *= 1.02;
  const step = end / steps;
  const anyRuns: number[] = [];
  const density: number[] = [];
  let sum = 0;
  let expectedEnd = 0;
  for (let point = 0; point <= steps; point++) {
    const at = chances(jobs, point * step);
    sum += Math.sqrt(at.ends / Math.max(at.anyRuns, 1e-9)) * step;
    expectedEnd += at.anyRuns * step;
    anyRuns.push(at.anyRuns);
    density.push(sum);
  }
  return { step, anyRuns, density, expectedEnd };
}

/** At `time` (s): the chance that any job still runs, and how many end in a second then. */
function chances(jobs: readonly Alike[], time: number): { readonly anyRuns: number; readonly ends: number } {
  let noneRuns = 1;
  let ends = 0;
  for (const { start, runTimes, count } of jobs) {
    const age = time - start;
    if (age <= 0) {
      noneRuns = 0;
      continue;
    }
    const z = (Math.log(age) - runTimes.mu) / runTimes.sigma;
    noneRuns *= (1 - normalSurvival(z)) ** count;
    ends += (count * normalDensity(z)) / (runTimes.sigma * age);
  }
  return { anyRuns: 1 - noneRuns, ends };
}

function walk(jobs: readonly Alike[], shape: Shape, factor: number): { readonly looks: readonly number[]; readonly expectedLooks: number } {
  const looks: number[] = [];
  const end = shape.step * steps;
  let expectedLooks = 0;
  for (let now = 0; now < end; ) {
    expectedLooks += at(shape.anyRuns, now / shape.step);
    now = nextOf(jobs, shape, factor, now, looks.length);
    looks.push(now);
  }
  return { looks, expectedLooks };
}

function nextOf(jobs: readonly Alike[], { step, density }: Shape, factor: number, now: number, done: number): number {
  const due = at(density, now / step) + 1 / factor;
  const best = density.findIndex((sum) => sum >= due);
  let next = best < 0 ? step * steps : best * step;
  const lone = jobs.length === 1 && jobs[0]?.count === 1;
  const gap = lone ? shortestGap : shortestGroupGap;
  for (const { start } of jobs) {
    const age = now - start;
    if (age < 0) next = Math.min(next, Math.max(start + earlyLooks[0], now + gap));
    else {
      const early = earlyLooks.find((mark) => mark > age + 0.01);
      const guard = early === undefined ? now + longestGap(age) : start + early;
      next = Math.min(next, done === 0 ? guard : Math.max(guard, now + gap));
    }
  }
  return Math.max(next, now + shortestGap);
}

function at(points: readonly number[], place: number): number {
  const below = Math.min(Math.floor(place), points.length - 1);
  const low = points[below] ?? 0;
  return low + ((points[below + 1] ?? low) - low) * (place - below);
}
