import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { allSettled, jobRows, order, savedTakes, selectFile, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { wordsOf } from '../support/words';
import { chooseQuickPickRow, notification, runCommand, screenshot, waitForNotification } from '../support/workbenchDriver';

const words = wordsOf();
const unheardOf = 'Cinématographe 1';

describe('a model that Krea offers no more', () => {
  let studio: SimulatedStudio;
  let page: Page;

  before(async () => {
    studio = await SimulatedStudio.open({ settings: { 'kreaVideo.openPlayer': 'never' }, files: { 'boat.md': 'A paper boat.\n' } });
    studio.simulator.set({ openapi: 'unheardOfModel' });
    page = await studio.openWindow();
    await setToken(page, studio.token);
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  it('is said to be gone before its video is made again, and nothing is sent', async () => {
    await selectFile(page, 'boat.md');
    await order(studio, page, { model: unheardOf });
    await savedTakes(studio, 1);
    await allSettled(page);
    assert.equal(studio.posts.length, 1);
    studio.simulator.set({ openapi: 'good' });
    await runCommand(page, words.command('checkSetup'));
    await notification(page, 'All that was checked works').waitFor({ timeout: 30_000 });
    await runCommand(page, 'Notifications: Clear All Notifications');

    await jobRows(page);
    await chooseQuickPickRow(page, 'A paper boat.');
    await chooseQuickPickRow(page, 'Generate Again');
    await waitForNotification(page, words.text('Krea no longer offers {0}.', unheardOf));
    await screenshot(page, 'model-gone');
    assert.equal(studio.posts.length, 1);
  });
});
