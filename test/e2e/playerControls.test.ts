import assert from 'node:assert/strict';
import { isPlayerState } from '../../src/player/messages';
import { afterEvents, control, each, playerBench, seen, settled, show, status, texts, until } from '../support/playerBench';
import type { LabPage } from '../support/playerLab';

const frameRate = 12;

describe('the controls of the player', () => {
  const { clip, start } = playerBench();

  /** A clip at rest whose frame rate the page knows. */
  async function resting(): Promise<LabPage> {
    const page = await start();
    await page.send(show(await clip({}, 'spoken')));
    await seen(page);
    await page.send({ type: 'frameRate', takeId: 'take-1', frameRate });
    await page.page.locator(`.time[title="Frame 1 of ${2 * frameRate}"]`).waitFor();
    return page;
  }

  const frame = (page: LabPage) => page.page.locator('.time').first().getAttribute('title');
  const press = (page: LabPage, key: string) => page.page.keyboard.press(key);

  it('has none of the browser, and its own for everything that is needed all the time', async () => {
    const page = await resting();
    assert.equal(await page.page.locator('video[controls]').count(), 0);
    const names = await each(page, '.controls button', 'ariaLabel');
    assert.deepEqual(names, [
      texts.play,
      texts.stepBack,
      texts.stepForward,
      texts.loop,
      texts.mute,
      'Generate Again… about $0.96',
      texts.useFrame,
      texts.more,
    ]);
  });

  it('steps by frames, with buttons and with keys, and says which one is shown', async () => {
    const page = await resting();
    await control(page, texts.stepForward).click();
    await control(page, texts.stepForward).click();
    await press(page, '.');
    assert.equal(await status(page), 'Frame 4 of 24');
    await settled(page);
    assert.equal(await frame(page), 'Frame 4 of 24');
    await press(page, ',');
    await control(page, texts.stepBack).click();
    await settled(page);
    assert.equal(await frame(page), 'Frame 2 of 24');
  });

  it('visits every frame of a clip once, and neither passes its end nor its start', async () => {
    const page = await resting();
    const numbers: (string | null)[] = [];
    for (let at = 0; at < 2 * frameRate + 1; at++) {
      numbers.push(await frame(page));
      await press(page, '.');
      await settled(page);
    }
    const all = Array.from({ length: 2 * frameRate }, (_, index) => `Frame ${index + 1} of 24`);
    assert.deepEqual(numbers, [...all, 'Frame 24 of 24']);
    await press(page, 'Home');
    await press(page, ',');
    await settled(page);
    assert.equal(await frame(page), 'Frame 1 of 24');
    await press(page, 'End');
    await settled(page);
    assert.equal(await frame(page), 'Frame 24 of 24');
  });

  it('stops a clip that plays when it steps', async () => {
    const page = await resting();
    await press(page, 'k');
    await page.heard('playing');
    await press(page, '.');
    assert.equal((await page.video()).paused, true);
  });

  it('loops, and keeps that for the panel', async () => {
    const page = await resting();
    await press(page, 'l');
    assert.equal(await control(page, texts.loop).getAttribute('aria-pressed'), 'true');
    assert.equal((await page.video()).loop, true);
    const state = await page.state();
    assert.equal(isPlayerState(state) && state.loop, true);
    await control(page, texts.loop).click();
    assert.equal(await control(page, texts.loop).getAttribute('aria-pressed'), 'false');
  });

  it('turns the sound off and on, softer and louder', async () => {
    const page = await resting();
    await press(page, 'ArrowDown');
    await press(page, 'ArrowDown');
    assert.equal((await page.video()).volume, 0.8);
    await press(page, 'm');
    await page.page.locator(`.control[aria-label="${texts.mute}"][aria-pressed="true"]`).waitFor();
    await press(page, 'ArrowUp');
    const { volume, muted } = await page.video();
    assert.deepEqual([volume, muted], [0.9, false]);
    await until(page, 'document.querySelector(".volume").value === "0.9"');
  });

  for (const sound of ['none', 'aac'] as const)
    it(`says why there is no sound to turn on (${sound})`, async () => {
      const page = await start({ withoutAac: true });
      await page.send(show(await clip({ sound })));
      const why = sound === 'none' ? texts.noSound : texts.soundUnplayable;
      await control(page, why).waitFor();
      assert.equal(await control(page, why).isDisabled(), true);
    });

  it('goes slower and faster with keys, says so, and back with one press', async () => {
    const page = await resting();
    await press(page, '<');
    await press(page, '<');
    assert.equal((await page.video()).playbackRate, 0.5);
    await page.page.locator('.chip', { hasText: '0.5×' }).click();
    assert.equal((await page.video()).playbackRate, 1);
    await page.page.locator('.chip').waitFor({ state: 'hidden' });
    for (let steps = 0; steps < 6; steps++) await press(page, '>');
    assert.equal((await page.video()).playbackRate, 2);
  });

  it('plays the next clip at normal speed', async () => {
    const page = await resting();
    await press(page, '<');
    await page.send(show(await clip({ takeId: 'take-2' })));
    await seen(page);
    assert.equal((await page.video()).playbackRate, 1);
  });

  it('comes back at the speed it had', async () => {
    const page = await resting();
    await press(page, '<');
    await until(page, 'JSON.parse(sessionStorage.getItem("state")).speed === 0.75');
    await page.reload();
    await page.send({ type: 'texts', texts });
    await page.send(show(await clip({}, 'spoken'), { resume: true }));
    await seen(page);
    assert.equal((await page.video()).playbackRate, 0.75);
  });

  it('has a scrubber that the mouse drags and keys move, and that says where it is', async () => {
    const page = await resting();
    const scrubber = page.page.getByRole('slider', { name: texts.position });
    const place = await scrubber.boundingBox();
    if (place === null) throw new Error('no scrubber');
    await page.page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
    await settled(page);
    const { currentTime } = await page.video();
    assert.equal(Math.abs(currentTime - 1) < 0.1, true, String(currentTime));
    assert.equal(await page.page.evaluate('document.activeElement.ariaLabel'), texts.position);
    await press(page, 'ArrowLeft');
    await settled(page);
    assert.equal(Math.abs((await page.video()).currentTime - (currentTime - 1)) < 0.01 || (await page.video()).currentTime === 0, true);
    await press(page, 'End');
    await settled(page);
    assert.match((await scrubber.getAttribute('aria-valuetext')) ?? '', /^0:01\.9\d of 0:02\.00$/);
  });

  it('leads to Generate Again with a key, and asks only when the button is pressed', async () => {
    const page = await resting();
    await press(page, 'g');
    assert.match((await status(page)) ?? '', /Generate Again… about \$0\.96/);
    assert.equal(
      page.said.some(({ type }) => type === 'action'),
      false,
    );
    await press(page, 'Enter');
    assert.deepEqual(await page.heard('action'), { type: 'action', takeId: 'take-1', action: 'generateAgain' });
  });

  it('has no Generate Again where nobody knows what it would cost', async () => {
    const page = await start();
    const { again: _, ...unpriced } = await clip();
    await page.send(show(unpriced));
    await seen(page);
    assert.equal(await page.page.locator('.again').isVisible(), false);
    await press(page, 'g');
    assert.equal(await page.page.evaluate('document.activeElement === document.body'), true);
  });

  it('plays and stops by a press on the picture', async () => {
    const page = await resting();
    await page.page.locator('.big-play').click();
    await page.heard('playing');
    const before = page.said.length;
    await page.page.locator('video').click({ position: { x: 20, y: 20 } });
    await page.heard('paused', before);
  });

  it('leaves keys with the editor that belong to it', async () => {
    const page = await resting();
    await press(page, 'Control+l');
    await press(page, 'Alt+m');
    const { loop, muted } = await page.video();
    assert.deepEqual([loop, muted], [false, false]);
  });

  it('shows no transport where there is nothing to play, and still what can be done', async () => {
    const page = await start();
    await page.send(show(await clip({ source: { kind: 'trouble', trouble: 'missing' } })));
    await page.page.getByText(texts.missingHint).waitFor();
    assert.equal(await control(page, texts.play).isVisible(), false);
    assert.equal(await page.page.locator('.again').isVisible(), true);
    await press(page, 'u');
    await press(page, 'k');
    assert.deepEqual(
      page.said.filter(({ type }) => type !== 'ready'),
      [],
    );
  });

  it('has nothing to press while there is no clip', async () => {
    const page = await start();
    await page.send({ type: 'empty' });
    await page.page.getByText(texts.empty).waitFor();
    assert.equal(await page.page.locator('button:visible').count(), 0);
  });

  it('keeps one video element, and neither timer nor drawing goes on at rest', async () => {
    const page = await start();
    await page.page.addInitScript({ content: countsWaiting });
    await page.reload();
    await page.send({ type: 'texts', texts });
    await page.page.evaluate('window.firstVideo = document.querySelector("video")');
    for (const takeId of ['one', 'two', 'three']) {
      const before = page.said.length;
      await page.send(show(await clip({ takeId, poster: { kind: 'wanted' } }), { autoplay: takeId !== 'two' }));
      if (takeId === 'two') await seen(page);
      else await page.heard('playing', before);
    }
    await afterEvents(page, 'video', ['pause'], 'it.pause()');
    await until(page, 'window.waiting.size === 0');
    await press(page, '.');
    await settled(page);
    assert.deepEqual(await page.page.evaluate('[...window.waiting.values()]'), []);
    assert.equal(await page.page.evaluate('document.querySelectorAll("video").length'), 1);
    assert.equal(await page.page.evaluate('window.firstVideo === document.querySelector("video")'), true);
  });
});

/** Keeps a list of what the page has asked the browser to call later, and that was neither called nor given up. */
const countsWaiting = `
  window.waiting = new Map();
  for (const [start, stop] of [['setTimeout', 'clearTimeout'], ['requestAnimationFrame', 'cancelAnimationFrame']]) {
    const [later, never] = [window[start].bind(window), window[stop].bind(window)];
    window[start] = (run, ...rest) => {
      const id = later((...given) => { window.waiting.delete(start + id); run(...given); }, ...rest);
      window.waiting.set(start + id, start);
      return id;
    };
    window[stop] = (id) => { window.waiting.delete(start + id); never(id); };
  }
  const every = window.setInterval.bind(window);
  window.setInterval = (...all) => { const id = every(...all); window.waiting.set('every' + id, 'setInterval'); return id; };
  const { requestVideoFrameCallback } = HTMLVideoElement.prototype;
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (run) {
    // one that waits at a clip at rest costs nothing: the browser calls it with the next frame, if there is one
    return requestVideoFrameCallback.call(this, run);
  };`;
