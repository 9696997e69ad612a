import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { allSettled, answerMoney, giveToken, jobRows, jobsItem, order } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { samplePrompt } from '../support/sampleWorkspace';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import {
  chooseQuickPickRow,
  clickStatusBarItem,
  focusEditor,
  inputBox,
  modal,
  notification,
  openFile,
  runCommand,
  screenshot,
  selectAll,
  selectLines,
  selectText,
  statusBarText,
  waitForNotification,
} from '../support/workbenchDriver';

const words = wordsOf();
const generate = words.command('generateFromSelection');
const askOnlyAbove = words.text('Generate, Ask Only Above {0}', '$1.00');
const prompts = ['A red fox in the snow.', 'A blue whale in the deep.', 'A swarm of bees at noon.'];

/** Told in order, as one person's first hour: each case goes on from the one before. */
describe('before money is spent', () => {
  let studio: SimulatedStudio;
  let page: Page;

  before(async () => {
    studio = await SimulatedStudio.open({
      theme: 'Dark Modern',
      files: { 'blank.md': '   \n\n  \n', 'prompts-of-mine.md': `${prompts.join('\n\n')}\n` },
    });
    page = await studio.openWindow();
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  const sent = () => studio.posts.length;
  const select = async (prompt: string) => {
    await openFile(page, 'prompts-of-mine.md');
    const line = prompts.indexOf(prompt) * 2 + 1;
    await selectLines(page, line, line);
  };

  it('says of a blank file that there is no prompt', async () => {
    await openFile(page, 'blank.md');
    await runCommand(page, generate);
    await waitForNotification(page, 'There is no prompt at the cursor.');
    await screenshot(page, 'money-1-blank');
    await selectAll(page);
    await runCommand(page, generate);
    await waitForNotification(page, 'The selection is blank.');
    assert.equal(studio.simulator.requests.length, 0);
  });

  it('selects the paragraph at the cursor, and asks for a token where there is none', async () => {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await openFile(page, 'prompts.md');
    await selectText(page, samplePrompt);
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowRight');
    await runCommand(page, generate);
    await inputBox(page, 'password');
    assert.match((await statusBarText(page, 'status.editor.selection')) ?? '', /\(105 selected\)/);
    await screenshot(page, 'money-2-token');
  });

  it('keeps what was typed when the box loses the focus', async () => {
    const box = await inputBox(page, 'password');
    await box.fill('not-the-token');
    await focusEditor(page);
    await waitFor(
      'the focus to leave',
      async () => !(await box.evaluate((input: { matches(selector: string): boolean }) => input.matches(':focus'))),
    );
    assert.equal(await box.isVisible(), true);
    assert.equal(await box.inputValue(), 'not-the-token');
  });

  it('does not keep a token that Krea refuses', async () => {
    const box = await inputBox(page, 'password');
    await box.focus();
    await page.keyboard.press('Enter');
    await page
      .locator('.quick-input-message', { hasText: 'Krea does not accept this token (401). It is not kept.' })
      .waitFor({ timeout: 30_000 });
    await screenshot(page, 'money-3-wrong-token');
    await page.keyboard.press('Escape');
    await box.waitFor({ state: 'hidden', timeout: 30_000 });
    assert.equal(sent(), 0);
    await selectText(page, samplePrompt);
    await runCommand(page, generate);
    await inputBox(page, 'password');
  });

  it('sends nothing when the first question is cancelled', async () => {
    await giveToken(page, studio.token);
    await chooseQuickPickRow(page, 'Kling 2.5');
    const question = await answerMoney(page, 'Cancel', () => sent() > 0);
    assert.match(question ?? '', /Generate one video with Kling 2\.5 for about \$0\.37\?/);
    assert.match(question ?? '', /Aspect ratio: 16:9 · Seconds: 5/);
    assert.match(question ?? '', /first paid video/);
  });

  it('asks again after a plain Generate', async () => {
    const [fox = '', whale = ''] = prompts;
    await select(fox);
    assert.match((await order(studio, page)) ?? '', /first paid video/);
    await waitFor('the first POST', () => sent() === 1);
    await select(whale);
    const question = await order(studio, page, { answer: 'Cancel' });
    assert.match(question ?? '', /about \$0\.37\?/);
    assert.doesNotMatch(question ?? '', /first paid video/);
    await allSettled(page);
    assert.equal(sent(), 1);
    assert.deepEqual(studio.posts[0]?.body, { prompt: fox });
  });

  it('asks no more below the threshold once told so, and always above it', async () => {
    const [, whale = '', bees = ''] = prompts;
    await select(whale);
    assert.notEqual(await order(studio, page, { answer: askOnlyAbove }), undefined);
    await waitFor('the second POST', () => sent() === 2);
    await select(bees);
    assert.equal(await order(studio, page), undefined, 'no question');
    assert.equal(sent(), 3);
    const question = await order(studio, page, { model: 'Veo 2', answer: 'Cancel' });
    assert.match(question ?? '', /Generate one video with Veo 2 for about \$2\.50\?/);
    assert.match(await order(studio, page, { model: 'Wan 3.0', answer: 'Cancel' }).then(String), /price is not known/);
    await allSettled(page);
    assert.equal(sent(), 3);
  });

  it('asks whether the same request is meant to run twice', async () => {
    const [fox = ''] = prompts;
    studio.jobsRun(3_600_000);
    await select(fox);
    assert.equal(await order(studio, page), undefined);
    assert.equal(sent(), 4);
    await runCommand(page, generate);
    await chooseQuickPickRow(page, 'Kling 2.5');
    await modal(page, 'Another take for about $0.37?').waitFor({ timeout: 30_000 });
    await screenshot(page, 'money-4-another-take');
    const question = await answerMoney(page, 'Cancel', () => false);
    assert.match(question ?? '', /The same request has been running for 0:\d\d\./);
    assert.equal(sent(), 4);
  });

  it('cancels a job from the list that the status bar opens', async () => {
    await waitFor('the job at work', async () => /queued|running/.test((await statusBarText(page, jobsItem)) ?? ''));
    await clickStatusBarItem(page, jobsItem);
    await chooseQuickPickRow(page, prompts[0] ?? '');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Open Log' }).waitFor({ timeout: 30_000 });
    await screenshot(page, 'money-5-actions');
    await chooseQuickPickRow(page, 'Cancel');
    await page.locator('.part.statusbar', { hasText: 'Cancelled. Krea says that such jobs are not charged.' }).waitFor({ timeout: 60_000 });
    await allSettled(page);
    const deleted = studio.simulator.requests.filter(({ method }) => method === 'DELETE');
    assert.equal(deleted.length, 1);
    assert.equal(deleted[0]?.jobId, studio.simulator.jobs.at(-1)?.id);
    const [newest] = await jobRows(page);
    assert.match(newest?.detail ?? '', /^cancelled · Kling 2\.5 · .*Krea says that such jobs are not charged/);
    await screenshot(page, 'money-6-jobs');
    await page.keyboard.press('Escape');
    assert.equal(studio.takes().length, 3);
    assert.equal(await notification(page, 'Cancelled').count(), 0);
  });

  it('leaves the token on no disk', () => studio.assertTokenKept());
});
