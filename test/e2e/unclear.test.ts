import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { readSidecar } from '../../src/takes/sidecar';
import { allSettled, answerMoney, jobRows, jobsItem, order, savedTakes, selectFile, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import {
  chooseQuickPickRow,
  clickNotificationButton,
  modal,
  notification,
  quickPickRows,
  runCommand,
  screenshot,
  statusBarText,
  waitForNotification,
  waitForPlaying,
} from '../support/workbenchDriver';

const words = wordsOf();
const findLostClips = words.command('findLostClips');

/** Told in order: each case goes on from the one before. */
describe('a request without an answer', () => {
  let studio: SimulatedStudio;
  let page: Page;

  before(async () => {
    studio = await SimulatedStudio.open({
      theme: 'Dark Modern',
      files: { 'heron.md': 'A heron at dawn.\n', 'owl.md': 'An owl at night.\n' },
    });
    page = await studio.openWindow();
    await setToken(page, studio.token);
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  const loseAnswer = (moment: 'afterHandling' | 'afterReading') =>
    studio.simulator.set({ faults: [{ method: 'POST', path: '/generate/*', act: { kind: 'reset', moment } }] });

  it('whose job Krea lists is shown as one that may be mine, with its clip apart from the takes', async () => {
    loseAnswer('afterHandling');
    await selectFile(page, 'heron.md');
    await order(studio, page);
    await waitForNotification(page, 'It may be yours; others can use this workspace too.');
    await waitFor('the status bar', async () => (await statusBarText(page, jobsItem))?.includes('1 video unclear'));
    await screenshot(page, 'unclear-1-perhaps');
    const [row] = await jobRows(page);
    assert.match(row?.detail ?? '', /unclear, one job found/);
    assert.match(row?.detail ?? '', /Whether it is charged is not known yet\./);
    await page.keyboard.press('Escape');
    assert.equal(studio.takes().length, 0);
  });

  it('becomes a take once I have seen its clip and know it', async () => {
    await clickNotificationButton(page, 'Its clip is here', 'Show Its Clip');
    await waitForPlaying(page);
    await waitForNotification(page, 'Is this the video you asked for? “A heron at dawn.”');
    await screenshot(page, 'unclear-2-clip');
    await clickNotificationButton(page, 'Is this the video you asked for?', 'It Is Mine');
    const [take = ''] = await savedTakes(studio, 1);
    await allSettled(page);
    const sidecar = readSidecar(JSON.parse(readFileSync(path.join(studio.folder, take.replace(/\.mp4$/, '.json')), 'utf8')));
    assert.equal(sidecar?.submit.ambiguous, true);
    assert.equal(sidecar?.job_id, studio.simulator.jobs[0]?.id);
    assert.equal(studio.posts.length, 1);
  });

  it('is sent once more only past a question that names the figure and the risk', async () => {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, 'View: Close All Editors');
    loseAnswer('afterReading');
    await selectFile(page, 'owl.md');
    await order(studio, page);
    await waitForNotification(page, 'no clear answer came');
    await jobRows(page);
    await chooseQuickPickRow(page, 'An owl at night.');
    const submit = await waitFor('the list of what can be done', async () =>
      (await quickPickRows(page)).map(({ label }) => label).find((label) => label.includes('Submit Again')),
    );
    assert.match(submit, /Submit Again… about \$0\.37.*may be paid twice/);
    await chooseQuickPickRow(page, 'Submit Again');
    await modal(page, 'If so, both are paid.').waitFor({ timeout: 30_000 });
    await screenshot(page, 'unclear-3-again');
    const question = await answerMoney(page, 'Cancel', () => false);
    assert.match(question ?? '', /about \$0\.37/);
    assert.equal(studio.posts.length, 2);
  });

  it('and clips that no row has are found, shown by their time, and saved for nothing', async () => {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, findLostClips);
    await waitForNotification(page, 'No lost clips');
    const sent = studio.posts.length;
    // before the request that is still unclear, whose own job it could else be
    const made = await fetch(`${studio.simulator.apiBase}${studio.posts[0]?.path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${studio.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ prompt: 'made elsewhere' }),
    });
    assert.equal(made.status, 200);
    await waitForNotification(page, 'Its clip is here');
    await clickNotificationButton(page, 'Its clip is here', 'Show Its Clip');
    await clickNotificationButton(page, 'Is this the video you asked for?', 'Not Mine');
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, findLostClips);
    await page.locator('.quick-input-widget:visible', { hasText: 'Clips at Krea that are not here: 1' }).waitFor({ timeout: 30_000 });
    await screenshot(page, 'unclear-4-lost');
    await page.locator('.quick-input-list .monaco-list-row').first().click();
    await page.keyboard.press('Enter');
    await savedTakes(studio, 2);
    assert.equal(studio.posts.length, sent + 1, 'only the one made elsewhere');
    assert.equal(await notification(page, 'could not').count(), 0);
  });

  it('leaves the token on no disk', () => studio.assertTokenKept());
});
