import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './projectRoot';
import { ChildFailure, runChild } from './runChild';
import { testNode } from './testNode';

/** Whether the tests that take many minutes run too. */
export const longTests = process.env.KREA_TEST_LONG === '1';

/**
 * Built tests of dist/test/<folder> by their ending; KREA_TEST_FILES keeps only names with that text.
 * Files named `….long.…` take minutes each and run only with KREA_TEST_LONG.
 */
export function testFiles(folder: 'unit' | 'host' | 'e2e', ending = '.test.js'): readonly string[] {
  const all = path.join(projectRoot, 'dist/test', folder);
  if (!existsSync(all)) return [];
  return readdirSync(all)
    .filter((name) => name.endsWith(ending) && name.includes(process.env.KREA_TEST_FILES ?? ''))
    .filter((name) => longTests || !name.includes('.long.'))
    .sort()
    .map((name) => path.join(all, name));
}

interface Limits {
  readonly testMs: number;
  readonly allMs: number;
  readonly output?: 'show' | 'quiet';
}

/** Runs test files by mocha in the Node for tests, in a process of their own. */
export async function runTestFiles(files: readonly string[], limits: Limits): Promise<void> {
  await runMocha(files, limits, process.env);
}

/** Says that the first failure of a run was a wait that ran out; the number is sysexits' "try again later". */
export const waitRanOutExitCode = 75;

/**
 * Runs files that drive a real window, each in a process of its own. A busy machine can keep a window from showing
 * something in time: a file whose first failure is a wait is run once more, whole, and the run says so at its end.
 * A wrong value is a failure at once.
 */
export async function runWindowTestFiles(files: readonly string[], limits: Limits): Promise<void> {
  // most files have nothing that matches, and a run of nothing is not green
  if (process.env.KREA_TEST_GREP) return runTestFiles(files, limits);
  const repeated: string[] = [];
  const failures: string[] = [];
  for (const file of files) {
    try {
      await runMocha([file], limits, { ...process.env, KREA_TEST_MAY_REPEAT: '1' });
    } catch (error) {
      if (error instanceof ChildFailure && error.code === waitRanOutExitCode) {
        repeated.push(path.basename(file));
        console.log(`\n${path.basename(file)}: a wait ran out; the file runs once more`);
        await runMocha([file], limits, process.env).catch((again: unknown) => failures.push(String(again)));
      } else failures.push(String(error));
    }
  }
  if (repeated.length > 0) console.log(`needed a second run: ${repeated.join(', ')}`);
  if (failures.length > 0) throw new Error(failures.join('\n'));
}

async function runMocha(files: readonly string[], { testMs, allMs, output = 'show' }: Limits, env: NodeJS.ProcessEnv): Promise<void> {
  const mocha = path.join(projectRoot, 'dist/test/support/runMocha.js');
  const args = ['--enable-source-maps', mocha, String(testMs), ...files];
  await runChild(testNode(), args, { cwd: projectRoot, env, deadlineMs: allMs, output });
}
