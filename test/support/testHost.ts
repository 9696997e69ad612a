import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { browserUnderTest } from './browserUnderTest';
import { installedFolder, projectRoot } from './projectRoot';
import { runStages } from './suiteCounts';
import { runWindowTestFiles, testFiles } from './testFiles';
import { testNode } from './testNode';
import { timedSteps } from './timedSteps';
import { desktopVersion, type HostName, vscodeUnderTest } from './vscodeUnderTest';

/*
 * The suite inside VS Code: desktop VS Code on macOS and Windows (and on Linux with KREA_TEST_DESKTOP=1), else the one from npm.
 *   node testHost.js [--floor]     KREA_TEST_FILES, KREA_TEST_GREP: only some
 */
const name: HostName = process.argv.includes('--floor') ? 'floor' : 'current';
const desktop = process.platform !== 'linux' || process.env.KREA_TEST_DESKTOP === '1';

/** A program file that test-electron can start: the shim, on the Node for tests. */
function launcher(): string {
  const file = path.join(installedFolder, `code-${process.pid}`);
  mkdirSync(installedFolder, { recursive: true });
  const shim = path.join(projectRoot, 'dist/test/support/codeShim.js');
  writeFileSync(file, `#!/bin/sh\nexec '${testNode()}' --enable-source-maps '${shim}' "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

async function suiteInVscode(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'krea-video-workspace-'));
  const program = desktop ? undefined : launcher();
  try {
    await runTests({
      ...(program === undefined ? { version: desktopVersion[name] } : { vscodeExecutablePath: program }),
      extensionDevelopmentPath: projectRoot,
      extensionTestsPath: path.join(projectRoot, 'dist/test/host/index.js'),
      extensionTestsEnv: { KREA_TEST_HOST: name },
      launchArgs: [folder],
    });
  } catch (error) {
    throw error instanceof TestRunFailedError ? new Error(`VS Code ${error.message.toLowerCase()}`) : error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
    if (program) rmSync(program, { force: true });
  }
}

async function main(): Promise<void> {
  // test-electron knows Ctrl+C only
  process.on('SIGTERM', () => process.emit('SIGINT'));
  if (!desktop) {
    const report = timedSteps();
    await browserUnderTest(report);
    const { version } = await vscodeUnderTest(name, report);
    report(`VS Code ${version} is ready`);
  }
  const scenarios = testFiles('host', '.scenario.js');
  if (desktop && scenarios.length) console.log(`${scenarios.length} window scenarios left out: they need the VS Code from npm, on Linux.`);
  process.env.KREA_TEST_HOST = name;
  await runStages(`host (${name})`, [
    ...(testFiles('host').length || !scenarios.length ? [{ title: 'host suite', counts: 'its own', run: suiteInVscode } as const] : []),
    ...(desktop || !scenarios.length
      ? []
      : [
          {
            title: 'window scenarios',
            counts: 'its own',
            run: () => runWindowTestFiles(scenarios, { testMs: 3 * 60_000, allMs: 10 * 60_000 }),
          } as const,
        ]),
  ]);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log('0 passed, 1 failed');
  process.exit(1);
});
