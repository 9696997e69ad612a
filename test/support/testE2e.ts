import { rmSync } from 'node:fs';
import { browserUnderTest } from './browserUnderTest';
import { packedExtension } from './packedExtension';
import { screenshotFolder } from './projectRoot';
import { runStages, type Stage } from './suiteCounts';
import { runWindowTestFiles, testFiles } from './testFiles';
import { timedSteps } from './timedSteps';
import { vscodeUnderTest } from './vscodeUnderTest';

async function run(): Promise<void> {
  const report = timedSteps();
  await browserUnderTest(report);
  await vscodeUnderTest('current', report);
  report(`packed ${await packedExtension()}`);
  rmSync(screenshotFolder, { recursive: true, force: true });
  await runWindowTestFiles(testFiles('e2e'), { testMs: 3 * 60_000, allMs: 10 * 60_000 });
}

const stages: readonly Stage[] = [{ title: 'end-to-end tests', counts: 'its own', run }];

if (process.platform === 'linux') void runStages('end to end', stages);
else console.log('End-to-end tests left out: they need the VS Code from npm, on Linux.');
