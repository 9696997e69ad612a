import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { answerMoney, savedTakes, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { notification, openFile, runCommand, screenshot } from '../support/workbenchDriver';

const english = `---
storyboard: 1
model: kling/kling-2.5
duration: 5
---

# Style

Soft grain, blue night.

# Cast

## @ruth

Ruth, a lighthouse keeper in her seventies.

# SH010 The tower

A lone white lighthouse.

# SH020 The stairs

- pick: 1

{{@ruth}} climbs.

# SH030 The lens

- aspect_ratio: 16:9

Close on the lens.
`;

const japanese = english
  .replace('# SH010 The tower\n\nA lone white lighthouse.', '# カット1　灯台\n\n白い灯台がひとつ。')
  .replace('# SH020 The stairs', '# カット2　階段')
  .replace('{{@ruth}} climbs.', '{{@ruth}}が上る。')
  .replace('# SH030 The lens', '# カット3　レンズ')
  .replace('Close on the lens.', 'レンズに寄る。');

const looks = [
  {
    name: 'en',
    locale: undefined,
    theme: 'Default Dark Modern',
    text: english,
    last: 'Close on the lens.',
    first: 'SH010',
    renamed: 'SH015',
    next: 'SH040',
  },
  {
    name: 'ja',
    locale: 'ja',
    theme: 'Default Light Modern',
    text: japanese,
    last: 'レンズに寄る。',
    first: 'カット1',
    renamed: 'カット10',
    next: 'カット4',
  },
] as const;

/** One after the other in one window. */
for (const { name, locale, theme, text, last, first, renamed, next } of looks)
  describe(`typing a storyboard, ${name}`, () => {
    const words = wordsOf(locale);
    let studio: SimulatedStudio;
    let page: Page;
    let file: string;
    before(async () => {
      studio = await SimulatedStudio.open({
        ...(locale && { locale }),
        theme,
        viewport: { width: 1500, height: 950 },
        files: { 'film.storyboard.md': text },
      });
      file = path.join(studio.folder, 'film.storyboard.md');
      page = await studio.openWindow();
      await setToken(page, studio.token, words);
      await openFile(page, 'film.storyboard.md');
    });
    after(() => studio?.stop());
    pictureOfFailure(() => page);

    const suggestions = (): Locator => page.locator('.suggest-widget.visible .monaco-list-row');
    const lineOf = (part: string): number =>
      readFileSync(file, 'utf8')
        .split('\n')
        .findIndex((line) => line.includes(part)) + 1;
    /** With the keyboard: a click into the text may meet a lens. */
    const endOfLine = async (line: number): Promise<void> => {
      await page.keyboard.press('Control+1');
      await page.keyboard.press('Control+G');
      await page.locator('.quick-input-widget:visible input').first().fill(`:${line}`, { timeout: 30_000 });
      await page.keyboard.press('Enter');
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: 30_000 });
      await page.keyboard.press('End');
    };
    const row = (label: string): Locator => suggestions().filter({ hasText: label }).first();

    it('offers keys, then values with their price, and writes what is chosen', async () => {
      await endOfLine(lineOf('aspect_ratio'));
      await page.keyboard.press('Enter');
      // Markdown goes on with the list by itself, or not
      await page.keyboard.press('Home');
      await page.keyboard.press('Shift+End');
      await page.keyboard.type('- ');
      await row('duration').waitFor({ timeout: 60_000 });
      await screenshot(page, `typing-${name}-1-keys`);
      await page.keyboard.type('dur');
      await row('duration').waitFor({ timeout: 30_000 });
      await page.keyboard.press('Enter');
      await row('10').waitFor({ timeout: 30_000 });
      assert.match(await row('10').innerText(), /\+\$0\.\d\d/);
      await screenshot(page, `typing-${name}-2-values`);
      await page.keyboard.type('10');
      await page.keyboard.press('Enter');
      await page.keyboard.press('ControlOrMeta+S');
      await waitFor('the line in the file', () => readFileSync(file, 'utf8').includes('\n- duration: 10\n'));
    });

    it('offers blocks in a prompt with their words', async () => {
      await endOfLine(lineOf(last));
      await page.keyboard.type(' {{');
      await row('@ruth').waitFor({ timeout: 30_000 });
      await screenshot(page, `typing-${name}-3-blocks`);
      await page.keyboard.type('st');
      await row('style').waitFor({ timeout: 30_000 });
      await page.keyboard.press('Enter');
      await page.keyboard.press('ControlOrMeta+S');
      await waitFor('the mention in the file', () => readFileSync(file, 'utf8').includes(`${last} {{style}}`));
      assert.ok(!readFileSync(file, 'utf8').includes('}}}'));
    });

    it('begins the next shot', async () => {
      await page.keyboard.press('Control+End');
      await page.keyboard.type('\n# ');
      await row(next).waitFor({ timeout: 30_000 });
      await screenshot(page, `typing-${name}-4-shot`);
      await page.keyboard.press('Escape');
    });

    it('is silent in a sentence', async () => {
      await page.keyboard.press('ControlOrMeta+Z');
      await endOfLine(lineOf(last));
      await page.keyboard.type(' and then ');
      assert.equal(await suggestions().count(), 0);
      await page.keyboard.press('ControlOrMeta+S');
    });

    it('gives a shot another name, and its take and the player follow', async () => {
      studio.simulator.set({ sunset: { 'kling/kling-2.5': { date: '2027-03-01', replacement: 'kling/kling-2.6' } } });
      await endOfLine(lineOf(`# ${first}`));
      const before = studio.posts.length;
      await runCommand(page, words.command('generateShot'));
      await answerMoney(page, words.text('Generate'), () => studio.posts.length > before);
      await savedTakes(studio, 1);
      await endOfLine(lineOf(`# ${first}`));
      await page.keyboard.press('Home');
      for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('F2');
      const box = page.locator('.rename-box input');
      await box.waitFor({ timeout: 30_000 });
      assert.equal(await box.inputValue(), first);
      await box.fill(renamed);
      await screenshot(page, `typing-${name}-5-rename`);
      await page.keyboard.press('Enter');
      const clip = path.join(studio.folder, 'takes', 'film', renamed, `${renamed}_take-001.mp4`);
      await waitFor('the clip under its new name', () => existsSync(clip));
      const sidecar: unknown = JSON.parse(readFileSync(clip.replace('.mp4', '.json'), 'utf8'));
      assert.ok(typeof sidecar === 'object' && sidecar !== null && 'shot' in sidecar && sidecar.shot === renamed);
    });

    it('shows what a replacement would change, with the prices, and leaves the picked shot out', async () => {
      await runCommand(page, words.command('useReplacement'));
      await page.locator('.refactor-preview, .bulk-edit-panel').first().waitFor({ timeout: 60_000 });
      await notification(page, words.text('Picked shots keep {0}: {1}.', 'Kling 2.5', locale ? 'カット2' : 'SH020')).waitFor({
        timeout: 30_000,
      });
      await screenshot(page, `typing-${name}-6-replacement`);
      const panel = page.locator('.refactor-preview, .bulk-edit-panel').first();
      assert.match(await panel.innerText(), /→/);
    });
  });
