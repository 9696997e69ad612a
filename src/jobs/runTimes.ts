import { normalDensity, normalSurvival } from './normal';

/** How long jobs of one kind run: log-normal. `mu` and `sigma` are of the natural logarithm of seconds. */
export interface RunTimes {
  readonly mu: number;
  readonly sigma: number;
}

/** Fewer runs say too little. */
const fewestRuns = 3;
/** Above this a schedule of its own gains nothing over a look every 5 s, and may lose. */
const widestSigma = 0.5;
/** What is thought of sigma before any run is known, and how many runs that thought is worth: three like runs may be chance. */
const usual = { sigma: 0.35, weight: 2 };
/** Of this many runs on, a few that lie so many deviations (by the median) away are left out. */
const strays = { fewest: 8, beyond: 3.5, share: 0.15 };
/** One-sided 90 % of the normal distribution: how sure the upper estimate of sigma is. */
const sure = 1.2816;

/**
 * Learns from the lengths (ms) of runs that were seen from *processing* to their end, and from the ages (ms) of those
 * that still run: a run that is longer than expected says so before it ends. `undefined` when too little is known, or
 * when the runs differ too much.
 */
export function learnRunTimes(ended: readonly number[], running: readonly number[] = []): RunTimes | undefined {
  const runs = withoutStrays(ended.filter((ms) => ms > 0).map((ms) => Math.log(ms / 1000)));
  const count = runs.length;
  if (count < fewestRuns) return undefined;
  const ages = running.filter((ms) => ms > 0).map((ms) => Math.log(ms / 1000));
  let mu = mean(runs);
  let variance = runs.reduce((sum, run) => sum + (run - mu) ** 2, 0) / (count - 1);
  // expectation and maximisation: each running job counts with what is expected of it, given that it has come so far
  for (let round = 0; round < 15 && ages.length > 0; round++) {
    const sigma = Math.max(0.01, Math.sqrt(variance));
    const expected = ages.map((age) => {
      const z = (age - mu) / sigma;
      const ahead = z > 4 ? z + 1 / z : normalDensity(z) / normalSurvival(z);
      return { at: mu + sigma * ahead, spread: sigma * sigma * (1 + z * ahead - ahead * ahead) };
    });
    const newMu = mean([...runs, ...expected.map(({ at }) => at)]);
    const squares = runs.map((run) => (run - newMu) ** 2).concat(expected.map(({ at, spread }) => (at - newMu) ** 2 + spread));
    variance = squares.reduce((sum, square) => sum + square, 0) / (count + ages.length - 1);
    mu = newMu;
  }
  const freedom = count - 1 + usual.weight;
  const sigma = Math.sqrt((usual.weight * usual.sigma ** 2 + (count - 1) * variance) / freedom);
  if (upperEstimate(sigma, freedom) > widestSigma) return undefined;
  // the next run differs from the mean of the known ones, which itself is known only so well, as is sigma
  return { mu, sigma: sigma * Math.sqrt(1 + 1 / count) * (1 + 0.5 / (count - 1)) };
}

/** A run that waited somewhere unseen says nothing of how long its kind runs; how often that happens, the plain tail covers. */
function withoutStrays(runs: readonly number[]): readonly number[] {
  if (runs.length < strays.fewest) return runs;
  const middle = median(runs);
  const spread = 1.4826 * median(runs.map((run) => Math.abs(run - middle)));
  const near = runs.filter((run) => Math.abs(run - middle) <= strays.beyond * Math.max(spread, 0.02));
  return near.length >= (1 - strays.share) * runs.length ? near : runs;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((one, other) => one - other);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}

/** Wilson and Hilferty's approximation of the chi-squared quantile. */
function upperEstimate(sigma: number, freedom: number): number {
  const part = 2 / (9 * freedom);
  return sigma / Math.sqrt((1 - part - sure * Math.sqrt(part)) ** 3);
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
