import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import {
  chooseInMenu,
  clickRowAction,
  clickViewAction,
  rowMenu,
  rowThatSays,
  rowTooltip,
  showView,
  treeRow,
  treeRows,
} from '../support/jobsViewDriver';
import { answerMoney, giveToken, order, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { samplePrompt } from '../support/sampleWorkspace';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import {
  chooseQuickPickRow,
  clickModalButton,
  modal,
  openFile,
  reloadWindow,
  runCommand,
  screenshot,
  selectLines,
  selectText,
  typeIntoInputBox,
} from '../support/workbenchDriver';

const words = wordsOf();
const fox = 'A red fox in the snow.';
const whale = 'A blue whale, deep sea.';
const bees = 'A swarm of bees at noon.';
const hostile = '$(zap) [x](command:workbench.action.closeWindow) <b>cat</b> ![](https://example.invalid/a.png)';
const prompts = [fox, whale, bees, hostile];

/** Told in order, as one person's afternoon: each case goes on from the one before. */
describe('the Jobs view', () => {
  let studio: SimulatedStudio;
  let page: Page;
  let jobs: Locator;
  let storage: string;

  before(async () => {
    studio = await SimulatedStudio.open({
      settings: { 'workbench.colorTheme': 'Dark Modern' },
      runMs: 3_600_000,
      files: { 'prompts-of-mine.md': `${prompts.join('\n\n')}\n`, 'second.md': `${bees}\n` },
    });
    storage = path.join(studio.workbench.userData, 'User/globalStorage/krea-video.krea-video');
    page = await studio.openWindow();
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  const generate = async (prompt: string, file = 'prompts-of-mine.md', window = page): Promise<string> => {
    const before = studio.posts.length;
    await openFile(window, file);
    const line = file === 'second.md' ? 1 : prompts.indexOf(prompt) * 2 + 1;
    await selectLines(window, line, line);
    await order(studio, window, { answer: words.text('Generate, Ask Only Above {0}', '$1.00') });
    await waitFor('the POST', () => studio.posts.length > before);
    return studio.simulator.jobs.at(-1)?.id ?? '';
  };

  it('is empty at first, says how to begin, and makes no file', async () => {
    await openFile(page, 'prompts-of-mine.md');
    assert.equal(existsSync(path.join(storage, 'ledger.sqlite')), false);
    jobs = await showView(page);
    const welcome = jobs.locator('.welcome-view-content');
    await welcome.getByText('No jobs yet. Select text and generate, or open a storyboard.').waitFor({ timeout: 30_000 });
    for (const button of ['Generate Video from Selection', 'Open Storyboard', 'Try Offline'])
      assert.equal(await welcome.getByRole('button', { name: button }).count(), 1, button);
    assert.equal(existsSync(path.join(storage, 'ledger.sqlite')), false);
    await screenshot(page, 'jobs-view-1-empty');
  });

  it('shows a job live from queued to saved, and then its poster', async () => {
    await setToken(page, studio.token);
    const id = await generate(fox);
    const running = await rowThatSays(jobs, fox, /^(queued|running) · \d+:\d\d of about 1:34 · about \$0\.37 · Kling 2\.5$/);
    assert.match(running.spoken, /^A red fox in the snow\., (queued|running), Kling 2\.5, about \$0\.37/);
    await screenshot(page, 'jobs-view-2-running');
    studio.simulator.finish(id);
    await rowThatSays(jobs, fox, /^saved · just now · about \$0\.37 · Kling 2\.5$/);
    await waitFor('the poster', async () =>
      /_take-001\.jpg/.test((await treeRow(jobs, fox).locator('.custom-view-tree-node-item-icon').getAttribute('style')) ?? ''),
    );
    const poster = (await rowTooltip(page, jobs, fox)).locator('img');
    await waitFor('the poster in the tooltip', () => poster.evaluate((img: { naturalWidth: number }) => img.naturalWidth > 0));
    await screenshot(page, 'jobs-view-3-saved');
  });

  it('shows a failed job as failed, and what it means for the money', async () => {
    const id = await generate(whale);
    await rowThatSays(jobs, whale, /^(queued|running)/);
    studio.simulator.finish(id, 'failed', { form: 'codeAndMessage', code: 'internal', message: 'GPU lost' });
    await rowThatSays(jobs, whale, /^failed · just now/);
    const tooltip = await rowTooltip(page, jobs, whale);
    assert.match((await tooltip.innerText()) ?? '', /Krea says that such jobs are not charged/);
    const [today] = await treeRows(jobs);
    assert.match(`${today?.label} ${today?.description}`, /^Today 2 jobs · 1 without a clip$/);
  });

  it('takes what a prompt holds for text', async () => {
    await generate(hostile);
    const row = await rowThatSays(jobs, '(zap)', /^(queued|running)/);
    assert.ok(row.label.startsWith('$(zap) [x](command:'), row.label);
    assert.equal(await treeRow(jobs, '(zap)').locator('.label-name .codicon').count(), 0);
    const tooltip = await rowTooltip(page, jobs, '(zap)');
    await screenshot(page, 'jobs-view-4-hostile');
    assert.equal(await tooltip.locator('a, b, img, .codicon-zap').count(), 0);
    assert.ok((await tooltip.innerText()).includes('$(zap) [x](command:'));
  });

  it('cancels from the row, and offers a paid action only with its price', async () => {
    await page.mouse.move(900, 600);
    await clickRowAction(jobs, '(zap)', 'Cancel');
    await rowThatSays(jobs, '(zap)', /^cancelled/);
    const offered = await rowMenu(page, jobs, whale);
    assert.deepEqual(offered, ['Open Text', 'Generate Again… (Paid)', 'Copy Job ID', 'Open Log']);
    const before = studio.posts.length;
    await chooseInMenu(page, 'Generate Again…');
    await modal(page, 'Generate one video with Kling 2.5 for about $0.37?').waitFor({ timeout: 30_000 });
    await screenshot(page, 'jobs-view-5-price');
    await clickModalButton(page, '', 'Cancel');
    assert.equal(studio.posts.length, before);
  });

  it('lists by Enter what can be done with a job, with its price', async () => {
    await treeRow(jobs, whale).click();
    await chooseable(page, 'Generate Again… about $0.37');
    await page.keyboard.press('Escape');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: 30_000 });
    await page.keyboard.press('Enter');
    await chooseable(page, 'Copy Job ID');
    await page.keyboard.press('Escape');
  });

  it('shows the jobs of another window as they come', async () => {
    const other = await studio.openWindow();
    await generate(bees, 'second.md', other);
    await other.close();
    await rowThatSays(jobs, bees, /^(queued|running)/);
  });

  it('is filtered by words and by kind, says so, and is cleared', async () => {
    await clickViewAction(jobs, 'Filter Jobs');
    await typeIntoInputBox(page, 'FOX kling');
    await jobs.getByText('Filtered by “FOX kling”: 1 job.').waitFor({ timeout: 30_000 });
    await waitFor('only the fox', async () => (await treeRows(jobs)).filter(({ level }) => level === 2).length === 1);
    await screenshot(page, 'jobs-view-6-filtered');
    await clickViewAction(jobs, 'Clear Filter');
    await rowThatSays(jobs, bees, /./);
    await clickViewAction(jobs, 'Filter Jobs');
    await chooseQuickPickRow(page, 'Without a clip');
    await jobs.getByText('Filtered by “Without a clip”: 2 jobs.').waitFor({ timeout: 30_000 });
    await clickViewAction(jobs, 'Clear Filter');
    await rowThatSays(jobs, fox, /./);
  });

  it('is grouped by storyboard, and stays so over a reload', async () => {
    await clickViewAction(jobs, 'Group Jobs by Storyboard');
    await rowThatSays(jobs, 'second.md', /lighthouse · 1 job · running/);
    await rowThatSays(jobs, 'prompts-of-mine.md', /lighthouse · 3 jobs · 2 without a clip/);
    await reloadWindow(page);
    jobs = await showView(page);
    await rowThatSays(jobs, 'prompts-of-mine.md', /3 jobs/);
    await screenshot(page, 'jobs-view-7-storyboards');
  });

  it('plays a clip and opens the text of a job', async () => {
    if (!(await treeRow(jobs, fox).isVisible())) await treeRow(jobs, 'prompts-of-mine.md').click();
    await rowMenu(page, jobs, fox);
    await chooseInMenu(page, 'Open Text');
    await page
      .locator('.statusbar-item[id="status.editor.selection"]', { hasText: `(${fox.length} selected)` })
      .waitFor({ timeout: 30_000 });
    await treeRow(jobs, fox).click();
    await page.locator('iframe.webview.ready').first().waitFor({ timeout: 30_000 });
  });

  it('adds up the estimates, and saves them as CSV', async () => {
    const spending = await showView(page, 'Spending (Estimates)');
    await rowThatSays(spending, 'All together', /^about \$0\.73 · 2 jobs$/);
    await treeRow(spending, 'By model').click();
    await rowThatSays(spending, 'Kling 2.5', /^about \$0\.73 · 2 jobs$/);
    await treeRow(spending, 'By storyboard').click();
    await screenshot(page, 'jobs-view-8-spending');
    await runCommand(page, words.command('saveSpending'));
    const dialog = page.locator('.quick-input-widget:visible', { hasText: 'Save Spending as CSV' }).locator('input').first();
    await waitFor('the proposed name', async () => /krea-video-spending-.*\.csv$/.test(await dialog.inputValue({ timeout: 30_000 })));
    await dialog.press('Enter');
    const file = await waitFor('the CSV', () => readdirSync(studio.folder).find((name) => name.endsWith('.csv')));
    const lines = await waitFor('its lines', () => {
      const found = readFileSync(path.join(studio.folder, file), 'utf8').split('\r\n');
      return found.length === 6 && found;
    });
    assert.match(lines[0] ?? '', /^\ufeffdate,time,storyboard/);
    assert.match(lines[1] ?? '', /,prompts-of-mine\.md,,Kling 2\.5,done,yes,0\.367,20\d\d-\d\d-\d\d,[^,]+,A red fox in the snow\.$/);
  });

  it('keeps the offline demo apart', async () => {
    await runCommand(page, words.command('tryOffline'));
    jobs = await showView(page);
    await jobs.getByText('Offline demo: no jobs yet.').waitFor({ timeout: 30_000 });
    await runCommand(page, words.command('leaveOffline'));
    await rowThatSays(jobs, 'second.md', /1 job/);
  });

  it('looks as VS Code does in its other themes', async () => {
    for (const [theme, marks] of [
      ['Light Modern', 'vs'],
      ['Default High Contrast', 'hc-black'],
      ['Default High Contrast Light', 'hc-light'],
    ] as const) {
      await runCommand(page, 'Preferences: Color Theme');
      await typeIntoInputBox(page, theme);
      await page.locator(`.monaco-workbench.${marks}`).waitFor({ timeout: 30_000 });
      await rowThatSays(jobs, 'second.md', /1 job/);
      await screenshot(page, `jobs-view-9-${marks}`);
    }
  });

  it('leaves the token on no disk', () => studio.assertTokenKept());
});

async function chooseable(page: Page, text: string): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().waitFor({ timeout: 30_000 });
}

describe('the Jobs view in Japanese', () => {
  let studio: SimulatedStudio;
  before(async () => {
    studio = await SimulatedStudio.open({ theme: 'Dark Modern', locale: 'ja' });
  });
  after(() => studio?.stop());

  it('speaks Japanese from the welcome to the sum', async () => {
    const page = await studio.openWindow();
    const japanese = wordsOf('ja');
    const jobs = await showView(page, 'ジョブ');
    await jobs.getByText('ジョブはまだありません。').waitFor({ timeout: 30_000 });
    await runCommand(page, japanese.command('setToken'));
    await giveToken(page, studio.token);
    await openFile(page, 'prompts.md');
    await selectText(page, samplePrompt);
    await runCommand(page, japanese.command('generateFromSelection'));
    await chooseQuickPickRow(page, 'Kling 2.5');
    await answerMoney(page, japanese.text('Generate'), () => studio.posts.length > 0);
    const saved = await rowThatSays(jobs, samplePrompt.slice(0, 20), new RegExp(`^${japanese.text('saved')} · `));
    assert.match(saved.description, /約 \$0\.37/);
    const spending = await showView(page, '支出 (見積もり)');
    await rowThatSays(spending, japanese.text('All together'), /^約 \$0\.37 · ジョブ 1 件$/);
    await screenshot(page, 'jobs-view-japanese');
    studio.assertTokenKept();
  });
});
