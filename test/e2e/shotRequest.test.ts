import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { wordsOf } from '../support/words';
import { chooseQuickPickRow, goToLine, openFile, runCommand, waitForNotification } from '../support/workbenchDriver';

const words = wordsOf();
const lines = [
  '---',
  'storyboard: 1',
  'model: kling/kling-2.5',
  'aspect_ratio: 9:16',
  '---',
  '# Style',
  'Soft grain.',
  '# SH010 The tower',
  '- duration: 10',
  '',
  '{{style}} A lone white lighthouse.',
  '',
  '> Keep the horizon level.',
  '# Notes',
  'Nothing to be filmed.',
];

/** Without a selection a paragraph of a shot would be another request than the shot, and leave words like {{style}} in it. */
describe('the request of the shot at the cursor', () => {
  let studio: SimulatedStudio;
  let page: Page;

  before(async () => {
    studio = await SimulatedStudio.open({
      settings: { 'workbench.startupEditor': 'none' },
      files: { 'night.storyboard.md': lines.join('\n') },
    });
    page = await studio.openWindow();
    await openFile(page, 'night.storyboard.md');
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  for (const at of ['{{style}} A lone white lighthouse.', '- duration: 10', '> Keep the horizon level.'])
    it(`is copied whole from its line “${at}”, and no model is asked for`, async () => {
      await runCommand(page, 'Notifications: Clear All Notifications');
      await goToLine(page, lines.indexOf(at) + 1);
      await runCommand(page, words.command('copyRequestAs'));
      await chooseQuickPickRow(page, 'cURL');
      await waitForNotification(page, 'cURL');
      const copied: unknown = await page.evaluate('navigator.clipboard.readText()');
      assert.ok(typeof copied === 'string');
      for (const part of ['/generate/video/kling/kling-2.5', 'Soft grain. A lone white lighthouse.', '"9:16"'])
        assert.ok(copied.includes(part), part);
      assert.match(copied, /"duration":\s*10/);
      assert.ok(!copied.includes('horizon'));
    });

  it('is not that of the text below another heading: there a model is asked for', async () => {
    await goToLine(page, lines.length);
    await runCommand(page, words.command('copyRequestAs'));
    await chooseQuickPickRow(page, 'Kling 2.5');
    await page.keyboard.press('Escape');
    assert.equal(studio.posts.length, 0);
  });
});
