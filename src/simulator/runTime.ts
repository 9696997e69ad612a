import type { SimulatedModel } from './models';
import type { SeededRandom } from './seededRandom';

/** How long a job of a model lasts in all, in ms on the simulator's clock. */
export type RunTime = (model: SimulatedModel, random: SeededRandom) => number;

/** For models whose usual run time nobody has published. */
const usualSeconds = 100;

/**
 * Log-normal around what is usual for the model. `timeScale` multiplies it; `spread` is the deviation of the logarithm,
 * 0 makes every job of a model last equally long.
 */
export const usualRunTime =
  ({ timeScale = 1, spread = 0.3 }: { readonly timeScale?: number | undefined; readonly spread?: number | undefined }): RunTime =>
  ({ typicalSeconds = usualSeconds }, random) =>
    Math.round(typicalSeconds * 1000 * timeScale * Math.exp(spread * random.normal()));

/** Evenly between two bounds, whatever the model. */
export const runTimeBetween =
  (fromSeconds: number, toSeconds: number): RunTime =>
  (_model, random) =>
    Math.round((fromSeconds + (toSeconds - fromSeconds) * random.next()) * 1000);
