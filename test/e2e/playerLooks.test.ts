import assert from 'node:assert/strict';
import { editorThemes, type ThemeName } from '../support/editorThemes';
import { afterEvents, box, choose, keep, playerBench, seen, shapes, show, texts } from '../support/playerBench';
import type { LabPage } from '../support/playerLab';

/** Controls that are on the page and not wholly in sight. */
const cutOff = (page: LabPage): Promise<readonly string[]> =>
  page.page.evaluate(`[...document.querySelectorAll('.controls button, .controls input, .controls .time')]
    .filter((it) => it.checkVisibility())
    .filter((it) => {
      const { left, right, top, bottom, width } = it.getBoundingClientRect();
      return width < 12 || left < 0 || top < 0 || right > innerWidth || bottom > innerHeight;
    })
    .map((it) => it.outerHTML)`);

describe('the looks of the player', () => {
  const { clip, start } = playerBench();

  describe('hostile prompts', () => {
    const long = 'A courtyard at noon; a child counts pigeons aloud. '.repeat(160).slice(0, 8000);
    const prompts: Readonly<Record<string, string>> = {
      html: '<img src=x onerror="window.broken = true"><script>window.broken = true</script> $(zap) [link](command:x)',
      'right-to-left': 'فارس وحيد يعبر التلال عند الغروب\nSlow dolly in, 35 mm.\nכתוביות בעברית',
      emoji: '🌅👩‍👩‍👧‍👦🏳️‍🌈 '.repeat(12),
      'one-sign': 'x',
      'one-word': 'o'.repeat(900),
      lines: Array.from({ length: 60 }, (_, i) => `Shot ${i + 1}: cut.`).join('\n'),
      'very-long': long,
    };
    for (const [name, hostile] of Object.entries(prompts))
      it(`shows ${name} as it was written, beside a clip that stays in sight`, async () => {
        const page = await start({ theme: 'light' });
        await page.send(show(await clip({ prompt: hostile, title: `Shot: ${hostile.slice(0, 200)}` })));
        await seen(page);
        assert.equal(await page.page.locator('.prompt-text').textContent(), hostile);
        assert.equal(await page.page.evaluate('window.broken'), undefined);
        assert.equal(await page.page.locator('img:not(.poster), script:not([nonce])').count(), 0);
        assert.equal(
          await page.page.evaluate(
            'document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight',
          ),
          true,
        );
        const stage = await box(page, '.stage');
        assert.deepEqual([stage.x, stage.y, stage.width], [0, 0, 640]);
        await keep(page, `prompt-${name}`);
      });

    it('scrolls a prompt of 8,000 characters in an area of its own, with keys', async () => {
      const page = await start();
      await page.send(show(await clip({ prompt: long })));
      await seen(page);
      const facts = await box(page, '.facts');
      assert.equal(facts.y + facts.height < 860, true);
      await page.page.locator('.prompt-text').focus();
      const scrolled = afterEvents(page, '.prompt-text', ['scroll'], '');
      await page.page.keyboard.press('End');
      await scrolled;
      assert.equal((await page.video()).paused, true);
    });
  });

  describe('looks', () => {
    const sizes: Readonly<Record<string, { width: number; height: number }>> = {
      half: { width: 640, height: 860 },
      whole: { width: 1280, height: 760 },
    };
    for (const theme of Object.keys(editorThemes) as ThemeName[])
      for (const [name, size] of Object.entries(sizes))
        it(`${theme}: shows every clip whole in a panel that takes the ${name} window`, async () => {
          const page = await start({ theme, ...size });
          for (const shape of ['wide', 'upright', 'square'] as const) {
            await page.send(show(await clip({ takeId: shape }, shape)));
            await page.page.locator(`[data-shape="${{ wide: 'landscape', upright: 'portrait', square: 'square' }[shape]}"]`).waitFor();
            await seen(page);
            const stage = await box(page, '.stage');
            assert.equal(stage.y + stage.height <= size.height && stage.x + stage.width <= size.width, true);
            const { width, height } = shapes[shape];
            const scale = Math.min(stage.width / width, stage.height / height);
            assert.equal(width * height * scale * scale > 0.25 * size.width * size.height, true, 'a quarter of the panel at least');
            await keep(page, `${theme}-${shape}-${name}`);
          }
        });

    for (const size of [
      { width: 900, height: 420 },
      { width: 300, height: 500 },
      { width: 320, height: 256 },
      { width: 1000, height: 1300 },
      { width: 460, height: 700 },
      { width: 580, height: 700 },
      { width: 710, height: 860 },
    ])
      it(`holds in ${size.width} by ${size.height}`, async () => {
        const page = await start(size);
        await page.send(show(await clip()));
        await seen(page);
        await keep(page, `dark-wide-${size.width}x${size.height}`);
        assert.equal(await page.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
        assert.deepEqual(await cutOff(page), []);
        await choose(page, texts.reveal);
        assert.equal((await page.heard('action')).action, 'reveal');
      });
  });
});
