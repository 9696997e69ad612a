import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { order, playerPrompt, savedTakes, selectFile, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { openFile, reloadWindow, runCommand, screenshot, waitForPlaying } from '../support/workbenchDriver';

const words = wordsOf();
const prompt = 'ספינת נייר בגשם';

describe('the tab of the player', () => {
  let studio: SimulatedStudio;
  let page: Page;
  // by its title, which also a tab has that nobody has looked at since a reload
  const playerTabs = () => page.locator('.tabs-container .tab', { hasText: prompt });

  before(async () => {
    studio = await SimulatedStudio.open({
      theme: 'Dark Modern',
      files: { 'clip.md': prompt, 'beside.txt': 'Nothing to film here.' },
      settings: { 'kreaVideo.player.loop': true },
    });
    page = await studio.openWindow();
    await setToken(page, studio.token);
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  it('keeps right-to-left words of the shot to themselves', async () => {
    await selectFile(page, 'clip.md');
    await order(studio, page);
    await savedTakes(studio, 1);
    await waitForPlaying(page);
    assert.equal((await playerTabs().locator('.label-name').textContent())?.trim(), `\u2068${prompt}\u2069`);
    await screenshot(page, 'player-tab-right-to-left');
  });

  it('is one, also when the window was reloaded with the player behind another tab', async () => {
    await playerTabs().click();
    await openFile(page, 'beside.txt');
    await page.locator('iframe.webview.ready').waitFor({ state: 'hidden', timeout: 30_000 });
    await reloadWindow(page);
    await waitFor('the tab of before', async () => (await playerTabs().count()) === 1);
    await runCommand(page, words.command('playLast'));
    await waitFor('the clip', async () => (await playerPrompt(page)) === prompt);
    await waitForPlaying(page);
    await screenshot(page, 'player-tab-after-reload');
    await waitFor('one tab', async () => (await playerTabs().count()) === 1);
  });
});
