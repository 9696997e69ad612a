import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { isPlayerState, type PageClip, type ToPage } from '../../src/player/messages';
import { playerTexts } from '../../src/player/playerTexts';
import { editorThemes, type ThemeName } from '../support/editorThemes';
import { type LabPage, type LabPageOptions, openPlayerLab, type PlayerLab } from '../support/playerLab';

const texts = playerTexts({ t: (message) => message });
const out = path.resolve('test/e2e/out');

const shapes = {
  wide: { width: 640, height: 360, seconds: 2 },
  spoken: { width: 640, height: 360, seconds: 2, sound: true },
  upright: { width: 360, height: 640, seconds: 2 },
  square: { width: 480, height: 480, seconds: 2 },
} as const;

const prompt =
  'Dusk over the dunes. A lone rider crosses the ridge from left to right, the sun low behind her.\n\nSlow dolly in, 35 mm, shallow depth of field; warm haze, long shadows, dust in the air.';

const facts = [
  { label: 'Model', value: 'Veo 3.1 Fast' },
  { label: 'Aspect ratio', value: '16:9' },
  { label: 'Resolution', value: '1280 × 720' },
  { label: 'Length', value: '8.0 s' },
  { label: 'Codecs', value: 'H.264, AAC' },
  { label: 'Size', value: '3.1 MB' },
  { label: 'Estimate', value: 'about $0.96' },
  { label: 'Take', value: '3 · 22 Nov 2026, 14:03' },
];

describe('the page of the player', () => {
  let lab: PlayerLab;
  const open: LabPage[] = [];

  before(async () => {
    lab = await openPlayerLab();
    await mkdir(out, { recursive: true });
  });

  after(() => lab.close());

  afterEach(async () => {
    const complaints = open.flatMap((page) => page.complaints);
    await Promise.all(open.splice(0).map((page) => page.close()));
    assert.deepEqual(complaints, []);
  });

  async function start(how: LabPageOptions = {}): Promise<LabPage> {
    const page = await lab.open(how);
    open.push(page);
    await page.send({ type: 'texts', texts });
    return page;
  }

  async function clip(change: Partial<PageClip> = {}, shape: keyof typeof shapes = 'wide'): Promise<PageClip> {
    return {
      takeId: 'take-1',
      source: { kind: 'file', src: `${await lab.clip(`${shape}.mp4`, shapes[shape])}?v=1` },
      title: 'Crossing the ridge',
      prompt,
      facts,
      sound: 'other',
      size: shapes[shape],
      actions: ['playOutside', 'reveal', 'copyPrompt'],
      ...change,
    };
  }

  const show = (shown: PageClip, how: Partial<ToPage & { type: 'show' }> = {}): ToPage => ({
    type: 'show',
    clip: shown,
    autoplay: false,
    loop: false,
    resume: false,
    ...how,
  });

  /** The picture is on the screen, not only loaded. */
  async function seen(page: LabPage): Promise<void> {
    await page.page.locator('.stage[data-view="ready"]').waitFor();
    await page.page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
  }

  const keep = (page: LabPage, name: string) => page.page.screenshot({ path: path.join(out, `player-${name}.png`) });
  const box = async (page: LabPage, selector: string) => {
    const found = await page.page.locator(selector).boundingBox();
    if (found === null) throw new Error(`${selector} is not on the page`);
    return found;
  };
  /** Does something to an element of the page, named `it`, and waits for the events that follow. */
  const afterEvents = (page: LabPage, selector: string, events: readonly string[], act: string) =>
    page.page.evaluate(`{
      const it = document.querySelector(${JSON.stringify(selector)});
      const heard = ${JSON.stringify(events)}.map((event) => new Promise((resolve) => it.addEventListener(event, resolve, { once: true })));
      ${act};
      Promise.all(heard).then(() => undefined);
    }`);
  const status = (page: LabPage) => page.page.getByRole('status').textContent();

  describe('playing', () => {
    it('waits for a person when it is not told to start', async () => {
      const page = await start();
      await page.send(show(await clip()));
      await seen(page);
      assert.equal((await page.video()).paused, true);
      assert.deepEqual(await page.heard('measured'), { type: 'measured', takeId: 'take-1', width: 640, height: 360, seconds: 2 });
      await page.page.getByRole('button', { name: texts.play, exact: true }).click();
      await page.heard('playing');
      assert.equal(await page.page.locator('.big-play').isVisible(), false);
      assert.equal(await page.page.evaluate('document.activeElement === document.querySelector("video[controls]")'), true);
      assert.equal((await page.video()).muted, false);
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
          .getByText(sound === 'none' ? texts.noSound : texts.soundUnplayable)
          .first()
          .waitFor();
        assert.equal(await page.page.locator('.sound-off').isVisible(), false);
      });

    it('neither starts nor loops by itself with reduced motion', async () => {
      const page = await start({ calm: true });
      await page.send(show(await clip(), { autoplay: true, loop: true }));
      await seen(page);
      const video = await page.video();
      assert.deepEqual([video.paused, video.loop], [true, false]);
      assert.equal(await page.page.getByRole('button', { name: texts.play, exact: true }).isVisible(), true);
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
      await page.page.waitForFunction(
        'JSON.parse(sessionStorage.getItem("state")).volume === 0.5 && !document.querySelector("video").seeking',
      );
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
      const src = await lab.file('broken.mp4', 'this is no clip');
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
      const src = await lab.file('sound.wav', silentWav());
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
      await page.page.locator('.sound').getByRole('button', { name: texts.playOutside }).click();
      assert.deepEqual(await page.heard('action'), { type: 'action', takeId: 'take-1', action: 'playOutside' });
    });

    it('does not show a title twice that is only the head of the prompt', async () => {
      const page = await start();
      await page.send(show(await clip({ title: 'Dusk over the dunes. A lone…' })));
      await seen(page);
      assert.equal((await box(page, '.title')).width, 1);
      assert.equal((await box(page, '.prompt')).y < (await box(page, '.stage')).height + 30, true);
      assert.equal(await page.page.getByRole('heading', { level: 1 }).textContent(), 'Dusk over the dunes. A lone…');
      await keep(page, 'title-is-prompt');
    });

    it('says nothing of sound where AAC plays', async () => {
      const page = await start();
      await page.send(show(await clip({ sound: 'aac' })));
      assert.deepEqual(await page.heard('probed'), { type: 'probed', aac: true });
      assert.equal(await page.page.locator('.sound').isVisible(), false);
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
        assert.equal(await page.page.locator('img, script:not([nonce])').count(), 0);
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
    ])
      it(`holds in ${size.width} by ${size.height}`, async () => {
        const page = await start(size);
        await page.send(show(await clip()));
        await seen(page);
        await keep(page, `dark-wide-${size.width}x${size.height}`);
        assert.equal(await page.page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true);
        await page.page.getByRole('button', { name: texts.reveal }).click();
        assert.equal((await page.heard('action')).action, 'reveal');
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
