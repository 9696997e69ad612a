import { format } from 'node:util';
import { type Counts, recordCounts } from './suiteCounts';

export interface MochaSuite {
  readonly files: readonly string[];
  readonly timeoutMs: number;
  /** Where mocha's lines go. */
  readonly print: (line: string) => void;
  /** Runs only the tests whose title has this text. */
  readonly grep?: string | undefined;
}

/** Runs test files in this process and records their counts. Rejects when a test fails or none runs. */
export async function mochaSuite({ files, timeoutMs, print, grep }: MochaSuite): Promise<Counts> {
  const { default: Mocha } = await import('mocha');
  const printAll = (...parts: readonly unknown[]) => {
    for (const line of format(...parts).split('\n')) print(line);
  };
  Mocha.reporters.Base.consoleLog = printAll;
  const mocha = new Mocha({ ui: 'bdd', color: process.stdout.isTTY ?? false, timeout: timeoutMs, ...(grep ? { grep } : {}) });
  for (const file of files) mocha.addFile(file);
  const stats = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const counts = { passed: stats?.passes ?? 0, failed: stats?.failures ?? 0, skipped: stats?.pending ?? 0 };
  printAll(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  recordCounts(counts);
  if (counts.failed > 0) throw new Error(`${counts.failed} of ${counts.passed + counts.failed} tests failed`);
  if (counts.passed === 0) throw new Error('no test ran');
  return counts;
}
