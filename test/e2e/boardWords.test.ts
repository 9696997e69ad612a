import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { openFile, runCommand, screenshot, selectText } from '../support/workbenchDriver';

const english = `---
storyboard: 1
model: kling/kling-2.5
aspect_ratio: 16:9
resolution: 1080p
budget: 0.50
---

# Style

35 mm film, cold blue night.

# Cast

## @mika

Mika, a woman of seventy, grey braid.

# The storm

## SH010 Lighthouse

- duration: 7
- start: stills/sh010.png

{{style}} A white lighthouse on black rocks. <!-- less rain --> The camera drifts in.

> Client asked for less rain on the lens.

## SH020 The stairs

- duration: 10
- aspect ration: 9:16
- dialogue: おつかれさま

{{style}} {{@mkia}} climbs the iron stairs with an oil lamp.
`;

const japanese = `---
storyboard: 1
model: kling/kling-2.5
aspect_ratio: 16:9
resolution: 1080p
budget: 0.50
---

# スタイル

35mmフィルム、冷たい青い夜。

# 登場人物

## @ミカ

ミカ。七十歳、灰色の三つ編み。

# 嵐

## カット1 灯台

- duration: 7秒
- start: stills/sh010.png

{{スタイル}} 黒い岩に立つ白い灯台。<!-- 雨は少なめに --> カメラがゆっくり近づく。

> 雨を減らしたいとの要望。

## カット2 階段

- duration: 10
- dialogue: おつかれさま

{{スタイル}} {{@ミナ}}が石油ランプを手に鉄の階段を上る。
`;

const looks = [
  { name: 'en-dark', locale: undefined, theme: 'Default Dark Modern', text: english, shot: 'A white lighthouse', faint: true },
  { name: 'ja-light', locale: 'ja', theme: 'Default Light Modern', text: japanese, shot: '白い灯台', faint: true },
  { name: 'en-contrast', locale: undefined, theme: 'Default High Contrast', text: english, shot: 'A white lighthouse', faint: false },
] as const;

for (const { name, locale, theme, text, shot, faint } of looks)
  describe(`what the editor says of a storyboard, ${name}`, () => {
    const words = wordsOf(locale);
    let studio: SimulatedStudio;
    let page: Page;
    before(async () => {
      studio = await SimulatedStudio.open({
        ...(locale && { locale }),
        theme,
        viewport: { width: 1700, height: 1000 },
        files: { 'film.storyboard.md': text },
      });
      page = await studio.openWindow();
      await openFile(page, 'film.storyboard.md');
    });
    after(() => studio?.stop());
    pictureOfFailure(() => page);

    const editors = () => page.locator('.editor-instance');

    it('marks what is wrong, and dims what is not sent', async () => {
      await waitFor('the marks', async () => (await page.locator('.squiggly-error').count()) >= 3);
      await waitFor('the warning', async () => (await page.locator('.squiggly-warning').count()) >= 1);
      const opacities = await editors()
        .first()
        .locator('.view-line span span')
        .evaluateAll((spans) => spans.map((span) => (globalThis as unknown as Styles).getComputedStyle(span).opacity));
      assert.equal(
        opacities.some((opacity) => Number(opacity) < 0.9),
        faint,
      );
      await screenshot(page, `board-words-1-${name}`);
    });

    it('shows beside it what the shot at the cursor would send', async () => {
      await selectText(page, shot);
      await runCommand(page, words.command('showWhatWillBeSent'));
      const beside = editors().nth(1);
      await beside.getByText(words.text('Left Out')).waitFor({ timeout: 30_000 });
      await screenshot(page, `board-words-2-${name}`);
    });
  });

/** What is read of the page; the tests are compiled without the browser's types. */
interface Styles {
  getComputedStyle(element: unknown): { readonly opacity: string };
}
