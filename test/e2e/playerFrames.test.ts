import assert from 'node:assert/strict';
import { choose, control, keep, playerBench, seen, show, status, texts } from '../support/playerBench';
import type { LabPage } from '../support/playerLab';

const pngStart = [0x89, 0x50, 0x4e, 0x47];
const jpegStart = [0xff, 0xd8, 0xff];
/** Width and height as the header of a PNG has them. */
const sizeOf = (png: Uint8Array) => [Buffer.from(png).readUInt32BE(16), Buffer.from(png).readUInt32BE(20)];

describe('frames and posters', () => {
  const { clip, start } = playerBench();
  const poster = (page: LabPage) => page.page.locator('.poster');
  /** Mean brightness of a picture, 0 to 255. */
  const brightness = (page: LabPage, bytes: Uint8Array): Promise<number> =>
    page.page.evaluate(`(async () => {
      const bytes = Uint8Array.fromBase64(${JSON.stringify(Buffer.from(bytes).toString('base64'))});
      const picture = await createImageBitmap(new Blob([bytes]));
      const context = new OffscreenCanvas(8, 8).getContext('2d');
      context.drawImage(picture, 0, 0, 8, 8);
      const { data } = context.getImageData(0, 0, 8, 8);
      return data.filter((_, at) => at % 4 !== 3).reduce((sum, value) => sum + value, 0) / 192;
    })()`);

  for (const how of ['button', 'key'] as const)
    it(`hands over the frame that is shown, whole, and stops there (${how})`, async () => {
      const page = await start();
      await page.send(show(await clip(), { autoplay: true, loop: true }));
      await page.heard('playing');
      if (how === 'button') await control(page, texts.useFrame).click();
      else await page.page.keyboard.press('u');
      const { takeId, seconds, png } = await page.heard('still');
      assert.equal(takeId, 'take-1');
      assert.deepEqual([...png.slice(0, 4)], pngStart);
      assert.deepEqual(sizeOf(png), [640, 360]);
      const video = await page.video();
      assert.equal(video.paused, true);
      assert.equal(Math.abs(video.currentTime - seconds) < 0.05, true);
    });

  it('copies the frame as a picture', async () => {
    const page = await start({ permissions: ['clipboard-read', 'clipboard-write'] });
    await page.send(show(await clip()));
    await seen(page);
    await choose(page, texts.copyFrame);
    await page.page.locator('.toast', { hasText: texts.frameCopied }).waitFor();
    assert.equal(await status(page), texts.frameCopied);
    const types = await page.page.evaluate('navigator.clipboard.read().then(([item]) => item.types)');
    assert.deepEqual(types, ['image/png']);
  });

  it('says when the frame could not be copied, and what can be done', async () => {
    const page = await start();
    await page.page.evaluate('navigator.clipboard.write = () => Promise.reject(new DOMException("", "NotAllowedError"))');
    await page.send(show(await clip()));
    await seen(page);
    await page.page.keyboard.press('c');
    await page.page.locator('.toast', { hasText: texts.frameNotCopied }).waitFor();
  });

  it('takes the poster that a take has not yet, and shows it until the first play', async () => {
    const page = await start({ calm: true });
    await page.send(show(await clip({ poster: { kind: 'wanted' } }), { autoplay: true }));
    const { jpeg } = await page.heard('poster');
    assert.deepEqual([...jpeg.slice(0, 3)], jpegStart);
    await seen(page);
    assert.equal(await poster(page).isVisible(), true);
    assert.equal((await page.video()).currentTime, 0);
    await keep(page, 'reduced-motion');
    await page.page.keyboard.press('k');
    await page.heard('playing');
    assert.equal(await poster(page).isVisible(), false);
    assert.equal(page.said.filter(({ type }) => type === 'poster').length, 1);
  });

  it('takes it past a black start', async () => {
    const page = await start({ calm: true });
    await page.send(show(await clip({ poster: { kind: 'wanted' } }, 'fadeIn')));
    const { jpeg } = await page.heard('poster');
    assert.equal((await brightness(page, jpeg)) > 40, true);
  });

  it('takes it in passing from a clip that plays, without a jump', async () => {
    const page = await start();
    await page.page.evaluate(`{
      window.jumps = 0;
      document.querySelector('video').addEventListener('seeking', () => window.jumps++);
    }`);
    await page.send(show(await clip({ poster: { kind: 'wanted' } }, 'fadeIn'), { autoplay: true }));
    const { jpeg } = await page.heard('poster');
    assert.equal((await brightness(page, jpeg)) > 40, true);
    await page.heard('ended');
    assert.equal(await page.page.evaluate('window.jumps'), 0);
    assert.equal(page.said.filter(({ type }) => type === 'poster').length, 1);
  });

  for (const kind of ['none', 'there'] as const)
    it(`takes none when it is not wanted (${kind})`, async () => {
      const page = await start();
      const shown = await clip({ poster: kind === 'there' ? { kind, src: '/page.css' } : { kind } });
      await page.send(show(shown, { autoplay: true }));
      await page.heard('ended');
      assert.deepEqual(
        page.said.filter(({ type }) => type === 'poster'),
        [],
      );
    });

  it('shows the poster that lies beside the clip, and does without one that is no picture', async () => {
    const page = await start({ calm: true });
    await page.send(show(await clip({ poster: { kind: 'wanted' } })));
    const { jpeg } = await page.heard('poster');
    const src = await page.page.evaluate(
      `URL.createObjectURL(new Blob([Uint8Array.fromBase64(${JSON.stringify(Buffer.from(jpeg).toString('base64'))})]))`,
    );
    await page.send(show(await clip({ takeId: 'take-2', poster: { kind: 'there', src: String(src) } })));
    await seen(page);
    await poster(page).waitFor();
    await page.send(show(await clip({ takeId: 'take-3', poster: { kind: 'there', src: '/page.css' } })));
    await seen(page);
    await poster(page).waitFor({ state: 'hidden' });
  });

  it('shows the next clip while the poster of the former is still looked for', async () => {
    const page = await start({ calm: true });
    await page.send(show(await clip({ poster: { kind: 'wanted' } })));
    await page.heard('measured');
    await page.send(show(await clip({ takeId: 'take-2', poster: { kind: 'wanted' } }, 'upright')));
    await page.page.locator('[data-shape="portrait"]').waitFor();
    await seen(page);
    await page.page.keyboard.press('k');
    assert.equal((await page.heard('playing')).takeId, 'take-2');
    assert.equal(
      page.said.some((message) => message.type === 'poster' && message.takeId === 'take-2'),
      true,
    );
  });
});
