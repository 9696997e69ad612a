import { randomInt } from 'node:crypto';
import path from 'node:path';
import { encodedClip } from '../../src/simulator/encodedClip';
import { runTimeBetween } from '../../src/simulator/runTime';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { browserUnderTest } from './browserUnderTest';
import { desktopVscode, hasDesktop, openDesktopWindow } from './desktopVscode';
import { headlessWalk } from './headlessWalk';
import { openInBrowser } from './openInBrowser';
import { packedExtension } from './packedExtension';
import { type SampleWorkspace, samplePrompt, sampleWorkspace } from './sampleWorkspace';
import { none, recordCounts } from './suiteCounts';
import { timedSteps } from './timedSteps';
import { vscodeUnderTest } from './vscodeUnderTest';
import { Workbench } from './workbench';

/*
 * npm start: a real VS Code with the extension, a sample to work on and the simulator in place of Krea.
 *   --headless   without a screen: walks through the main job by itself (so also where there is no display)
 *   --browser    in the browser edition, for a machine that one reaches over a network
 */
const report = timedSteps();
const file = 'prompts.md';

async function headless(simulator: Simulator, { outside, folder }: SampleWorkspace): Promise<void> {
  const browser = await browserUnderTest(report);
  const vscode = await vscodeUnderTest('current', report);
  const vsix = await packedExtension();
  report('the extension is packed');
  const pictures = path.join(outside, 'screenshots');
  const workbench = await Workbench.start({
    vscode,
    browser,
    folder,
    vsix,
    settings: settingsFor(simulator),
    theme: 'Default Dark Modern',
  });
  try {
    const page = await workbench.openWindow();
    report(`VS Code ${vscode.version} shows ${folder}`);
    const walk = { page, folder, file, report, pictures, name: 'start', prompt: samplePrompt, model: 'Kling 2.5', token: simulator.token };
    const { clip } = await headlessWalk(walk);
    const posts = simulator.submits().length;
    if (posts !== 1) throw new Error(`One video was ordered, and the simulator received ${posts} orders.`);
    console.log(`\nThe clip: ${clip}\nThe screenshots: ${pictures}`);
  } catch (error) {
    console.error(`Left for a look: ${outside}`);
    throw error;
  } finally {
    await workbench.stop();
  }
}

async function inBrowser(simulator: Simulator, { folder }: SampleWorkspace): Promise<void> {
  const vscode = await vscodeUnderTest('current', report);
  const workbench = await Workbench.start({ vscode, folder, vsix: await packedExtension(), settings: settingsFor(simulator) });
  const address = workbench.windowUrl();
  report(`VS Code ${vscode.version} waits at ${address}`);
  openInBrowser(address);
  console.log('Ctrl+C ends it.');
  await new Promise(() => undefined);
}

function settingsFor({ apiBase }: Simulator): { readonly [key: string]: unknown } {
  return { 'kreaVideo.apiBase': apiBase };
}

async function start(): Promise<void> {
  // job ids of two starts must not meet
  const simulator = await startSimulator({
    makeClip: encodedClip,
    seed: randomInt(2 ** 31),
    runTime: runTimeBetween(8, 12),
    balance: 1000,
  });
  const workspace = sampleWorkspace();
  report(`the simulator stands in for Krea at ${simulator.apiBase}: no account, no money`);
  try {
    const asked = (name: string) => process.argv.includes(`--${name}`);
    if (asked('headless') || (!asked('browser') && !hasDesktop())) return await headless(simulator, workspace);
    console.log(`\nWhen VS Code asks for the Krea API token, paste:  ${simulator.token}\n`);
    const command = asked('browser') ? undefined : await desktopVscode(report);
    if (!command) return await inBrowser(simulator, workspace);
    report(`VS Code opens ${workspace.folder}; this ends when you close that window`);
    await openDesktopWindow(command, workspace.folder, path.join(workspace.folder, file), settingsFor(simulator));
    console.log(`Your clips stay in ${workspace.folder}`);
  } finally {
    await simulator.close();
  }
}

start().then(
  () => {
    recordCounts({ ...none, passed: 1 });
    process.exit(0);
  },
  (error: unknown) => {
    recordCounts({ ...none, failed: 1 });
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
