import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { jobsItem, playerPrompt } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { samplePrompt } from '../support/sampleWorkspace';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import {
  chooseQuickPickRow,
  modal,
  openFile,
  playerFrame,
  runCommand,
  screenshot,
  selectText,
  statusBarItem,
  statusBarText,
  waitForNotification,
  waitForPlaying,
} from '../support/workbenchDriver';

const words = wordsOf();
const trustQuestion = 'Do you trust the authors';

/** Each case goes on from the one before. */
describe('without a token', () => {
  let studio: SimulatedStudio;
  let page: Page;
  /** Demos lie here, one folder a window. */
  const demos = () => path.join(studio.workbench.userData, 'User/globalStorage/krea-video.krea-video/offline');
  const demoFiles = () => (existsSync(demos()) ? readdirSync(demos(), { recursive: true, encoding: 'utf8' }) : []);

  before(async () => {
    studio = await SimulatedStudio.open({
      theme: 'Dark Modern',
      workspaceTrust: true,
      settings: { 'security.workspace.trust.startupPrompt': 'always' },
    });
    page = await studio.openWindow();
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  it('sends nothing from a folder whose authors are not trusted', async () => {
    await modal(page, trustQuestion).waitFor({ timeout: 60_000 });
    await page.locator('.monaco-dialog-box').getByRole('button', { name: /^No, / }).click();
    await modal(page, trustQuestion).waitFor({ state: 'hidden', timeout: 30_000 });
    await openFile(page, 'prompts.md');
    await selectText(page, samplePrompt);
    await runCommand(page, words.command('generateFromSelection'));
    await waitForNotification(page, 'Restricted Mode: nothing from this folder is sent.');
    await screenshot(page, 'restricted-1');
    assert.equal(studio.simulator.requests.length, 0);
  });

  it('asks again for the authors, and goes on once they are trusted', async () => {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await studio.workbench.reload(page);
    await clickTrust(page);
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'hidden', timeout: 30_000 });
  });

  it('walks through a whole job in the offline demo, for nothing and without asking', async () => {
    await runCommand(page, words.command('tryOffline'));
    await waitForNotification(page, 'Offline demo: free, and nothing leaves this computer.');
    await screenshot(page, 'offline-1-started');
    assert.match((await statusBarText(page, jobsItem)) ?? '', /Offline demo/);
    await openFile(page, 'prompts.md');
    await selectText(page, samplePrompt);
    await runCommand(page, words.command('generateFromSelection'));
    await chooseQuickPickRow(page, 'Kling 2.5');
    await waitFor('the job', async () => /Offline demo: Kling 2\.5 · (queued|running)/.test((await statusBarText(page, jobsItem)) ?? ''));
    await screenshot(page, 'offline-2-job');
    await waitFor('the clip in the player', async () => (await playerPrompt(page)) === samplePrompt, { deadlineMs: 90_000 });
    await waitForPlaying(page);
    await page.locator('.part.statusbar', { hasText: 'Saved in the offline demo' }).waitFor({ timeout: 30_000 });
    await screenshot(page, 'offline-3-playing');
    assert.equal(demoFiles().filter((file) => file.endsWith('.mp4')).length, 1);
    assert.deepEqual(studio.takes(), [], 'nothing among the real takes');
    assert.deepEqual(studio.simulator.requests, [], 'nothing to the API base of the settings');
  });

  it('takes the demo away when it is left, and knows nothing of it afterwards', async () => {
    await runCommand(page, words.command('leaveOffline'));
    await statusBarItem(page, jobsItem).waitFor({ state: 'hidden', timeout: 30_000 });
    await waitFor('the folder of the demo to go', () => demoFiles().length === 0).catch((error: unknown) => {
      throw new Error(`${String(error)}: ${demoFiles().join(', ')}`);
    });
    await waitFor('the empty player', async () =>
      (await playerFrame(page).locator('.lead').allTextContents()).includes(words.text('The next finished take plays here.')),
    );
    await runCommand(page, words.command('showJobs'));
    await waitForNotification(page, 'No jobs yet.');
    await screenshot(page, 'offline-4-left');
    await runCommand(page, words.command('generateFromSelection'));
    await page.locator('.quick-input-widget:visible input[type=password]').waitFor({ timeout: 30_000 });
    assert.deepEqual(studio.simulator.requests, []);
  });
});

async function clickTrust(page: Page): Promise<void> {
  await modal(page, trustQuestion).waitFor({ timeout: 60_000 });
  await page
    .locator('.monaco-dialog-box')
    .getByRole('button', { name: /^Yes, / })
    .click();
  await modal(page, trustQuestion).waitFor({ state: 'hidden', timeout: 30_000 });
}
