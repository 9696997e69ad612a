import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type PageClip, type PlayerTexts, playerTextNames, type ToPage } from '../../src/player/messages';
import { playerTexts } from '../../src/player/playerTexts';
import { type LabPage, type LabPageOptions, openPlayerLab, type PlayerLab } from './playerLab';
import { projectRoot, screenshotFolder } from './projectRoot';
import { waitFor } from './waitFor';

export const texts = playerTexts();
export const shapes = {
  wide: { width: 640, height: 360, seconds: 2 },
  spoken: { width: 640, height: 360, seconds: 2, sound: true },
  upright: { width: 360, height: 640, seconds: 2 },
  square: { width: 480, height: 480, seconds: 2 },
  fadeIn: { width: 640, height: 360, seconds: 2, black: 0.9 },
} as const;

export const prompt =
  'Dusk over the dunes. A lone rider crosses the ridge from left to right, the sun low behind her.\n\nSlow dolly in, 35 mm, shallow depth of field; warm haze, long shadows, dust in the air.';

export const facts = [
  { label: 'Model', value: 'Veo 3.1 Fast' },
  { label: 'Aspect ratio', value: '16:9' },
  { label: 'Resolution', value: '1280 × 720' },
  { label: 'Length', value: '8.0 s' },
  { label: 'Estimate', value: 'about $0.96' },
];

export const properties = [
  { label: 'Size', value: '1280 × 720 · 3.1 MB' },
  { label: 'Codecs', value: 'h264 · aac' },
  { label: 'Made in', value: '48 s, saved at 14:03' },
  { label: 'File', value: 'crossing-the-ridge_take-003.mp4' },
  { label: 'Folder', value: 'takes/dunes/crossing-the-ridge' },
];

/** The file that a person in Japan gets: the page has no texts of its own. */
export function japaneseTexts(): PlayerTexts {
  const bundle: Readonly<Record<string, string>> = JSON.parse(
    readFileSync(path.join(projectRoot, 'media/l10n/bundle.l10n.ja.json'), 'utf8'),
  );
  const pairs = playerTextNames.map((name) => [name, bundle[texts[name]]] as const);
  return { ...texts, ...Object.fromEntries(pairs.filter(([, text]) => text !== undefined)) };
}

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
      await page.send({ type: 'texts', texts: how.language === 'ja' ? japaneseTexts() : texts });
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
    properties,
    again: 'Generate Again… about $0.96',
    poster: { kind: 'none' },
    sound: 'other',
    size: shapes[shape],
    actions: ['playOutside', 'reveal', 'copyPrompt', 'saveAs', 'generateAgain'],
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

/** A control by its name, whatever it says beyond that. */
export const control = (page: LabPage, name: string) => page.page.locator('.controls').getByRole('button', { name, exact: true });
export const menuItem = (page: LabPage, name: string) => page.page.locator('.menu .menu-item', { hasText: name }).first();
/** Opens *…* and presses an entry. */
export async function choose(page: LabPage, name: string): Promise<void> {
  await control(page, texts.more).click();
  await menuItem(page, name).click();
}

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
/** Waits until an expression holds in the page; asked from outside, since the page's policy forbids to evaluate text within. */
export const until = (page: LabPage, expression: string) =>
  waitFor(expression, async () => (await page.page.evaluate(expression)) === true);
/** The video is where it was sent. */
export const settled = (page: LabPage) => until(page, '!document.querySelector("video").seeking');
/** A property of all elements that match, in their order. */
export const each = (page: LabPage, selector: string, property: string): Promise<readonly string[]> =>
  page.page.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(selector)})].filter((one) => one.checkVisibility()).map((one) => one.${property})`,
  );
/** Does something to an element of the page, named `it`, and waits for the events that follow. */
export const afterEvents = (page: LabPage, selector: string, events: readonly string[], act: string) =>
  page.page.evaluate(`{
    const it = document.querySelector(${JSON.stringify(selector)});
    const heard = ${JSON.stringify(events)}.map((event) => new Promise((resolve) => it.addEventListener(event, resolve, { once: true })));
    ${act};
    Promise.all(heard).then(() => undefined);
  }`);
export const status = (page: LabPage) => page.page.getByRole('status').textContent();
