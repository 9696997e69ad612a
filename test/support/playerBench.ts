import assert from 'node:assert/strict';
import path from 'node:path';
import type { PageClip, ToPage } from '../../src/player/messages';
import { playerTexts } from '../../src/player/playerTexts';
import { type LabPage, type LabPageOptions, openPlayerLab, type PlayerLab } from './playerLab';
import { screenshotFolder } from './projectRoot';

export const texts = playerTexts();
export const shapes = {
  wide: { width: 640, height: 360, seconds: 2 },
  spoken: { width: 640, height: 360, seconds: 2, sound: true },
  upright: { width: 360, height: 640, seconds: 2 },
  square: { width: 480, height: 480, seconds: 2 },
} as const;

export const prompt =
  'Dusk over the dunes. A lone rider crosses the ridge from left to right, the sun low behind her.\n\nSlow dolly in, 35 mm, shallow depth of field; warm haze, long shadows, dust in the air.';

export const facts = [
  { label: 'Model', value: 'Veo 3.1 Fast' },
  { label: 'Aspect ratio', value: '16:9' },
  { label: 'Resolution', value: '1280 × 720' },
  { label: 'Length', value: '8.0 s' },
  { label: 'Codecs', value: 'H.264, AAC' },
  { label: 'Size', value: '3.1 MB' },
  { label: 'Estimate', value: 'about $0.96' },
  { label: 'Take', value: '3 · 22 Nov 2026, 14:03' },
];

/** Hooks that give a suite a lab, and close its pages after each test; a complaint of the browser fails the test. */
export function playerBench() {
  let lab: PlayerLab | undefined;
  const open: LabPage[] = [];
  const there = () => {
    if (lab === undefined) throw new Error('the lab is not open');
    return lab;
  };

  before(async () => {
    lab = await openPlayerLab();
  });

  after(() => lab?.close());

  afterEach(async () => {
    const complaints = open.flatMap((page) => page.complaints);
    await Promise.all(open.splice(0).map((page) => page.close()));
    assert.deepEqual(complaints, []);
  });

  return {
    file: (name: string, bytes: Uint8Array | string) => there().file(name, bytes),
    clip: (change?: Partial<PageClip>, shape?: keyof typeof shapes) => labClip(there(), change, shape),
    async start(how: LabPageOptions = {}): Promise<LabPage> {
      const page = await there().open(how);
      open.push(page);
      await page.send({ type: 'texts', texts });
      return page;
    },
  };
}

async function labClip(lab: PlayerLab, change: Partial<PageClip> = {}, shape: keyof typeof shapes = 'wide'): Promise<PageClip> {
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

export const show = (shown: PageClip, how: Partial<ToPage & { type: 'show' }> = {}): ToPage => ({
  type: 'show',
  clip: shown,
  autoplay: false,
  loop: false,
  resume: false,
  ...how,
});

/** The picture is on the screen, not only loaded. */
export async function seen(page: LabPage): Promise<void> {
  await page.page.locator('.stage[data-view="ready"]').waitFor();
  await page.page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))');
}

export const keep = (page: LabPage, name: string) => page.page.screenshot({ path: path.join(screenshotFolder, `player-${name}.png`) });
export const box = async (page: LabPage, selector: string) => {
  const found = await page.page.locator(selector).boundingBox();
  if (found === null) throw new Error(`${selector} is not on the page`);
  return found;
};
/** Does something to an element of the page, named `it`, and waits for the events that follow. */
export const afterEvents = (page: LabPage, selector: string, events: readonly string[], act: string) =>
  page.page.evaluate(`{
    const it = document.querySelector(${JSON.stringify(selector)});
    const heard = ${JSON.stringify(events)}.map((event) => new Promise((resolve) => it.addEventListener(event, resolve, { once: true })));
    ${act};
    Promise.all(heard).then(() => undefined);
  }`);
export const status = (page: LabPage) => page.page.getByRole('status').textContent();
