import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './projectRoot';
import { runChild } from './runChild';
import { testNode } from './testNode';

/** Built tests of dist/test/<folder> by their ending; KREA_TEST_FILES keeps only names with that text. */
export function testFiles(folder: 'unit' | 'host' | 'e2e', ending = '.test.js'): readonly string[] {
  const all = path.join(projectRoot, 'dist/test', folder);
  if (!existsSync(all)) return [];
  return readdirSync(all)
    .filter((name) => name.endsWith(ending) && name.includes(process.env.KREA_TEST_FILES ?? ''))
    .sort()
    .map((name) => path.join(all, name));
}

/** Runs test files by mocha in the Node for tests, in a process of their own. */
export async function runTestFiles(files: readonly string[], limits: { readonly testMs: number; readonly allMs: number }): Promise<void> {
  const mocha = path.join(projectRoot, 'dist/test/support/runMocha.js');
  const args = ['--enable-source-maps', mocha, String(limits.testMs), ...files];
  await runChild(testNode(), args, { cwd: projectRoot, deadlineMs: limits.allMs, output: 'show' });
}
