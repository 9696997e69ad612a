import { format } from 'node:util';
import { type Counts, recordCounts } from './suiteCounts';

export interface MochaSuite {
  readonly files: readonly string[];
  readonly timeoutMs: number;
  /** Where mocha's lines go. */
  readonly print: (line: string) => void;
  /** Runs only the tests whose title has this text. */
  readonly grep?: string | undefined;
  /** Throws WaitRanOut, and records nothing, when the first thing to fail was a wait. */
  readonly mayRepeat?: boolean;
}

/** The first failure of a suite was no wrong value but something that did not come in time. */
export class WaitRanOut extends Error {}

/** Runs test files in this process and records their counts. Rejects when a test fails or none runs. */
export async function mochaSuite({ files, timeoutMs, print, grep, mayRepeat = false }: MochaSuite): Promise<Counts> {
  const { default: Mocha } = await import('mocha');
  const printAll = (...parts: readonly unknown[]) => {
    for (const line of format(...parts).split('\n')) print(line);
  };
  Mocha.reporters.Base.consoleLog = printAll;
  const mocha = new Mocha({ ui: 'bdd', color: process.stdout.isTTY ?? false, timeout: timeoutMs, ...(grep ? { grep } : {}) });
  for (const file of files) mocha.addFile(file);
  let firstFailure: { readonly title: string; readonly error: unknown } | undefined;
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
    runner.on('fail', (test, error) => {
      firstFailure ??= { title: test.fullTitle(), error };
    });
  });
  const counts = { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0, skipped: stats?.pending ?? 0 };
  printAll(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  if (mayRepeat && firstFailure && isWaitRunOut(firstFailure.error)) throw new WaitRanOut(`a wait ran out in: ${firstFailure.title}`);
  recordCounts(counts);
  if (counts.failed > 0) throw new Error(`${counts.failed} of ${counts.passed + counts.failed} tests failed`);
  if (counts.passed === 0) throw new Error('no test ran');
  return counts;
}

/** Of mocha's own deadline, Playwright's, or waitFor's. */
function isWaitRunOut(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return code === 'ERR_MOCHA_TIMEOUT' || error.name === 'TimeoutError' || /^Waited \d+ s in vain/.test(error.message);
}
