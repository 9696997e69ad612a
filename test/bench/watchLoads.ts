import { seededRandom } from '../../src/simulator/seededRandom';

/** What the service does with a job: how long it waits and then runs, in milliseconds, and whether it refuses it. */
export interface SimulatedRun {
  readonly queuedMs: number;
  readonly runMs: number;
  readonly refused: boolean;
}

const medianMs = 100_000;

/** `count` jobs of a pure log-normal, at even steps of its distribution: what is measured over them is exact to 1/`count`. */
export function exactLoad(sigma: number, count = 20_000): readonly SimulatedRun[] {
  return Array.from({ length: count }, (_, index) => plain(sigma * normalQuantile((index + 0.5) / count)));
}

export function randomLoad(sigma: number, seed: number, count: number): readonly SimulatedRun[] {
  const random = seededRandom(seed, `runs ${sigma}`);
  return Array.from({ length: count }, () => plain(sigma * random.normal()));
}

/** 4 % refused after 1 to 10 s, 4 % queued for a further exp(600 s), the rest as ever. */
export function mixedLoad(sigma: number, seed: number, count = 20_000): readonly SimulatedRun[] {
  const random = seededRandom(seed, `mixed ${sigma}`);
  return Array.from({ length: count }, (): SimulatedRun => {
    const kind = random.next();
    if (kind < 0.04) return { queuedMs: 0, runMs: 1000 + 9000 * random.next(), refused: true };
    const run = plain(sigma * random.normal());
    return kind < 0.08 ? { ...run, queuedMs: -600_000 * Math.log(1 - random.next()) } : run;
  });
}

function plain(logarithm: number): SimulatedRun {
  return { queuedMs: 0, runMs: medianMs * Math.exp(logarithm), refused: false };
}

/** By halving: it is asked for a few thousand times. */
function normalQuantile(share: number): number {
  let [low, high] = [-7, 7];
  for (let halving = 0; halving < 40; halving++) {
    const middle = (low + high) / 2;
    if (shareBelow(middle) < share) low = middle;
    else high = middle;
  }
  return low;
}

/** Not the product's own function, so that the two do not share a mistake: the series of Marsaglia (2004). */
function shareBelow(z: number): number {
  if (z < -6.5 || z > 6.5) return z < 0 ? 0 : 1;
  let [sum, term] = [z, z];
  for (let odd = 3; Math.abs(term) > 1e-16; odd += 2) {
    term *= (z * z) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}
