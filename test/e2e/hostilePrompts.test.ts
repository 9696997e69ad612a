import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { jobRows, jobsItem, order, playerPrompt, savedTakes, selectFile, setToken, statusBarTooltip } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { playerFrame, runCommand, screenshot, statusBarItem, statusBarText } from '../support/workbenchDriver';

interface Hostile {
  readonly what: string;
  /** As it stands in the file, where all of it is selected. */
  readonly typed: string;
  /** As it must reach Krea and the player, when that is not the same. */
  readonly sent?: string;
  /** How it begins where one line is shown. */
  readonly shown: string;
}

const longPrompt = `${Array.from({ length: 1600 }, (_, index) => `w${String(index % 1000).padStart(3, '0')}`).join(' ')}.`;

const prompts: readonly Hostile[] = [
  { what: 'one character', typed: 'x', shown: 'x' },
  { what: '8,000 characters', typed: longPrompt, shown: 'w000 w001 w002 w003' },
  { what: 'emoji of several signs', typed: '👩‍👩‍👧‍👦 dance with 🏳️‍🌈 and 🇯🇵🇧🇷 👋🏽 é', shown: '👩‍👩‍👧‍👦 dance with 🏳️‍🌈' },
  { what: 'Arabic with marks', typed: 'ثَعْلَبٌ أَحْمَرُ يَرْكُضُ في الثَّلْجِ (كاميرا ثابتة)', shown: 'ثَعْلَبٌ أَحْمَرُ' },
  { what: 'Hebrew and direction marks', typed: 'שׁוּעָל אָדֹם \u202Eבשלג\u202C, 35mm', shown: 'שׁוּעָל אָדֹם' },
  { what: 'an icon of VS Code', typed: '$(zap) $(sync~spin) a storm', shown: '$(zap) $(sync~spin) a storm' },
  {
    what: 'HTML with a script',
    typed: `<img src=x onerror="hacked=1;document.title='hacked'"> <script>hacked=1;document.title='hacked'</script> <b>cat</b>`,
    shown: '<img src=x onerror=',
  },
  { what: 'a link that runs a command', typed: '[x](command:workbench.action.closeWindow) runs', shown: '[x](command:' },
  { what: 'a link to a page', typed: '[a](https://example.invalid) and https://example.invalid/b', shown: '[a](https' },
  {
    what: 'line breaks of Windows',
    typed: 'first line\r\n\r\n  second line\r\nthird',
    sent: 'first line\n\n  second line\nthird',
    shown: 'first line second line',
  },
];

const sentOf = ({ typed, sent }: Hostile) => sent ?? typed;
const fileOf = (prompt: Hostile) => `case-${prompts.indexOf(prompt)}.txt`;

/** Isolates and broken links are ours, for safety; a person does not see them. */
const visible = (text: string | null | undefined) =>
  (text ?? '')
    .replaceAll(/[\u200b\u2068\u2069]/g, '')
    .replaceAll('\u00a0', ' ')
    .replaceAll('\\$(', '$(');

describe('hostile prompts', () => {
  let studio: SimulatedStudio;
  let page: Page;

  before(async () => {
    assert.equal(longPrompt.length, 8000);
    studio = await SimulatedStudio.open({
      theme: 'Dark Modern',
      files: Object.fromEntries(prompts.map((prompt) => [fileOf(prompt), prompt.typed])),
      settings: { 'kreaVideo.openPlayer': 'never' },
      runMs: 3_600_000,
    });
    page = await studio.openWindow();
    await setToken(page, studio.token);
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  const assertNothingRan = async () => {
    for (const frame of page.frames()) assert.deepEqual(await signsOfIntrusion(frame), [], frame.url());
    assert.equal(await page.locator('img[src="x"]').count(), 0);
  };

  it('reach Krea as they are', async () => {
    for (const [index, prompt] of prompts.entries()) {
      await selectFile(page, fileOf(prompt));
      await order(studio, page, { answer: wordsOf().text('Generate, Ask Only Above {0}', '$1.00') });
      await waitFor(`the POST of ${prompt.what}`, () => studio.posts[index]?.body);
      assert.deepEqual(studio.posts[index]?.body, { prompt: sentOf(prompt) }, prompt.what);
    }
    await assertNothingRan();
  });

  it('do nothing to the status bar and its tooltip', async () => {
    await waitFor('all jobs in the status bar', async () =>
      (await statusBarText(page, jobsItem))?.startsWith(`${prompts.length} videos · `),
    );
    assert.equal(await statusBarItem(page, jobsItem).locator('.codicon').count(), 1, 'our own spinner');
    const tooltip = await statusBarTooltip(page);
    await screenshot(page, 'hostile-1-tooltip');
    const text = visible(await tooltip.innerText());
    for (const { what, shown } of prompts) assert.ok(text.includes(shown), `${what} in the tooltip:\n${text}`);
    assert.equal(await tooltip.locator('a, img, .codicon').count(), 0);
    await assertNothingRan();
    await page.mouse.move(640, 300);
  });

  it('stand in the list of jobs as text', async () => {
    await jobRows(page);
    await screenshot(page, 'hostile-2-jobs');
    // the newest is on top; the list draws few rows at a time, and always the focused one
    for (const { what, shown } of prompts.toReversed()) {
      const row = page.locator('.quick-input-list .monaco-list-row.focused');
      await waitFor(what, async () => visible(await row.locator('.label-name').first().textContent()).startsWith(shown));
      assert.equal(await row.locator('.codicon:not(.quick-input-list-icon)').count(), 0, what);
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Escape');
    await assertNothingRan();
  });

  it('stand in notifications as text, and in the player whole', async () => {
    for (const { id } of studio.simulator.jobs) studio.simulator.finish(id);
    await savedTakes(studio, prompts.length);
    const left = new Set(prompts);
    while (left.size > 0) {
      const center = page.locator('.notifications-center.visible');
      if (!(await center.isVisible())) await runCommand(page, 'Notifications: Show Notifications');
      const item = center.locator('.notification-list-item', { hasText: 'Saved “' }).first();
      const message = visible(await item.locator('.notification-list-item-message').textContent({ timeout: 30_000 }));
      const found = [...left].find(({ shown }) => message.startsWith(`Saved “${shown}`));
      assert.ok(found, message);
      left.delete(found);
      assert.equal(await item.locator('.notification-list-item-message a').count(), 0, message);
      await item.getByRole('button', { name: 'Play', exact: true }).click({ timeout: 30_000 });
      await waitFor(`${found.what} in the player`, async () => (await playerPrompt(page)) === sentOf(found));
      assert.equal(await playerFrame(page).locator('.details img, .details script, .details b, .details a').count(), 0, found.what);
      await assertNothingRan();
      await screenshot(page, `hostile-3-${found.what.replaceAll(/[^\w]+/g, '-')}`);
    }
  });

  it('are kept in sidecars as they are', () => {
    const kept = studio.sidecars().map((name) => readFileSync(path.join(studio.folder, name), 'utf8'));
    for (const prompt of prompts)
      assert.ok(
        kept.some((text) => text.includes(JSON.stringify(sentOf(prompt)))),
        prompt.what,
      );
    assert.equal(kept.length, prompts.length);
  });

  it('leave the token on no disk', () => studio.assertTokenKept());
});

/** What the prompts would leave behind if a page took them for more than text. */
function signsOfIntrusion(frame: Frame): Promise<readonly string[]> {
  return frame
    .evaluate(`[document.title === 'hacked' ? 'the title' : '', 'hacked' in globalThis ? 'a script' : ''].filter(Boolean)`)
    .then((signs) => (Array.isArray(signs) ? signs.map(String) : []));
}
