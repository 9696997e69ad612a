import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { demoClips } from '../../src/simulator/demoClips';
import { runTimeBetween } from '../../src/simulator/runTime';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { browserUnderTest } from '../support/browserUnderTest';
import { emptyFolder } from '../support/emptyFolder';
import { englishWords } from '../support/headlessWalk';
import { projectRoot } from '../support/projectRoot';
import type { Report } from '../support/timedSteps';
import { vscodeUnderTest } from '../support/vscodeUnderTest';
import { waitFor } from '../support/waitFor';
import { Workbench } from '../support/workbench';
import {
  chooseQuickPickRow,
  clickModalButton,
  modal,
  openFile,
  playerFrame,
  runCommand,
  screenshot,
  selectAll,
  typeIntoInputBox,
} from '../support/workbenchDriver';
import { extensionHostOf, openFiles, timersOf } from './extensionHost';
import { type Figure, median } from './figure';

const clips = 6;
/** Seconds for which the idle window is listened to. */
const listens = 60;

/** What a person waits for, in the packed extension in a real VS Code with the simulator in place of Krea. */
export async function windowFigures(vsix: string, report: Report): Promise<readonly Figure[]> {
  const simulator = await startSimulator({
    makeClip: await demoClips(path.join(projectRoot, 'media/demo')),
    seed: randomInt(2 ** 31),
    runTime: runTimeBetween(4, 6),
    balance: 1000,
  });
  const folder = emptyFolder();
  writeFileSync(path.join(folder, 'notes.txt'), 'A paper boat drifts across a calm pond at noon.\n');
  mkdirSync(path.join(folder, 'takes'));
  const workbench = await Workbench.start({
    vscode: await vscodeUnderTest('current', report),
    browser: await browserUnderTest(report),
    vsix,
    folder,
    settings: { 'kreaVideo.apiBase': simulator.apiBase, 'kreaVideo.openPlayer': 'always' },
  });
  try {
    const page = await workbench.context.newPage();
    await rememberFirstFrames(page);
    await workbench.show(page);
    const frames = await firstFrames(page, simulator, report);
    const idle = await idleFigures(page, workbench, simulator, report);
    return [...frames, ...idle];
  } catch (error) {
    for (const [index, page] of workbench.context.pages().entries())
      await screenshot(page, `failure-${index}`, path.join(projectRoot, 'test/bench/out'));
    throw error;
  } finally {
    await workbench.stop();
    await simulator.close();
  }
}

/** In every frame of the window, also those of webviews: the wall time at which each video element presents its first frame. */
async function rememberFirstFrames(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = new WeakSet();
    // the test is compiled without the browser's types
    const browser = globalThis as unknown as {
      document?: {
        querySelectorAll(
          selector: string,
        ): Iterable<{ requestVideoFrameCallback(run: (now: number, frame: { presentationTime: number }) => void): void }>;
      };
      firstFrame?: number;
    };
    setInterval(() => {
      for (const video of browser.document?.querySelectorAll('video') ?? []) {
        if (seen.has(video)) continue;
        seen.add(video);
        video.requestVideoFrameCallback((_now, { presentationTime }) => {
          browser.firstFrame = performance.timeOrigin + presentationTime;
        });
      }
    }, 2);
  });
}

/** Orders one video, and gives its place among the jobs of the simulator. */
async function order(page: Page, simulator: Simulator): Promise<number> {
  await openFile(page, 'notes.txt');
  await selectAll(page);
  const before = simulator.jobs.length;
  await runCommand(page, englishWords.generate);
  await chooseQuickPickRow(page, 'Kling 2.5');
  const asked = await waitFor('the question, or the job', async () => (await modal(page).isVisible()) || simulator.jobs.length > before);
  if (asked && (await modal(page).isVisible())) await clickModalButton(page, '', 'Generate');
  return before;
}

async function firstFrames(page: Page, simulator: Simulator, report: Report): Promise<readonly Figure[]> {
  await runCommand(page, englishWords.setToken);
  await typeIntoInputBox(page, simulator.token, 'password');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  const waits: number[] = [];
  for (let clip = 0; clip < clips; clip++) {
    const before = await order(page, simulator);
    const presented = await waitFor(
      'the first frame',
      () =>
        playerFrame(page)
          .locator('video')
          .first()
          .evaluate(() => (globalThis as unknown as { firstFrame?: number }).firstFrame, undefined, { timeout: 1000 })
          .catch(() => undefined),
      { deadlineMs: 60_000 },
    );
    const seen = pollThatSawTheEnd(simulator, before);
    waits.push(presented - seen);
    report(`clip ${clip + 1} of ${clips}: first frame after ${Math.round(presented - seen)} ms`);
    await closePlayer(page);
  }
  return [
    {
      name: 'first_frame_ms',
      value: median(waits),
      unit: 'ms',
      target: { atMost: 1000 },
      how: `from the poll that saw the end to the first frame on screen, player closed before, ${clips} clips`,
    },
  ];
}

function pollThatSawTheEnd(simulator: Simulator, before: number): number {
  const job = simulator.jobs[before];
  if (job?.state.kind !== 'ended') throw new Error('The job has not ended.');
  const { at: end } = job.state;
  const poll = simulator.requests.find(
    ({ method, jobId, at, origin }) => origin === 'api' && method === 'GET' && jobId === job.id && at >= end,
  );
  if (!poll) throw new Error('Nobody asked after the job.');
  return poll.at;
}

async function closePlayer(page: Page): Promise<void> {
  await runCommand(page, 'View: Close All Editors');
  await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
}

async function idleFigures(page: Page, workbench: Workbench, simulator: Simulator, report: Report): Promise<readonly Figure[]> {
  const host = extensionHostOf(workbench.profile);
  if (host === undefined) throw new Error('The extension host was not found.');
  const storage = path.join('globalStorage', 'krea-video.krea-video');
  const job = await order(page, simulator);
  await waitFor('the job is on its way', () => simulator.jobs[job] !== undefined);
  const whileRunning = await timersOf(host, 'krea-video');
  if (whileRunning.length === 0 || openFiles(host, storage).length === 0)
    throw new Error('A running job shows no timer or no file: nothing is seen.');
  await waitFor('the clip plays', () => playerFrame(page).locator('video').first().isVisible());
  await closePlayer(page);
  await waitFor('the last file is closed', () => openFiles(host, storage).length === 0, { deadlineMs: 10_000 }).catch(() => undefined);
  const files = openFiles(host, storage);
  const before = simulator.requests.length;
  await new Promise((resolve) => setTimeout(resolve, listens * 1000));
  const requests = simulator.requests.length - before;
  const timers = await timersOf(host, 'krea-video');
  report(`idle: ${requests} requests in ${listens} s; timers: ${timers.join(', ') || 'none'}; open files: ${files.join(', ') || 'none'}`);
  return [
    {
      name: 'idle_requests_per_hour',
      value: (requests * 3600) / listens,
      unit: '1/h',
      target: { atMost: 0 },
      how: `everything loaded, no open job, ${listens} s`,
    },
    {
      name: 'idle_timers',
      value: timers.length,
      unit: '',
      target: { atMost: 0 },
      how: 'timers of ours that are set in the extension host',
    },
    {
      name: 'idle_open_files',
      value: files.length,
      unit: '',
      target: { atMost: 0 },
      how: 'files of our storage that the extension host holds open',
    },
  ];
}
