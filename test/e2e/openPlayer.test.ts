import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { order, playerPrompt, playerVideo, savedTakes, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import {
  clickNotificationButton,
  notification,
  openFile,
  playerFrame,
  runCommand,
  screenshot,
  selectLines,
  waitForNotification,
  waitForPlaying,
} from '../support/workbenchDriver';

const words = wordsOf();
const prompts = ['first clip', 'second clip', 'third clip', 'fourth clip', 'fifth clip'];
const [first = '', second = '', third = '', fourth = '', fifth = ''] = prompts;
const playerTab = (page: Page) => page.locator('.tabs-container .tab:has(.codicon-device-camera-video)');

/** Each case goes on from the one before. */
describe('the player and finished clips', () => {
  let studio: SimulatedStudio;
  let page: Page;
  /** Clips that go on and on, so that none ends while a test looks at it. */
  const settings = (openPlayer?: string) => ({ 'kreaVideo.player.loop': true, ...(openPlayer && { 'kreaVideo.openPlayer': openPlayer }) });

  before(async () => {
    studio = await SimulatedStudio.open({
      theme: 'Dark Modern',
      files: { 'clips.md': `${prompts.join('\n\n')}\n`, 'beside.txt': 'Nothing to film here.' },
      settings: settings(),
    });
    page = await studio.openWindow();
    await setToken(page, studio.token);
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  const finish = async (prompt: string) => {
    await openFile(page, 'clips.md');
    const line = prompts.indexOf(prompt) * 2 + 1;
    await selectLines(page, line, line);
    await order(studio, page, { answer: words.text('Generate, Ask Only Above {0}', '$1.00') });
    await savedTakes(studio, prompts.indexOf(prompt) + 1);
  };
  const shows = (prompt: string) => waitFor(`${prompt} in the player`, async () => (await playerPrompt(page)) === prompt);
  const closeNotifications = () => runCommand(page, 'Notifications: Clear All Notifications');

  it('plays the job last started here by itself, beside the text and without taking the cursor', async () => {
    await finish(first);
    await shows(first);
    await waitForPlaying(page);
    assert.equal(await notification(page, 'Saved').count(), 0);
    await page.keyboard.press('ArrowRight');
    assert.equal((await page.locator('.editor-instance.focused, .monaco-editor.focused').count()) > 0, true, 'the text keeps the cursor');
  });

  it('never takes the stage from a clip that plays: one notification offers it', async () => {
    await finish(second);
    await waitForNotification(page, `Saved “${second}”`);
    assert.equal(await playerPrompt(page), first);
    assert.equal((await playerVideo(page))?.paused, false);
    assert.equal(await notification(page, 'Saved').count(), 1);
    await screenshot(page, 'player-1-notification');
    await clickNotificationButton(page, `Saved “${second}”`, 'Play');
    await shows(second);
    await waitForPlaying(page);
  });

  it('pauses when its tab is hidden, and stays paused when it comes back', async () => {
    await playerTab(page).click();
    await openFile(page, 'beside.txt');
    await page.locator('iframe.webview.ready').waitFor({ state: 'hidden', timeout: 30_000 });
    await playerTab(page).click();
    await shows(second);
    const back = await waitFor('the picture', () => playerVideo(page));
    assert.equal(back.paused, true);
    assert.ok(back.seconds > 0, 'it is where it was');
    await screenshot(page, 'player-2-back');
  });

  it('is there again after the window was reloaded, with the same clip, paused', async () => {
    await studio.reloadWith(page, settings('always'));
    await shows(second);
    assert.equal((await waitFor('the picture', () => playerVideo(page))).paused, true);
    await screenshot(page, 'player-3-restored');
  });

  it('shows every finished clip when it is set to always, over one that plays too', async () => {
    await playerFrame(page).locator('.big-play').click();
    await waitForPlaying(page);
    await finish(third);
    await shows(third);
    await waitForPlaying(page);
    assert.equal(await notification(page, 'Saved').count(), 0);
  });

  it('shows none when it is set to never, and says so each time', async () => {
    await studio.reloadWith(page, settings('never'));
    await shows(third);
    await finish(fourth);
    await waitForNotification(page, `Saved “${fourth}”`);
    assert.equal(await playerPrompt(page), third);
    await closeNotifications();
  });

  it('plays the last video on command', async () => {
    await runCommand(page, words.command('playLast'));
    await shows(fourth);
    await waitForPlaying(page);
  });

  it('says nothing at all when notifications are off', async () => {
    await studio.reloadWith(page, { ...settings('never'), 'kreaVideo.notifications': 'none' });
    await finish(fifth);
    await page.locator('.part.statusbar', { hasText: 'Saved in takes' }).waitFor({ timeout: 30_000 });
    assert.equal(await notification(page, 'Saved').count(), 0);
  });

  it('leaves the token on no disk', () => studio.assertTokenKept());
});
