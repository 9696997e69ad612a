import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const none: Counts = { passed: 0, failed: 0, skipped: 0 };

/** A file that every suite of a run appends to, in whatever process it runs; the outermost program sums it up. */
const countsVariable = 'KREA_TEST_COUNTS';

export function recordCounts(counts: Counts): void {
  const file = process.env[countsVariable];
  if (file) appendFileSync(file, `${JSON.stringify(counts)}\n`);
}

function recorded(): Counts {
  const file = process.env[countsVariable];
  if (!file || !existsSync(file)) return none;
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Counts => ({ ...none, ...JSON.parse(line) }))
    .reduce(plus, none);
}

function plus(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

function minus(a: Counts, b: Counts): Counts {
  return { passed: a.passed - b.passed, failed: a.failed - b.failed, skipped: a.skipped - b.skipped };
}

/** One stage of a run: a check that counts as one test, or a program that records counts of its own. */
export interface Stage {
  readonly title: string;
  readonly counts: 'as one test' | 'its own';
  run(): Promise<void>;
}

async function runStage({ title, counts, run }: Stage): Promise<boolean> {
  const before = recorded();
  const failure = await run().then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  const own = minus(recorded(), before);
  if (failure !== undefined) console.error(`${title}: ${failure}`);
  if (counts === 'as one test') recordCounts(failure === undefined ? { ...none, passed: 1 } : { ...none, failed: 1 });
  // a program that died says nothing, and a green run of nothing is not green
  else if (own.failed === 0 && (failure !== undefined || own.passed === 0)) {
    if (failure === undefined) console.error(`${title}: no test ran`);
    recordCounts({ ...none, failed: 1 });
  }
  return minus(recorded(), before).failed === 0;
}

/**
 * Runs stages one after the other up to the first that fails, closes with one line over all of them and ends the process.
 * The outermost run closes with `N passed, N failed`; a run inside another names itself in its line.
 */
export async function runStages(title: string, stages: readonly Stage[]): Promise<never> {
  const outermost = process.env[countsVariable] === undefined;
  process.env[countsVariable] ??= path.join(mkdtempSync(path.join(tmpdir(), 'krea-video-tests-')), 'counts');
  const before = recorded();
  let good = true;
  for (const stage of stages) good = good && (await runStage(stage));
  const { passed, failed, skipped } = minus(recorded(), before);
  if (skipped) console.log(`${title}: ${skipped} skipped`);
  if (outermost) rmSync(path.dirname(process.env[countsVariable]), { recursive: true, force: true });
  console.log(outermost ? `${passed} passed, ${failed} failed` : `${title}: ${passed} passed, ${failed} failed`);
  process.exit(good ? 0 : 1);
}
