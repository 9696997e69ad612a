import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { browserUnderTest } from './browserUnderTest';
import { hostMark, hostRun } from './hostRun';
import { vscodeUnderTest } from './vscodeUnderTest';
import { Workbench } from './workbench';

/*
 * Stands in for the desktop's `code` for one purpose: @vscode/test-electron starts it to run a suite in a real
 * extension host, and takes its exit code. Which VS Code it is says KREA_TEST_HOST.
 */
async function main(args: readonly string[]): Promise<void> {
  const option = (name: string) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
  const tests = option('extensionTestsPath');
  if (!tests) throw new Error('Only runs extension tests: --extensionTestsPath is missing.');
  const folder = args.find((arg) => !arg.startsWith('-') && existsSync(arg) && statSync(arg).isDirectory());
  const vscode = await vscodeUnderTest(process.env.KREA_TEST_HOST === 'floor' ? 'floor' : 'current', console.log);
  const workbench = await Workbench.start({
    vscode,
    browser: await browserUnderTest(console.log),
    smokeTestDriver: true,
    autoplay: 'always',
    env: { KREA_TEST_MARK: hostMark, KREA_TEST_VSCODE: vscode.version },
  });
  try {
    const page = await workbench.context.newPage();
    await hostRun(workbench, page, { tests, folder: folder ? path.resolve(folder) : null, deadlineMs: 10 * 60_000, print: console.log });
  } finally {
    await workbench.stop();
  }
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
