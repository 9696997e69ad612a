import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { type Words, wordsOf } from '../support/words';
import {
  chooseFromExplorer,
  chooseQuickPickRow,
  clickNotificationButton,
  openFile,
  quickPickRows,
  runCommand,
  screenshot,
  selectText,
  typeIntoInputBox,
  waitForNotification,
} from '../support/workbenchDriver';

const list = '# Ideas\n\n- A boat in the fog.\n- **Rain** – rain on a window,\n  a face behind it.\n\nNot for the film: call the museum.\n';

/** As an Excel of Japan saves it: カット,内容,秒,カメラ. */
const shiftJis = Buffer.concat([
  Buffer.from([
    0x83, 0x4a, 0x83, 0x62, 0x83, 0x67, 0x2c, 0x93, 0xe0, 0x97, 0x65, 0x2c, 0x95, 0x62, 0x2c, 0x83, 0x4a, 0x83, 0x81, 0x83, 0x89,
  ]),
  Buffer.from('\r\n1,'),
  Buffer.from([0x8a, 0x43]), // 海
  Buffer.from(',5,pan\r\n2,'),
  Buffer.from([0x91, 0x44]), // 船
  Buffer.from(',10,\r\n'),
]);

const plainTitle = (title: string) => title.replace(/^Krea Video: /, '');

/** Told in order: each case goes on from the one before. */
describe('files of a storyboard', () => {
  let studio: SimulatedStudio;
  let page: Page;
  const onDisk = (name: string) => readFileSync(path.join(studio.folder, name), 'utf8');
  const appears = (name: string) => waitFor(name, () => (existsSync(path.join(studio.folder, name)) && onDisk(name)) || undefined);
  const tab = (name: string) => page.locator('.tabs-container .tab', { hasText: name }).first();
  const dialog = (title: string) => page.locator('.quick-input-widget:visible', { hasText: title }).locator('input').first();

  async function open(locale?: 'ja'): Promise<void> {
    studio = await SimulatedStudio.open({
      theme: locale ? 'Light Modern' : 'Dark Modern',
      ...(locale && { locale }),
      // in Restricted Mode, too, nothing of this may fail
      ...(locale && { workspaceTrust: true }),
      settings: { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' },
      files: { 'ideas.md': list, 'cuts.csv': shiftJis },
    });
    page = await studio.openWindow();
  }

  async function exportAs(words: Words, row: string, ending: string): Promise<string> {
    await openFile(page, 'lighthouse.storyboard.md');
    await runCommand(page, words.command('exportShotList'));
    await chooseQuickPickRow(page, row);
    const name = `lighthouse-${words.text('shot-list')}.${ending}`;
    const input = dialog(words.text('Export Shot List'));
    await waitFor('the proposed name', async () => (await input.inputValue({ timeout: 30_000 })).endsWith(name));
    await page.keyboard.press('Enter');
    return appears(name);
  }

  describe('in English', () => {
    const words = wordsOf();
    before(() => open());
    after(() => studio?.stop());
    pictureOfFailure(() => page);

    it('are begun with a template, where one writes on at once', async () => {
      await runCommand(page, words.command('newStoryboard'));
      // the palette, in the same place, goes a moment later
      await waitFor('the name that is offered', async () => (await dialog(words.text('New Storyboard')).inputValue()) === 'film');
      await typeIntoInputBox(page, 'harbour');
      await tab('harbour.storyboard.md').waitFor();
      const template = await appears('harbour.storyboard.md');
      assert.match(template, /^---\nstoryboard: 1\nmodel: kling\/kling-2\.5\naspect_ratio: 16:9\nduration: 5\n---\n\n# The Night Ferry\n/);
      await page.locator('.statusbar-item', { hasText: `Ln ${template.split('\n').length}, Col 1` }).waitFor();
      await page.keyboard.type('A gull lands.');
      await screenshot(page, 'storyboard-files-1-new');
      await page.keyboard.press('ControlOrMeta+S');
      await waitFor('the shot on disk', () => onDisk('harbour.storyboard.md') === `${template}A gull lands.`);
    });

    it('are never written over', async () => {
      const before = onDisk('harbour.storyboard.md');
      await runCommand(page, words.command('newStoryboard'));
      await dialog(words.text('New Storyboard')).fill('harbour');
      await page
        .locator('.quick-input-widget:visible', {
          hasText: words.text('{0} is there already. Choose another name.', 'harbour.storyboard.md'),
        })
        .waitFor();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      assert.equal(onDisk('harbour.storyboard.md'), before);
    });

    it('stand among the new files that VS Code offers', async () => {
      await page.keyboard.press('Control+Alt+Meta+N');
      await page.locator('.quick-input-widget:visible .monaco-list-row', { hasText: plainTitle(words.command('newStoryboard')) }).waitFor();
      await screenshot(page, 'storyboard-files-0-new-file');
      await page.keyboard.press('Escape');
    });

    it('are made of a CSV out of the explorer: columns, comparison, one button', async () => {
      await chooseFromExplorer(page, 'cuts.csv', plainTitle(words.command('makeStoryboard')));
      const rows = await quickPickRows(page);
      assert.deepEqual(
        rows.slice(1).map(({ label, description, detail }) => [label, description, detail]),
        [
          ['カット', '→ Number of the shot', '1'],
          ['内容', '→ Prompt', '海'],
          ['秒', '→ Seconds', '5'],
          ['カメラ', '→ Note', 'pan'],
        ],
      );
      await screenshot(page, 'storyboard-files-2-columns');
      await chooseQuickPickRow(page, 'カメラ');
      await chooseQuickPickRow(page, words.text('Sound effects'));
      await page.locator('.quick-input-widget:visible', { hasText: '→ Sound effects' }).waitFor();
      await chooseQuickPickRow(page, words.text('Make the Storyboard'));
      await tab('cuts.csv → cuts.storyboard.md').waitFor();
      const told = words.text(
        '{0}, made from {1}, which stays as it is. Nothing was sent. Look it over, then save.',
        '2 shots',
        'cuts.csv',
      );
      await waitForNotification(page, told);
      await page.locator('.monaco-diff-editor .modified .view-line', { hasText: '## カット1' }).waitFor();
      await screenshot(page, 'storyboard-files-3-comparison');
      assert.ok(!existsSync(path.join(studio.folder, 'cuts.storyboard.md')), 'nothing is written before the user says so');
      await clickNotificationButton(page, told, words.text('Save Storyboard'));
      const board =
        '---\nstoryboard: 1\nmodel: kling/kling-2.5\n---\n\n## カット1\n\n- duration: 5\n- sfx: pan\n\n海\n\n## カット2\n\n- duration: 10\n\n船\n';
      await waitFor('the storyboard', async () => (await appears('cuts.storyboard.md')) === board);
      await page.locator('.monaco-diff-editor').waitFor({ state: 'detached' });
      await tab('cuts.storyboard.md').waitFor();
      assert.equal(await page.locator('.tabs-container .tab', { hasText: '→' }).count(), 0);
      assert.deepEqual(readFileSync(path.join(studio.folder, 'cuts.csv')), shiftJis);
    });

    it('are made of a selection, which stays, and saved by the button of the editor', async () => {
      await openFile(page, 'ideas.md');
      await selectText(page, list.slice(list.indexOf('- A boat'), list.indexOf('\n\nNot')));
      await runCommand(page, words.command('makeStoryboard'));
      await tab('ideas.md → ideas.storyboard.md').waitFor();
      await screenshot(page, 'storyboard-files-4-selection');
      await page
        .locator(`.editor-actions .action-label[aria-label*="${plainTitle(words.command('saveStoryboard'))}"]`)
        .first()
        .click();
      const board = await appears('ideas.storyboard.md');
      assert.equal(
        board,
        '---\nstoryboard: 1\nmodel: kling/kling-2.5\n---\n\n## SH010\n\nA boat in the fog.\n\n## SH020 Rain\n\nrain on a window,\na face behind it.\n',
      );
      assert.equal(onDisk('ideas.md'), list);
    });

    it('go out as a shot list', async () => {
      await runCommand(page, 'Notifications: Clear All Notifications');
      const csv = await exportAs(words, 'CSV', 'csv');
      await screenshot(page, 'storyboard-files-5-exported');
      const lines = csv.split('\r\n');
      assert.equal(lines[0], '\ufeffShot,Title,Scene,Seconds,Model,Dialogue,Voice-over,Text on screen,Sound effects,Music,Notes,Pick');
      assert.equal(lines[2], 'SH020,The stairs,The storm,10,Kling 2.5,,,,,,,');
      assert.ok(!csv.includes('iron spiral'));
      const markdown = await exportAs(words, words.text('Markdown with Prompts'), 'md');
      assert.match(markdown, /^# Shot list: lighthouse\n[\s\S]*climbs the iron spiral stairs[\s\S]*\n5 shots · 33 s\n$/);
    });

    it('send nothing to anybody', () => {
      assert.deepEqual(studio.posts, []);
    });
  });

  describe('in Japanese, in Restricted Mode', () => {
    const words = wordsOf('ja');
    before(() => open('ja'));
    after(() => studio?.stop());
    pictureOfFailure(() => page);

    it('are begun, made and listed in Japanese', async () => {
      await runCommand(page, words.command('newStoryboard'));
      await dialog(words.text('New Storyboard')).waitFor();
      await screenshot(page, 'storyboard-files-ja-1-name');
      await typeIntoInputBox(page, '港');
      assert.match(await appears('港.storyboard.md'), /# 最後の渡し舟\n/);
      await tab('港.storyboard.md').waitFor();
      await screenshot(page, 'storyboard-files-ja-2-new');

      await openFile(page, 'cuts.csv');
      await runCommand(page, words.command('makeStoryboard'));
      await chooseQuickPickRow(page, 'カメラ');
      await quickPickRows(page);
      await screenshot(page, 'storyboard-files-ja-3-uses');
      await chooseQuickPickRow(page, words.text('Leave out'));
      await screenshot(page, 'storyboard-files-ja-4-columns');
      await chooseQuickPickRow(page, words.text('Make the Storyboard'));
      const told = words.text(
        '{0}, made from {1}, which stays as it is. Nothing was sent. Look it over, then save.',
        words.text('{0} shots', 2),
        'cuts.csv',
      );
      await waitForNotification(page, told);
      await screenshot(page, 'storyboard-files-ja-5-comparison');
      await clickNotificationButton(page, told, words.text('Save Storyboard'));
      assert.doesNotMatch(await appears('cuts.storyboard.md'), /pan/);

      const csv = await exportAs(words, 'CSV', 'csv');
      assert.match(csv, /^\ufeffカット,タイトル,シーン,秒数/);
      await screenshot(page, 'storyboard-files-ja-6-exported');
      assert.deepEqual(studio.posts, []);
    });
  });
});
