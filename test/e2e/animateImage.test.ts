import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { solidPng } from '../support/inputFiles';
import { allSettled, answerMoney, savedTakes, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import {
  chooseFromExplorer,
  chooseQuickPickRow,
  clickModalButton,
  clickNotificationButton,
  inputBox,
  modal,
  openFile,
  quickPickRows,
  runCommand,
  screenshot,
  selectAll,
  waitForNotification,
} from '../support/workbenchDriver';

const words = wordsOf();
const animate = words.command('animateImage').replace(/^Krea Video: /, ''); // menus name no category
const generate = words.text('Generate');
const prompt = 'The heron turns its head.\nThen it flies away.';
const wide = solidPng(1280, 720);

/** Told in order: each case goes on from the one before. */
describe('a picture that becomes a video', () => {
  let studio: SimulatedStudio;
  let page: Page;

  before(async () => {
    studio = await SimulatedStudio.open({
      theme: 'Dark Modern',
      settings: { 'kreaVideo.openPlayer': 'never', 'kreaVideo.notifications': 'problems', 'workbench.startupEditor': 'none' },
      files: {
        'heron.png': wide,
        'again.png': wide,
        'tall.png': solidPng(720, 1280, [120, 60, 40]),
        'tiny.png': solidPng(400, 225),
        'fake.png': 'This is text, whatever its name says.',
        'heron.md': `${prompt}\n`,
      },
    });
    page = await studio.openWindow();
    await setToken(page, studio.token);
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  const posts = () => studio.posts.map(({ body }) => body as Record<string, unknown>);
  const uploads = () => studio.simulator.uploads.length;

  it('is chosen in the explorer; what happens is asked for, and only models that begin with a picture are offered', async () => {
    await chooseFromExplorer(page, 'heron.png', animate);
    const box = await inputBox(page);
    await screenshot(page, 'animate-1-prompt');
    await box.fill('The heron turns its head.');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget:visible', { hasText: 'Animate “heron.png”' }).waitFor();
    const rows = await quickPickRows(page);
    await screenshot(page, 'animate-2-models');
    assert.ok(rows.length > 5);
    assert.deepEqual(
      rows.filter(({ detail }) => !/start image|start and end image/.test(detail)),
      [],
    );
    assert.ok(rows.every(({ description }) => /\$\d|price not known/.test(description)));
    await page.locator('.quick-input-widget:visible input').first().fill('Flux Video Edit');
    await waitFor('no row', async () => (await page.locator('.quick-input-widget:visible .monaco-list-row').count()) === 0);
    assert.equal(uploads(), 0);
    await page.locator('.quick-input-widget:visible input').first().fill('');
    await chooseQuickPickRow(page, 'Kling 2.5');
    const question = await answerMoney(page, generate, () => studio.posts.length > 0);
    assert.match(question ?? '', /Kling 2\.5 for about \$0\.37[\s\S]*Start image: heron\.png/);
    const [take] = await savedTakes(studio, 1);
    const [upload] = studio.simulator.uploads;
    assert.deepEqual(upload?.bytes, wide);
    assert.deepEqual(posts(), [
      { prompt: 'The heron turns its head.', start_image: `${studio.simulator.fileBase}/assets/${upload?.id}.png` },
    ]);
    const sidecar = JSON.parse(readFileSync(path.join(studio.folder, String(take).replace(/\.mp4$/, '.json')), 'utf8'));
    assert.deepEqual(
      sidecar.inputs.map(({ role, path: at }: { role: string; path: string }) => [role, at]),
      [['start_image', 'heron.png']],
    );
    await allSettled(page);
  });

  it('goes up once, also under another name, and selected text is its prompt, line breaks and all', async () => {
    await openFile(page, 'heron.md');
    await selectAll(page);
    await chooseFromExplorer(page, 'again.png', animate);
    assert.equal(await (await inputBox(page)).inputValue(), prompt.replace('\n', ' '));
    await page.keyboard.press('Enter');
    await chooseQuickPickRow(page, 'Kling 2.5');
    await answerMoney(page, generate, () => studio.posts.length > 1);
    await savedTakes(studio, 2);
    assert.equal(posts()[1]?.prompt, prompt);
    assert.equal(uploads(), 1);
    await allSettled(page);
  });

  it('gives the video its own shape where the model has one near it', async () => {
    await chooseFromExplorer(page, 'tall.png', animate);
    await (await inputBox(page)).fill('The tower sways.');
    await page.keyboard.press('Enter');
    await chooseQuickPickRow(page, 'Kling 2.5');
    const question = await answerMoney(page, generate, () => studio.posts.length > 2);
    assert.doesNotMatch(question ?? '', /512|asks for/);
    await savedTakes(studio, 3);
    assert.equal(posts()[2]?.aspect_ratio, '9:16');
    await allSettled(page);
  });

  it('is asked about when it is small, and nothing is sent without a yes', async () => {
    await chooseFromExplorer(page, 'tiny.png', animate);
    await (await inputBox(page)).fill('It grows.');
    await page.keyboard.press('Enter');
    await chooseQuickPickRow(page, 'Kling 2.5');
    await modal(page, '400 × 225 pixels. Krea may ignore or refuse images with less than 512').waitFor();
    await screenshot(page, 'animate-3-small');
    await clickModalButton(page, '', 'Cancel');
    await modal(page).waitFor({ state: 'hidden' });
    assert.deepEqual([studio.posts.length, uploads()], [3, 2]);
  });

  it('is refused at once when it is none, with what that means and another choice', async () => {
    await chooseFromExplorer(page, 'fake.png', animate);
    const told =
      'Start image: fake.png is, by its content, no image in the form of JPEG, PNG, WebP or HEIC. Nothing was sent, nothing is charged.';
    await waitForNotification(page, told);
    await screenshot(page, 'animate-4-none');
    await clickNotificationButton(page, told, words.text('Choose Another Image…'));
    await inputBox(page); // the dialog for files
    await page.keyboard.press('Escape');
    assert.deepEqual([studio.posts.length, uploads()], [3, 2]);
  });

  it('that Krea refuses for its size leaves the request not sent, in words', async () => {
    studio.simulator.set({ assets: { mostBytes: 100 } });
    await chooseFromExplorer(page, 'tiny.png', animate);
    await (await inputBox(page)).fill('It grows.');
    await page.keyboard.press('Enter');
    await chooseQuickPickRow(page, 'Kling 2.5');
    await clickModalButton(page, '512', generate);
    const told = 'Start image: Krea finds the file tiny.png too large (413). Nothing is charged.';
    await waitForNotification(page, told);
    await screenshot(page, 'animate-5-too-large');
    assert.equal(studio.posts.length, 3);
    studio.simulator.set({ assets: { mostBytes: 75 * 1024 * 1024 } });
  });

  it('can be copied with its request as a program, which holds no token', async () => {
    await runCommand(page, 'Notifications: Clear All Notifications');
    await openFile(page, 'heron.md');
    await selectAll(page);
    await runCommand(page, words.command('copyRequestAs'));
    await chooseQuickPickRow(page, 'Kling 2.5');
    await chooseQuickPickRow(page, 'cURL');
    await waitForNotification(page, 'Copied as cURL.');
    await screenshot(page, 'animate-6-copied');
    const copied: unknown = await page.evaluate('navigator.clipboard.readText()');
    assert.ok(typeof copied === 'string');
    assert.match(copied, /^#!\/bin\/sh/);
    assert.ok(copied.includes(JSON.stringify(prompt)) && copied.includes(studio.simulator.apiBase) && !copied.includes(studio.token));
    assert.equal(studio.posts.length, 3);
  });

  it('leaves the token on no disk', () => studio.assertTokenKept());
});
