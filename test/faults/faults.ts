import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { seededRandom } from '../../src/simulator/seededRandom';
import { writeFigures } from '../bench/writeFigures';
import { recordCounts } from '../support/suiteCounts';
import { type FailPoint, failPoints } from './fault';
import type { RunResult } from './faultRun';
import { covered, faultFigures, printTable } from './faultTable';
import type { Plan } from './plan';
import { allPlans, fewPlans, type Trace, undisturbed } from './plans';
import { runPlans } from './runnerPool';
import { scenarios } from './scenarios';

/*
 * Kills, stops and troubles windows at every fail point, and looks what became of the money and the clips.
 *   node faults.js [--short] [--only <text in the name of a plan>] [--every <n>: each n-th plan]
 * KREA_FAULT_STORY tells what was asked, answered and logged in the runs that failed, or in `all`. KREA_FAULT_SEED begins another series; the name of a mixture says its own.
 * KREA_FAULT_WORKERS: how many plans at a time.
 *
 * To see that it would find out, break a rule of src/jobs on purpose, by hand, and run a few plans. What must come of it:
 *   the lock is not asked (`isFree` in windowLock.ts answers true): --only 'beside another window' --every 9
 *     → “was taken from a window that lives”, files left behind, plans that do not end and fail by their deadline
 *   an id is not written again (`writeSurely` in submitJob.ts returns after its first failure): --only ledger: --every 4
 *     → “the answer named …, and it was not kept”
 *   what was written as *submitting* long ago is sent all the same (`late` in submitJob.ts is false): --only '0 s at “submit: submitting'
 *     → “was sent … s late”
 *   a request without an answer is sent again (*unknown* goes back to *intended* in `stateAfterAnswer`): --only 'at the POST'
 *     → “2 POSTs”, “made 2 jobs”
 */
const { values } = parseArgs({
  options: {
    short: { type: 'boolean', default: false },
    only: { type: 'string', default: process.env.KREA_FAULT_ONLY ?? '' },
    every: { type: 'string', default: process.env.KREA_FAULT_EVERY ?? '1' },
  },
});
const seed = Number(process.env.KREA_FAULT_SEED ?? 1);
const workers = Number(process.env.KREA_FAULT_WORKERS ?? Math.max(4, cpus().length * 3));
const isWhole = !values.short && values.only === '' && values.every === '1';
const started = Date.now();
const results: RunResult[] = [];

async function faults(): Promise<void> {
  const traces = await tracesOf();
  const plans = values.short ? fewPlans(traces, seed, seededRandom(seed, 'short')) : allPlans(traces, seed);
  const wanted = plans.filter(({ name }, index) => name.includes(values.only) && index % Number(values.every) === 0);
  console.log(`${wanted.length} of ${plans.length} plans, seed ${seed}`);
  await runPlans(wanted, workers, noteResult);
  if (values.only === '') await runPlans(stillMissed(allPlans(traces, seed)), workers, noteResult);
}

/** Which points each scenario comes to undisturbed; looked at once more where a busy machine kept a window from its work. */
async function tracesOf(): Promise<readonly Trace[]> {
  const look = async (): Promise<readonly Trace[]> => {
    const calm = await runPlans(undisturbed(seed), workers, noteResult);
    return calm.map(({ trace }, index) => ({ scenario: scenarios[index] ?? never(), points: trace }));
  };
  const traces = await look();
  if (unseenIn(traces).length === 0) return traces;
  const again = await look();
  const better = traces.map((trace, index) => fuller(trace, again[index] ?? trace));
  const unseen = unseenIn(better);
  if (unseen.length > 0) console.log(`no scenario comes to: ${unseen.join(', ')}`);
  return better;
}

const fuller = (one: Trace, other: Trace): Trace => (new Set(one.points).size < new Set(other.points).size ? other : one);

const unseenIn = (traces: readonly Trace[]): readonly FailPoint[] =>
  failPoints.filter((point) => !point.startsWith('takeOver') && !traces.some(({ points }) => points.includes(point)));

/** A fault may come too late for its point, where two windows race for it: what no run came to gets a plain one. */
function stillMissed(plans: readonly Plan[]): readonly Plan[] {
  const done = covered(results);
  return failPoints
    .filter((point) => !done.has(point))
    .flatMap((point) => plans.filter(({ hosts, companion }) => hosts[0]?.fault?.point === point && companion === 'none').slice(0, 2));
}

function noteResult(result: RunResult): void {
  results.push(result);
  if (results.length % 100 === 0) console.log(`  ${results.length} after ${secondsPassed()} s`);
  for (const { kind, what } of result.violations) console.log(`  ${kind}: ${what}\n    in ${result.plan.name}`);
  if (process.env.KREA_FAULT_STORY === 'all' || (process.env.KREA_FAULT_STORY && result.violations.length > 0))
    console.log(result.plan.name, result.story);
}

const secondsPassed = (): number => Math.round((Date.now() - started) / 1000);

const never = (): never => {
  throw new Error('A run without a scenario.');
};

/** Says what is known, also of a run that was broken off. */
function tell(broken?: unknown): never {
  if (broken !== undefined) console.error(broken instanceof Error ? (broken.stack ?? broken.message) : broken);
  printTable(results, secondsPassed(), seed);
  if (isWhole) writeFigures(faultFigures(results));
  const missed = values.only === '' && values.every === '1' ? failPoints.length - covered(results).size : 0;
  const failed = results.filter(({ violations }) => violations.length > 0).length + (missed > 0 ? 1 : 0) + (broken === undefined ? 0 : 1);
  recordCounts({ passed: Math.max(0, results.length - failed), failed, skipped: 0 });
  process.exit(failed === 0 ? 0 : 1);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => tell(`broken off by ${signal}`));
faults().then(() => tell(), tell);
