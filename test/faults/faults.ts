import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/simulator/seededRandom';
import { writeFigures } from '../bench/writeFigures';
import { recordCounts } from '../support/suiteCounts';
import { failPoints } from './fault';
import { type RunResult, runPlan } from './faultRun';
import { faultFigures, printTable } from './faultTable';
import type { Plan } from './plan';
import { allPlans, fewPlans, type Trace, undisturbed } from './plans';
import { scenarios } from './scenarios';

/*
 * Kills, stops and troubles windows at every fail point, and looks what became of the money and the clips.
 *   node faults.js [--short] [--only <text in the name of a plan>]
 * KREA_FAULT_STORY tells what was asked, answered and logged in the runs that failed, or in `all`. KREA_FAULT_SEED begins another series; the name of a mixture says its own.
 */
async function faults(): Promise<boolean> {
  const { values } = parseArgs({
    options: { short: { type: 'boolean', default: false }, only: { type: 'string', default: process.env.KREA_FAULT_ONLY ?? '' } },
  });
  const seed = Number(process.env.KREA_FAULT_SEED ?? 1);
  const started = Date.now();
  const calm = await runAll(undisturbed(seed));
  const traces = calm.map(({ trace }, index): Trace => ({ scenario: scenarios[index] ?? never(), points: trace }));
  const unseen = failPoints.filter((point) => !traces.some(({ points }) => points.includes(point)));
  if (unseen.length > 0) console.log(`no scenario comes to: ${unseen.join(', ')}`);
  const plans = values.short ? fewPlans(traces, seed, seededRandom(seed, 'short')) : allPlans(traces, seed);
  const wanted = plans.filter(({ name }) => name.includes(values.only));
  console.log(`${wanted.length} plans, seed ${seed}`);
  const results = [...calm, ...(await runAll(wanted))];
  printTable(results, Math.round((Date.now() - started) / 1000), seed);
  if (values.only === '' && !values.short) writeFigures(faultFigures(results));
  const failed = results.filter(({ violations }) => violations.length > 0).length;
  recordCounts({ passed: results.length - failed, failed, skipped: 0 });
  return failed === 0;
}

const never = (): never => {
  throw new Error('A run without a scenario.');
};

/** A few at a time: most of a run is waiting. */
async function runAll(plans: readonly Plan[]): Promise<readonly RunResult[]> {
  const results: RunResult[] = [];
  const left = [...plans.entries()];
  const workers = Number(process.env.KREA_FAULT_WORKERS ?? Math.max(2, cpus().length + 1));
  let done = 0;
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [index, plan] = next;
      const result = await runPlan(plan);
      results[index] = result;
      if (++done % 100 === 0) console.log(`  ${done} of ${plans.length}`);
      for (const { kind, what } of result.violations) console.log(`  ${kind}: ${what}\n    in ${plan.name}`);
      if (process.env.KREA_FAULT_STORY === 'all' || (process.env.KREA_FAULT_STORY && result.violations.length > 0))
        console.log(plan.name, result.story);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}

faults().then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : error);
    process.exit(1);
  },
);
