import assert from 'node:assert/strict';
import { choose, control, each, keep, menuItem, playerBench, seen, show, status, texts } from '../support/playerBench';
import type { LabPage } from '../support/playerLab';

describe('more actions of the player', () => {
  const { clip, file, start } = playerBench();

  async function opened(): Promise<LabPage> {
    const page = await start();
    await page.send(show(await clip()));
    await seen(page);
    await control(page, texts.more).focus();
    await page.page.keyboard.press('Enter');
    await page.page.locator('.menu').waitFor();
    return page;
  }

  const focused = (page: LabPage) =>
    page.page.evaluate('document.activeElement.querySelector("span")?.textContent ?? document.activeElement.ariaLabel');
  const items = (page: LabPage) => each(page, '.menu [role^="menuitem"]:not([role="menuitemradio"])', 'firstChild.textContent');

  it('holds what works for this clip in this window', async () => {
    const page = await opened();
    assert.deepEqual(await items(page), [
      texts.pictureInPicture,
      texts.copyFrame,
      texts.saveAs,
      texts.playOutside,
      texts.reveal,
      texts.copyPrompt,
      texts.properties,
    ]);
  });

  it('has neither Play Outside nor Show in Folder where they do not work', async () => {
    const page = await start();
    await page.send(show(await clip({ actions: ['copyPrompt', 'saveAs'] })));
    await seen(page);
    await control(page, texts.more).click();
    assert.deepEqual(await items(page), [texts.pictureInPicture, texts.copyFrame, texts.saveAs, texts.copyPrompt, texts.properties]);
  });

  it('has no picture-in-picture where the editor has none', async () => {
    const page = await start();
    await page.page.addInitScript('Object.defineProperty(Document.prototype, "pictureInPictureEnabled", { get: () => false })');
    await page.reload();
    await page.send({ type: 'texts', texts });
    await page.send(show(await clip()));
    await seen(page);
    await control(page, texts.more).click();
    assert.equal((await items(page)).includes(texts.pictureInPicture), false);
  });

  for (const [name, source, shown] of [
    ['a file that is gone', { kind: 'trouble', trouble: 'missing' }, [texts.copyPrompt, texts.properties]],
    ['a broken file', 'broken', [texts.saveAs, texts.playOutside, texts.reveal, texts.copyPrompt, texts.properties]],
  ] as const)
    it(`offers for ${name} only what can be done with it`, async () => {
      const page = await start();
      const broken = { kind: 'file', src: await file('broken.mp4', 'this is no clip') } as const;
      await page.send(show(await clip({ source: source === 'broken' ? broken : source })));
      await page.page.locator('.stage[data-view="trouble"]').waitFor();
      await control(page, texts.more).click();
      assert.deepEqual(await items(page), shown);
    });

  it('moves one focus with the arrows, by first letters, and round the ends', async () => {
    const page = await opened();
    const press = async (key: string) => {
      await page.page.keyboard.press(key);
      return focused(page);
    };
    assert.equal(await focused(page), '1×');
    assert.equal(await press('ArrowRight'), '1.25×');
    assert.equal(await press('ArrowLeft'), '1×');
    assert.equal(await press('ArrowDown'), texts.pictureInPicture);
    assert.equal(await press('End'), texts.properties);
    assert.equal(await press('ArrowDown'), '1×');
    assert.equal(await press('ArrowUp'), texts.properties);
    assert.equal(await press('s'), texts.saveAs);
    assert.equal(await page.page.locator('.menu [tabindex="0"]').count(), 1);
    assert.equal((await page.video()).paused, true, 'keys of the player rest while the menu is open');
  });

  it('closes with Escape and gives the focus back', async () => {
    const page = await opened();
    assert.equal(await control(page, texts.more).getAttribute('aria-expanded'), 'true');
    await page.page.keyboard.press('Escape');
    await page.page.locator('.menu').waitFor({ state: 'hidden' });
    assert.equal(await page.page.evaluate('document.activeElement.ariaLabel'), texts.more);
    await page.page.locator('.more[aria-expanded="false"]').waitFor();
  });

  it('closes with a second press of its button, and with a press elsewhere', async () => {
    const page = await opened();
    await control(page, texts.more).click();
    await page.page.locator('.menu').waitFor({ state: 'hidden' });
    await control(page, texts.more).click();
    await page.page.locator('.menu').waitFor();
    await page.page.locator('.title').click({ position: { x: 5, y: 5 } });
    await page.page.locator('.menu').waitFor({ state: 'hidden' });
  });

  it('sets the speed and remembers it in the menu', async () => {
    const page = await opened();
    await menuItem(page, '0.25×').click();
    assert.equal((await page.video()).playbackRate, 0.25);
    await control(page, texts.more).click();
    assert.equal(await page.page.locator('[role="menuitemradio"][aria-checked="true"]').textContent(), '0.25×');
  });

  for (const action of ['saveAs', 'playOutside', 'reveal', 'copyPrompt'] as const)
    it(`asks the extension for ${action}`, async () => {
      const page = await opened();
      await menuItem(page, texts[action]).click();
      assert.deepEqual(await page.heard('action'), { type: 'action', takeId: 'take-1', action });
    });

  it('says what became of it', async () => {
    const page = await opened();
    await page.send({ type: 'say', text: 'Saved as ridge.mp4' });
    await page.page.locator('.toast', { hasText: 'Saved as ridge.mp4' }).waitFor();
    assert.equal(await status(page), 'Saved as ridge.mp4');
  });

  it('stays within the panel, however small', async () => {
    for (const size of [
      { width: 300, height: 500 },
      { width: 320, height: 256 },
      { width: 900, height: 420 },
    ]) {
      const page = await start(size);
      await page.send(show(await clip()));
      await seen(page);
      await control(page, texts.more).click();
      const box = await page.page.locator('.menu').boundingBox();
      if (box === null) throw new Error('no menu');
      const inside = box.x >= 0 && box.y >= 0 && box.x + box.width <= size.width && box.y + box.height <= size.height;
      assert.equal(inside, true, JSON.stringify({ size, box }));
      await keep(page, `menu-${size.width}x${size.height}`);
    }
  });

  it('shows properties and keys, and closes them with Escape', async () => {
    const page = await opened();
    await menuItem(page, texts.properties).click();
    const dialog = page.page.getByRole('dialog', { name: texts.properties });
    await dialog.getByText('crossing-the-ridge_take-003.mp4').waitFor();
    await dialog.getByText(texts.goToGenerateAgain).waitFor();
    await page.page.keyboard.press('k');
    assert.equal((await page.video()).paused, true);
    await page.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await page.page.evaluate('document.activeElement.ariaLabel'), texts.more);
  });

  it('closes what is open when the next clip comes', async () => {
    const page = await start();
    await page.send(show(await clip()));
    await seen(page);
    await choose(page, texts.properties);
    await page.page.getByRole('dialog').waitFor();
    await page.send(show(await clip({ takeId: 'take-2' })));
    await page.page.getByRole('dialog').waitFor({ state: 'hidden' });
  });
});
