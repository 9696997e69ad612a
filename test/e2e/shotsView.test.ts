import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { solidPng } from '../support/inputFiles';
import { clickRowAction, rowMenu, rowThatSays, rowTooltip, showView, treeRow, treeRows } from '../support/jobsViewDriver';
import { answerMoney, savedTakes, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { sidecarFor } from '../support/sidecars';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import {
  clickStatusBarItem,
  openFile,
  runCommand,
  screenshot,
  selectLines,
  statusBarItem,
  statusBarText,
  typeIntoInputBox,
} from '../support/workbenchDriver';

const board = 'lighthouse.storyboard.md';
const item = 'krea-video.krea-video.kreaVideo.shot';
const isIn = (page: Page, text: RegExp): Promise<string> =>
  waitFor(`a status bar that says ${text}`, async () => {
    const said = await statusBarText(page, item);
    return said !== undefined && text.test(said) && said;
  });
const lineOf = (studio: SimulatedStudio, text: string): number =>
  readFileSync(path.join(studio.folder, board), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(text)) + 1;

/** Told in order: each case goes on from the one before. */
describe('a storyboard without lenses', () => {
  const words = wordsOf();
  let studio: SimulatedStudio;
  let page: Page;
  let shots: Locator;

  before(async () => {
    studio = await SimulatedStudio.open({
      settings: { 'workbench.colorTheme': 'Dark Modern', 'editor.codeLens': false, 'kreaVideo.openPlayer': 'never' },
      runMs: 3000,
      files: { 'still.png': solidPng(1280, 720) },
    });
    page = await studio.openWindow();
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  it('has its scenes and shots in a tree, and the one at the cursor in the status bar', async () => {
    await openFile(page, board);
    await isIn(page, /^5 shots · one take of each: about \$\d+\.\d\d · budget \$8\.00$/);
    shots = await showView(page, 'Shots');
    await rowThatSays(shots, 'The storm', /^3 shots · about \$1\.47$/);
    await rowThatSays(shots, 'SH010 The tower', /^no take · about \$0\.37$/);
    await selectLines(page, lineOf(studio, 'climbs the iron spiral stairs'), lineOf(studio, 'climbs the iron spiral stairs'));
    await isIn(page, /^SH020 · no take · about \$0\.74$/);
    await waitFor('the row of the shot at the cursor', () => shots.locator('.monaco-list-row.selected', { hasText: 'SH020' }).isVisible());
    const spoken = await statusBarItem(page, item).locator('[aria-label]').first().getAttribute('aria-label');
    assert.match(spoken ?? '', /Shot SH020 The stairs, no take, about \$0\.74/);
    await screenshot(page, 'shots-1-tree');
  });

  it('goes from a row to the text', async () => {
    await treeRow(shots, 'SH040 Hands off').click();
    await isIn(page, /^SH040 · waits for SH030 · /);
    assert.ok((await rowMenu(page, shots, 'SH040')).includes('Go to Shot'));
    await page.keyboard.press('Escape');
  });

  it('generates the shot at the cursor by its chord, and shows the take', async () => {
    await setToken(page, studio.token);
    await treeRow(shots, 'SH010').click();
    await isIn(page, /^SH010 · /);
    await page.keyboard.press('Control+1'); // a click would put the cursor elsewhere
    await page.keyboard.press('Control+K');
    await page.keyboard.press('g');
    const question = await answerMoney(page, words.text('Generate'), () => studio.posts.length > 0);
    assert.match(question ?? '', /about \$0\.37/);
    await savedTakes(studio, 1);
    await rowThatSays(shots, 'SH010 The tower', /^current · about \$0\.37 · 1 take$/);
    await isIn(page, /^SH010 · current · about \$0\.37$/);
  });

  it('plays a take from its row, which then has its poster', async () => {
    await treeRow(shots, 'SH010').locator('.monaco-tl-twistie').click();
    const take = await rowThatSays(shots, 'Take 1', /^current · \d\.\d\d s · \d+ × \d+ · about \$0\.37 · kling\/kling-2\.5$/);
    assert.match(take.spoken, /^SH010, Take 1, current, /);
    await treeRow(shots, 'Take 1').click();
    await page.locator('iframe.webview.ready').first().waitFor({ timeout: 30_000 });
    await waitFor('the poster', async () =>
      /_take-001\.jpg/.test((await treeRow(shots, 'SH010').locator('.custom-view-tree-node-item-icon').getAttribute('style')) ?? ''),
    );
    const tooltip = await rowTooltip(page, shots, 'SH010');
    await screenshot(page, 'shots-2-take');
    // it would lie over the rows below
    await waitFor('the tooltip to go', async () => {
      await page.mouse.move(640, 20);
      await page.mouse.move(900, 600);
      return !(await tooltip.isVisible());
    });
  });

  it('picks a take, and lists from the status bar what can be done', async () => {
    await clickRowAction(shots, 'Take 1', 'Pick Take');
    await rowThatSays(shots, 'Take 1', /^picked · current · /);
    await waitFor(
      'the pick',
      () => /- pick: 1/.test(readFileSync(path.join(studio.folder, board), 'utf8')) || page.keyboard.press('Control+S').then(() => false),
    );
    await treeRow(shots, 'SH010').click();
    await isIn(page, /^SH010 · current/);
    await clickStatusBarItem(page, item);
    const list = page.locator('.quick-input-widget:visible');
    for (const row of ['Generate · about $0.37', 'Play Take 1', '1 take…', 'Pick Take…'])
      await list.locator('.monaco-list-row', { hasText: row }).first().waitFor({ timeout: 30_000 });
    await screenshot(page, 'shots-3-actions');
    await page.keyboard.press('Escape');
  });

  it('takes an image that is dropped on a shot as its start', async () => {
    await runCommand(page, 'View: Close Other Editors in Group');
    await treeRow(shots, 'SH050').click();
    await page.keyboard.press('Control+Shift+E');
    const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'still.png' }).first();
    const line = page.locator('.view-line', { hasText: 'tiny figure with a suitcase' }).first();
    const place = await line.boundingBox();
    assert.ok(place);
    await file.hover();
    await page.mouse.down();
    await page.keyboard.down('Shift');
    // VS Code lays something over the text while a file is dragged: only the mouse itself gets there
    await page.mouse.move(place.x + 40, place.y + 4, { steps: 10 });
    await page.mouse.move(place.x + 60, place.y + 8, { steps: 5 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    await page.locator('.view-line', { hasText: 'start: still.png' }).first().waitFor({ timeout: 30_000 });
    await screenshot(page, 'shots-4-drop');
  });

  it('looks as VS Code does in its other themes', async () => {
    shots = await showView(page, 'Shots');
    for (const [theme, marks] of [
      ['Light Modern', 'vs'],
      ['Default High Contrast', 'hc-black'],
    ] as const) {
      await runCommand(page, 'Preferences: Color Theme');
      await typeIntoInputBox(page, theme);
      await page.locator(`.monaco-workbench.${marks}`).waitFor({ timeout: 30_000 });
      await rowThatSays(shots, 'SH010', /1 take/);
      await screenshot(page, `shots-5-${marks}`);
    }
  });

  it('has no tree and no item for other Markdown', async () => {
    await openFile(page, 'prompts.md');
    await statusBarItem(page, item).waitFor({ state: 'hidden', timeout: 30_000 });
    assert.ok((await treeRows(shots)).length > 0, 'the tree keeps the last storyboard');
  });
});

describe('a storyboard in Japanese, in Restricted Mode, with takes from elsewhere', () => {
  const japanese = wordsOf('ja');
  let studio: SimulatedStudio;
  before(async () => {
    studio = await SimulatedStudio.open({
      ...{ theme: 'Dark Modern', locale: 'ja', workspaceTrust: true },
      settings: { 'security.workspace.trust.startupPrompt': 'never' },
    });
    const folder = path.join(studio.folder, 'takes/lighthouse/SH010');
    mkdirSync(folder, { recursive: true });
    for (const take of [1, 2]) writeFileSync(path.join(folder, `SH010_take-00${take}.json`), JSON.stringify(sidecarFor({ take })));
    writeFileSync(path.join(folder, 'SH010_take-001.mp4'), readFileSync(path.join(studio.folder, board)));
    assert.equal(readdirSync(folder).length, 3);
  });
  after(() => studio?.stop());

  it('says all of it in Japanese, and that nothing is sent', async () => {
    const page = await studio.openWindow();
    await openFile(page, board);
    const shots = await showView(page, 'カット');
    await shots.getByText(japanese.text('Restricted Mode: nothing from this folder is sent.')).waitFor({ timeout: 30_000 });
    const row = await rowThatSays(shots, 'SH010', /^テイク 2 から変更あり · 約 \$0\.37 · 2 テイク$/);
    assert.match(row.spoken, /テイク 2 から変更あり/);
    await treeRow(shots, 'SH010').locator('.monaco-tl-twistie').click();
    await rowThatSays(shots, 'テイク 2', /^手元になし/);
    await treeRow(shots, 'SH010').click();
    await isIn(page, /^SH010 · テイク 2 から変更あり · 約 \$0\.37 · 制限モード$/);
    await clickStatusBarItem(page, item);
    await page
      .locator('.quick-input-widget:visible .monaco-list-row', { hasText: japanese.text('Manage Workspace Trust') })
      .waitFor({ timeout: 30_000 });
    await screenshot(page, 'shots-6-japanese');
    assert.equal(studio.posts.length, 0);
  });
});
