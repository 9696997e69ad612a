import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { headlessWalk, type WalkWords } from '../support/headlessWalk';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { samplePrompt } from '../support/sampleWorkspace';
import { SimulatedStudio } from '../support/simulatedStudio';
import { type Words, wordsOf } from '../support/words';
import { playerFrame, runCommand, screenshot } from '../support/workbenchDriver';

const tallPrompt =
  'Vertical frame. A paper boat runs down a rain-filled gutter between cobblestones, camera close behind it at water level.';
const japanesePrompt = '夜明け前の港。霧の中を小さな漁船がゆっくりと沖へ出ていく。カメラは岸壁から静かに見送る。';
const silent = () => undefined;

function walkWords(words: Words): WalkWords {
  return {
    setToken: words.command('setToken'),
    generate: words.command('generateFromSelection'),
    consent: words.text('Generate'),
  };
}

describe('the main job', () => {
  describe('in English', () => {
    let studio: SimulatedStudio;
    let page: Page;
    const theme = (name: string) => ({ 'workbench.colorTheme': name });

    before(async () => {
      studio = await SimulatedStudio.open({ settings: theme('Dark Modern'), clips: 'one each', runMs: 4000 });
      page = await studio.openWindow();
    });
    after(() => studio?.stop());
    pictureOfFailure(() => page);

    const walks = [
      { name: 'dark', theme: 'Dark Modern', marks: 'vs-dark', prompt: samplePrompt, parameters: {}, shape: [640, 360] },
      { name: 'light', theme: 'Light Modern', marks: 'vs', prompt: samplePrompt, parameters: {}, shape: [640, 360] },
      {
        name: 'high contrast',
        theme: 'Default High Contrast',
        marks: 'hc-black',
        prompt: tallPrompt,
        parameters: { aspect_ratio: '9:16' },
        shape: [360, 640],
      },
    ] as const;

    for (const [index, { name, prompt, parameters, shape, marks, ...walk }] of walks.entries())
      it(`ends with a saved clip that plays, in the ${name} theme${shape[0] < shape[1] ? ', 9:16' : ''}`, async () => {
        if (index > 0) await studio.reloadWith(page, { ...theme(walk.theme), 'kreaVideo.parameters': parameters });
        await page.locator(`.monaco-workbench.${marks}`).waitFor({ timeout: 30_000 });
        const end = await headlessWalk({
          page,
          folder: studio.folder,
          file: 'prompts.md',
          prompt,
          token: index === 0 ? studio.token : undefined,
          model: 'Kling 2.5',
          report: silent,
          name: name.replace(' ', '-'),
        });
        assert.deepEqual([end.playing.width, end.playing.height], shape);
        assert.equal(studio.posts.length, index + 1);
        const [post] = studio.posts.slice(-1);
        assert.deepEqual(post?.body, { prompt, ...parameters });
        assert.doesNotMatch(end.statusBar.join('\n'), /%/, 'no made-up percentage');
        assert.match(end.statusBar.join('\n'), /^Kling 2\.5 · (being sent|about to be sent|queued|running) · 0:0\d of about 1:34$/m);
      });

    it('shows a 9:16 clip whole', async () => {
      const video = playerFrame(page).locator('video').first();
      const [box, area] = await Promise.all([video.boundingBox(), page.locator('iframe.webview.ready').first().boundingBox()]);
      assert.ok(box && area);
      const whole =
        box.y >= area.y &&
        box.y + box.height <= area.y + area.height + 1 &&
        box.x >= area.x &&
        box.x + box.width <= area.x + area.width + 1;
      assert.ok(whole, JSON.stringify({ box, area }));
    });

    it('leaves the token on no disk and sends it nowhere else', () => studio.assertTokenKept());
  });

  describe('in Japanese', () => {
    let studio: SimulatedStudio;
    before(async () => {
      studio = await SimulatedStudio.open({ theme: 'Dark Modern', locale: 'ja', clips: 'one each' });
    });
    after(() => studio?.stop());

    it('speaks Japanese from the palette to the player', async () => {
      const page = await studio.openWindow();
      const words = wordsOf('ja');
      assert.notEqual(words.command('setToken'), wordsOf().command('setToken'));
      const end = await headlessWalk({
        page,
        folder: studio.folder,
        file: 'prompts.md',
        prompt: japanesePrompt,
        token: studio.token,
        model: 'Kling 2.5',
        report: silent,
        name: 'japanese',
        words: walkWords(words),
      });
      const running = end.statusBar.join('\n');
      const states = ['being sent', 'about to be sent', 'queued', 'running'];
      assert.ok(
        states.some((state) => running.includes(words.text(state))),
        running,
      );
      const player = await playerFrame(page).locator('body').innerText();
      for (const label of ['Model', 'Estimate', 'Size', 'Prompt', 'No sound in this clip'])
        assert.ok(player.includes(words.text(label)), `${words.text(label)} in ${player}`);
      assert.equal(await playerFrame(page).locator('html').getAttribute('lang'), 'ja');
      await runCommand(page, words.command('showJobs'));
      const list = page.locator('.quick-input-widget:visible');
      await list.getByText(words.text('saved')).first().waitFor({ timeout: 30_000 });
      await screenshot(page, 'japanese-6-jobs');
      await page.keyboard.press('Escape');
      studio.assertTokenKept();
    });
  });
});
