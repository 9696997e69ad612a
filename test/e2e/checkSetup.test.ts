import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { models } from '../../src/simulator/models';
import { plainSwitches, type SwitchChange } from '../../src/simulator/switches';
import { setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { clickModalButton, clickNotificationButton, modal, notification, runCommand, screenshot } from '../support/workbenchDriver';

const words = wordsOf();
const checking = words.text('Checking the setup of Krea Video');
const allWorks = 'All that was checked works';

/** Each case goes on from the one before. */
describe('Check My Setup and the one video', () => {
  let studio: SimulatedStudio;
  let page: Page;

  before(async () => {
    studio = await SimulatedStudio.open({
      theme: 'Default Dark Modern',
      // room for the whole report: the editor draws no line that is out of sight
      viewport: { width: 1800, height: 1800 },
      settings: { '[markdown]': { 'editor.wordWrap': 'off' } },
    });
    page = await studio.openWindow();
    await setToken(page, studio.token);
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  const check = async () => {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await runCommand(page, words.command('checkSetup'));
  };
  const offered = () => notification(page, allWorks).locator('.monaco-button', { hasText: '$' });
  const report = async () => (await page.locator('.editor-instance .view-lines').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');

  it('sends nothing more once it is cancelled, and writes no report', async () => {
    studio.simulator.set({ faults: [{ path: '/jobs*', act: { kind: 'hang', moment: 'afterReading' } }] });
    const asked = () => studio.simulator.requests.length;
    const before = asked();
    await check();
    await waitFor('the first request', () => asked() === before + 1);
    await clickNotificationButton(page, checking, 'Cancel');
    await page.locator('.part.statusbar', { hasText: 'The check was stopped. Nothing more is sent.' }).waitFor({ timeout: 30_000 });
    await notification(page, checking).waitFor({ state: 'hidden', timeout: 30_000 });
    studio.simulator.set({ faults: [] });
    assert.equal(await page.locator('.editor-instance').count(), 0);
    // a whole other check later there is still nothing of the first one
    await check();
    await offered().waitFor({ timeout: 30_000 });
    const paths = studio.simulator.requests.slice(before).map(({ path }) => path);
    assert.deepEqual(paths, ['/jobs', '/jobs', '/openapi.json', '/jobs']);
  });

  it('sends no order when the price is not agreed to', async () => {
    await offered().click();
    await modal(page).waitFor({ timeout: 30_000 });
    await screenshot(page, 'check-setup-consent');
    await page.keyboard.press('Escape');
    await modal(page).waitFor({ state: 'hidden', timeout: 30_000 });
    await notification(page, words.text('Generating one video')).waitFor({ state: 'hidden', timeout: 30_000 });
    assert.equal(studio.posts.length, 0);
    assert.equal((await report()).includes('`job.'), false);
  });

  const endings: readonly (readonly [name: string, change: SwitchChange, code: string, money: string])[] = [
    ['is made and saved', {}, 'job.done.completed', 'saved'],
    ['is of a model that this workspace may not use', { forbidden: models.map(({ id }) => id) }, 'job.refused.403', 'Nothing is charged.'],
    ['fails', { ending: 'failed' }, 'job.failed.internal', 'such jobs are not charged'],
    ['ends without a video', { urlsShape: 'noResult' }, 'job.failed.noVideo', 'Whether it is charged is not known.'],
    [
      'has no clear answer',
      { faults: [{ method: 'POST', path: '/generate/*', act: { kind: 'reset', moment: 'afterReading' } }] },
      'job.unknown',
      'Whether it is charged is not known',
    ],
  ];
  const howKreaAnswered = [
    /one job .*\(completed\) 0:\d\d/,
    /job_id: uuid, status: completed, .*address \(http at this computer, \.mp4\)/,
    /GET the clip\s+status {3}200, video\/mp4/,
    /headers {2}.*accept-ranges .*content-length .*etag/,
  ];
  for (const [name, change, code, money] of endings)
    it(`tells of a video that ${name}: ${code}`, async () => {
      const posts = studio.posts.length;
      await check();
      await offered().waitFor({ timeout: 30_000 });
      studio.simulator.set(change);
      await offered().click();
      await waitFor('a question, or the order', async () => (await modal(page).isVisible()) || studio.posts.length > posts);
      if (await modal(page).isVisible()) await clickModalButton(page, '', words.text('Generate, Ask Only Above {0}', '$1.00'));
      await waitFor('the report of the job', async () => (await report()).includes(code), { deadlineMs: 60_000 });
      assert.ok((await report()).includes(money), await report());
      if (code.startsWith('job.done')) for (const note of howKreaAnswered) assert.match(await report(), note);
      assert.equal(studio.posts.length, posts + 1);
      await screenshot(page, `check-setup-${code}`);
      studio.simulator.set(plainSwitches);
    });

  it('leaves the token on no disk', () => studio.assertTokenKept());
});
