import path from 'node:path';
import { npmCommand } from './npmCommand';
import { projectRoot } from './projectRoot';
import { runChild } from './runChild';
import { runStages, type Stage } from './suiteCounts';

/*
 * npm test: all that makes the code trustworthy, the quick things first, up to the first that fails.
 */
function check(script: string): Stage {
  const { command, args, env } = npmCommand(['run', '--silent', script]);
  const run = () => runChild(command, args, { cwd: projectRoot, env, deadlineMs: 5 * 60_000, output: 'show' });
  return { title: script, counts: 'as one test', run };
}

function suite(title: string, program: string, minutes: number, args: readonly string[] = []): Stage {
  const file = path.join(projectRoot, 'dist/test/support', program);
  const run = () => {
    console.log(`\n=== ${title}`);
    return runChild(process.execPath, [file, ...args], { cwd: projectRoot, deadlineMs: minutes * 60_000, output: 'show' });
  };
  return { title, counts: 'its own', run };
}

void runStages('all', [
  check('types'),
  check('lint'),
  suite('unit tests', 'testUnit.js', 12),
  ...(process.platform === 'win32' ? [] : [suite('faults', 'testFaults.js', 11, ['--short'])]), // there is no SIGSTOP
  suite('tests inside VS Code', 'testHost.js', 30),
  // needs the VS Code from npm
  ...(process.platform === 'linux' ? [suite('end-to-end tests', 'testE2e.js', 40)] : []),
]);
