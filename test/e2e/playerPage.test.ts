import assert from 'node:assert/strict';
import { isPlayerState } from '../../src/player/messages';
import { afterEvents, box, control, keep, playerBench, prompt, seen, show, status, texts, until } from '../support/playerBench';

describe('the page of the player', () => {
  const { clip, file, start } = playerBench();

  describe('playing', () => {
    it('waits for a person when it is not told to start', async () => {
      const page = await start();
      await page.send(show(await clip()));
      await seen(page);
      assert.equal((await page.video()).paused, true);
      assert.deepEqual(await page.heard('measured'), { type: 'measured', takeId: 'take-1', width: 640, height: 360, seconds: 2 });
      await control(page, texts.play).click();
      await page.heard('playing');
      assert.equal(await page.page.locator('.big-play').isVisible(), false);
      assert.equal(await control(page, texts.pause).isVisible(), true);
      assert.equal((await page.video()).muted, false);
      assert.equal(await status(page), `Crossing the ridge. ${texts.playing}`);
    });

    it('starts by itself without sound when the browser wants a gesture first, and says so', async () => {
      const page = await start();
      await page.send(show(await clip({}, 'spoken'), { autoplay: true, loop: true }));
      await page.heard('playing');
      assert.equal((await page.video()).muted, true);
      const state = await page.state();
      assert.ok(isPlayerState(state));
      assert.equal(state.muted, false, 'what the browser wanted is not what the person chose');
      await page.page.getByRole('button', { name: texts.soundOn }).click();
      const video = await page.video();
      assert.deepEqual([video.muted, video.paused], [false, false]);
      assert.equal(await page.page.locator('.sound-off').isVisible(), false);
    });

    it('starts the next clip with sound once a person has turned it on, in the same element', async () => {
      const page = await start();
      await page.send(show(await clip({}, 'spoken'), { autoplay: true, loop: true }));
      await page.heard('playing');
      await page.page.getByRole('button', { name: texts.soundOn }).click();
      await page.page.evaluate('window.firstVideo = document.querySelector("video")');
      const before = page.said.length;
      await page.send(show(await clip({ takeId: 'take-2' }, 'spoken'), { autoplay: true, loop: true }));
      assert.equal((await page.heard('playing', before)).takeId, 'take-2');
      const video = await page.video();
      assert.deepEqual([video.muted, video.paused], [false, false]);
      assert.equal(await page.page.evaluate('window.firstVideo === document.querySelector("video")'), true);
    });

    for (const sound of ['none', 'aac'] as const)
      it(`offers no sound where there is none to hear (${sound})`, async () => {
        const page = await start({ withoutAac: true });
        await page.send(show(await clip({ sound }, 'spoken'), { autoplay: true, loop: true }));
        await page.heard('playing');
        await page.page
          .locator('.details')
          .getByText(sound === 'none' ? texts.noSound : texts.soundUnplayable)
          .waitFor();
        assert.equal(await page.page.locator('.sound-off').isVisible(), false);
      });

    it('neither starts nor loops by itself with reduced motion', async () => {
      const page = await start({ calm: true });
      await page.send(show(await clip(), { autoplay: true, loop: true }));
      await seen(page);
      const video = await page.video();
      assert.deepEqual([video.paused, video.loop], [true, false]);
      assert.equal(await control(page, texts.play).isVisible(), true);
    });

    it('obeys the system too when that asks for reduced motion', async () => {
      const page = await start();
      await page.page.emulateMedia({ reducedMotion: 'reduce' });
      await page.send(show(await clip(), { autoplay: true, loop: true }));
      await seen(page);
      assert.equal((await page.video()).paused, true);
    });

    it('stops when the extension says so', async () => {
      const page = await start();
      await page.send(show(await clip(), { autoplay: true, loop: true }));
      await page.heard('playing');
      await page.send({ type: 'pause' });
      assert.equal((await page.heard('paused')).takeId, 'take-1');
      assert.equal((await page.video()).paused, true);
    });

    it('tells when a clip is over', async () => {
      const page = await start();
      await page.send(show(await clip(), { autoplay: true }));
      assert.deepEqual(await page.heard('ended'), { type: 'ended', takeId: 'take-1' });
      assert.equal(await status(page), texts.ended);
    });

    it('goes by keys alone', async () => {
      const page = await start();
      await page.send(show(await clip(), { loop: true }));
      await seen(page);
      await page.page.keyboard.press('Space');
      await page.heard('playing');
      const before = page.said.length;
      await page.page.keyboard.press('k');
      await page.heard('paused', before);
      await page.page.keyboard.press('m');
      assert.equal((await page.video()).muted, true);
      await page.page.keyboard.press('ArrowLeft');
      await page.page.keyboard.press('ArrowLeft');
      await page.page.keyboard.press('ArrowRight');
      assert.equal((await page.video()).currentTime, 1);
    });
  });

  describe('coming back', () => {
    it('resumes where it was, paused, with the same volume', async () => {
      const page = await start();
      await page.send(show(await clip(), { loop: true }));
      await seen(page);
      await page.page.evaluate('Object.assign(document.querySelector("video"), { currentTime: 1.25, volume: 0.5 })');
      await until(page, 'JSON.parse(sessionStorage.getItem("state")).volume === 0.5 && !document.querySelector("video").seeking');
      await page.reload();
      await page.send({ type: 'texts', texts });
      await page.send(show(await clip(), { resume: true }));
      await seen(page);
      const { currentTime, volume, paused, loop } = await page.video();
      assert.deepEqual({ currentTime, volume, paused, loop }, { currentTime: 1.25, volume: 0.5, paused: true, loop: true });
    });

    it('starts another clip from the beginning', async () => {
      const page = await start();
      await page.send(show(await clip()));
      await seen(page);
      await afterEvents(page, 'video', ['seeked'], 'it.currentTime = 1');
      await page.reload();
      await page.send({ type: 'texts', texts });
      await page.send(show(await clip({ takeId: 'take-2' }), { resume: true }));
      await seen(page);
      assert.equal((await page.video()).currentTime, 0);
    });
  });

  describe('in words', () => {
    it('says what comes while there is nothing', async () => {
      const page = await start();
      await page.send({ type: 'empty' });
      await page.page.getByText(texts.empty).waitFor();
      assert.equal(await page.page.locator('.details').isVisible(), false);
      assert.equal(await page.state(), null);
      await keep(page, 'empty');
    });

    it('says that the file is gone, and keeps prompt and facts', async () => {
      const page = await start({ theme: 'light' });
      await page.send(show(await clip({ source: { kind: 'trouble', trouble: 'missing' }, actions: ['saveAgain', 'copyPrompt'] })));
      await page.page.getByText(texts.missingHint).waitFor();
      assert.equal(await status(page), texts.missing);
      assert.equal(await page.page.locator('.prompt-text').textContent(), prompt);
      await page.page.getByRole('button', { name: texts.saveAgain }).click();
      assert.deepEqual(await page.heard('action'), { type: 'action', takeId: 'take-1', action: 'saveAgain' });
      await keep(page, 'missing');
    });

    it('says that a file cannot be played, and takes the better reason of the extension', async () => {
      const page = await start();
      const src = await file('broken.mp4', 'this is no clip');
      await page.send(show(await clip({ source: { kind: 'file', src } }), { autoplay: true }));
      const failed = await page.heard('failed');
      assert.deepEqual([failed.takeId, failed.trouble, failed.code], ['take-1', 'undecodable', 4]);
      await page.page.getByText(texts.undecodableHint).waitFor();
      await keep(page, 'undecodable');
      await page.send({ type: 'trouble', takeId: 'another', trouble: 'unreadable' });
      await page.send({ type: 'trouble', takeId: 'take-1', trouble: 'missing' });
      await page.page.getByText(texts.missingHint).waitFor();
      assert.equal(await status(page), texts.missing);
    });

    it('plays a good clip after a broken one', async () => {
      const page = await start();
      await page.send(show(await clip({ source: { kind: 'trouble', trouble: 'missing' } })));
      await page.send(show(await clip({ takeId: 'take-2' }), { autoplay: true }));
      assert.equal((await page.heard('playing')).takeId, 'take-2');
      await seen(page);
    });

    it('says that a clip has no picture instead of playing its sound alone', async () => {
      const page = await start();
      const src = await file('sound.wav', silentWav());
      await page.send(show(await clip({ source: { kind: 'file', src } }), { autoplay: true }));
      assert.equal((await page.heard('failed')).trouble, 'noPicture');
      await page.page.getByText(texts.noPictureHint).waitFor();
      assert.equal((await page.video()).paused, true);
      assert.equal(
        page.said.some(({ type }) => type === 'playing'),
        false,
      );
    });

    it('says that this editor cannot play the sound, and plays it outside', async () => {
      const page = await start({ withoutAac: true });
      await page.send(show(await clip({ sound: 'aac' })));
      assert.deepEqual(await page.heard('probed'), { type: 'probed', aac: false });
      assert.equal(await status(page), texts.soundUnplayable);
      await seen(page);
      await keep(page, 'sound-unplayable');
      await page.page.locator('.notice').getByRole('button', { name: texts.playOutside }).click();
      assert.deepEqual(await page.heard('action'), { type: 'action', takeId: 'take-1', action: 'playOutside' });
    });

    it('does not show a title twice that is only the head of the prompt', async () => {
      const page = await start();
      await page.send(show(await clip({ title: 'Dusk over the dunes. A lone…' })));
      await seen(page);
      assert.equal((await box(page, '.title')).width, 1);
      assert.equal((await box(page, '.prompt')).y < (await box(page, '.screen')).height + 30, true);
      assert.equal(await page.page.getByRole('heading', { level: 1 }).textContent(), 'Dusk over the dunes. A lone…');
      await keep(page, 'title-is-prompt');
    });

    it('says nothing of sound where AAC plays', async () => {
      const page = await start();
      await page.send(show(await clip({ sound: 'aac' })));
      assert.deepEqual(await page.heard('probed'), { type: 'probed', aac: true });
      assert.equal(await page.page.locator('.notice').isVisible(), false);
    });

    it('confirms a copied prompt', async () => {
      const page = await start();
      await page.send(show(await clip()));
      await page.page.getByRole('button', { name: texts.copyPrompt }).click();
      assert.equal((await page.heard('action')).action, 'copyPrompt');
      await page.send({ type: 'copied' });
      await page.page.getByRole('button', { name: texts.copied }).waitFor();
      assert.equal(await status(page), texts.copied);
    });
  });
});

/** A tenth of a second of nothing: what a browser makes of a clip whose picture it does not know. */
function silentWav(): Uint8Array {
  const samples = 800;
  const wav = Buffer.alloc(44 + samples, 128);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + samples, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(8000, 24);
  wav.writeUInt32LE(8000, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(samples, 40);
  return wav;
}
