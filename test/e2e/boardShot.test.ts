import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { answerMoney, jobsItem, playerPrompt, savedTakes, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { projectRoot } from '../support/projectRoot';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { type Words, wordsOf } from '../support/words';
import {
  clickQuickPickButton,
  notification,
  openFile,
  quickPickRows,
  runCommand,
  screenshot,
  statusBarItem,
  waitForPlaying,
} from '../support/workbenchDriver';

const readBoard = (name: string): string => readFileSync(path.join(projectRoot, 'test/unit/boards', `${name}.storyboard.md`), 'utf8');

interface Walk {
  readonly board: 'anime' | 'commercial' | 'documentary' | 'goldSeam' | 'lighthouse';
  readonly theme: string;
  readonly marks: string;
  /** Words of the shot's heading, and its id. */
  readonly heading: string;
  readonly shot: string;
  readonly price: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly clip: string;
  /** The line of the text after which the pick is written, or which holds another one. */
  readonly after: string;
}

const commercial: Walk = {
  board: 'commercial',
  theme: 'Light Modern',
  marks: 'vs',
  heading: 'Shot 1 – Wide, the beach',
  shot: 'Shot 1',
  price: '$0.74',
  body: {
    prompt:
      'Natural light, 50 mm, shallow depth of field, muted teal and amber. An empty beach before dawn. A fishing boat far out, its lamp lit.\nThe camera is locked.',
    duration: 10,
    aspect_ratio: '16:9',
  },
  clip: 'takes/commercial/Shot-1/Shot-1_take-001.mp4',
  after: '- music: one piano note',
};
const documentary: Walk = {
  board: 'documentary',
  theme: 'Default High Contrast',
  marks: 'hc-black',
  heading: 'SC02_SH010 The old landing',
  shot: 'SC02_SH010',
  price: '$1.68',
  body: {
    prompt:
      '16 mm archive footage, gate weave, faded colours, 1970s. A wide grey river under low cloud. A wooden landing, men in caps wait with bicycles.\n\nNobody looks into the camera.',
    duration: 8,
    generate_audio: false,
    resolution: '1080p',
  },
  clip: 'takes/river/SC02_SH010/SC02_SH010_take-001.mp4',
  after: '* sfx: wind in the ropes',
};
const anime: Walk = {
  board: 'anime',
  theme: 'Dark Modern',
  marks: 'vs-dark',
  heading: 'カット1　雨',
  shot: 'カット1',
  price: '$1.59',
  body: {
    prompt: '手描き風アニメ、柔らかい水彩の背景、夕方の青い光。夕立の校門。水たまりに街灯が映る。カメラはゆっくり下りる。',
    duration: 5,
    aspect_ratio: '16:9',
    resolution: '720p',
  },
  clip: 'takes/anime/カット1/カット1_take-001.mp4',
  after: '- duration：５秒',
};

const goldSeam: Walk = {
  board: 'goldSeam',
  theme: 'Dark Modern',
  marks: 'vs-dark',
  heading: 'LON010 Rain',
  shot: 'LON010',
  price: '$0.74',
  body: {
    prompt:
      'Shot on 35 mm, window light only, shallow focus, dust in the air, quiet colours. A narrow kitchen, grey morning, rain on the window. Nobody is there yet. The camera creeps towards the window.',
    duration: 10,
    aspect_ratio: '16:9',
  },
  clip: 'takes/gold-seam/LON010/LON010_take-001.mp4',
  after: '- duration: 10',
};
const lighthouse: Walk = {
  board: 'lighthouse',
  theme: 'Dark Modern',
  marks: 'vs-dark',
  heading: 'SH020 The stairs',
  shot: 'SH020',
  price: '$0.74',
  body: {
    prompt:
      '35 mm, deep blue night, amber lamp, unhurried camera, fine grain. Mika, seventy, a long grey braid, a navy coat with brass buttons carries an oil lamp up a spiral of iron stairs. The camera follows, tilting up.',
    duration: 10,
    aspect_ratio: '16:9',
  },
  clip: 'takes/lighthouse/SH020/SH020_take-001.mp4',
  after: '- pick: 2',
};

/** A link over a line of the text. */
const lens = (page: Page, text: string | RegExp): Locator => page.locator('.codelens-decoration a', { hasText: text });
const lensLine = (page: Page, text: string | RegExp): Locator => page.locator('.codelens-decoration', { hasText: text });

/** With the keyboard: a click into the text may meet a lens. */
const focusText = (page: Page): Promise<void> => page.keyboard.press('Control+1');

/** Puts the cursor on the shot's heading. */
async function goTo(page: Page, { board, heading }: Pick<Walk, 'board' | 'heading'>): Promise<void> {
  await openFile(page, `${board}.storyboard.md`);
  const line =
    readBoard(board)
      .split('\n')
      .findIndex((text) => text.includes(heading)) + 1;
  assert.ok(line > 0, heading);
  await focusText(page);
  await page.keyboard.press('Control+G');
  await page.locator('.quick-input-widget:visible input').first().fill(`:${line}`, { timeout: 30_000 });
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: 30_000 });
}

/** From the text of a shot to its picked take, with the mouse. */
async function walk(studio: SimulatedStudio, page: Page, one: Walk, words: Words): Promise<void> {
  const { board, shot, body, clip, after } = one;
  const [before, saved] = [studio.posts.length, studio.takes().length];
  await page.locator(`.monaco-workbench.${one.marks}`).waitFor({ timeout: 30_000 });
  await goTo(page, one);
  const generate = lens(page, words.text('Generate · {0}', words.text('about {0}/An estimated price, such as: about $0.37', one.price)));
  await generate.first().waitFor({ timeout: 60_000 });
  await screenshot(page, `shot-${board}-1-text`);
  // long enough for the time of the running job to be seen
  studio.jobsRun(8000);
  await generate.first().click();
  const asked = await answerMoney(page, words.text('Generate'), () => studio.posts.length > before);
  assert.ok(asked?.includes(shot), `the question names the shot: ${asked}`);
  await lens(page, /\d:\d\d/)
    .first()
    .waitFor({ timeout: 30_000 });
  const status = await statusBarItem(page, jobsItem).innerText({ timeout: 30_000 });
  assert.ok(status.includes(`${shot} · `), status);
  await screenshot(page, `shot-${board}-2-running`);
  assert.deepEqual(await savedTakes(studio, saved + 1), [...studio.takes()]);
  assert.ok(studio.takes().includes(clip), studio.takes().join());
  const [post, ...more] = studio.posts.slice(before);
  assert.deepEqual([post?.body, more.length], [body, 0]);

  await waitForPlaying(page);
  assert.equal(await playerPrompt(page), body.prompt);
  const current = words.text('current/A shot whose take is of the text as it stands');
  await lensLine(page, current).first().waitFor({ timeout: 30_000 });
  await screenshot(page, `shot-${board}-3-made`);
  const takes = lens(page, words.text('1 take'));
  await waitFor('the take to count as seen', async () => (await takes.first().innerText()) === words.text('1 take'));
  await takes.first().click();
  const [row] = await quickPickRows(page);
  assert.ok(row?.label.includes(words.text('Take {0}', 1)), JSON.stringify(row));
  await screenshot(page, `shot-${board}-4-takes`);
  await clickQuickPickButton(page, words.text('Take {0}', 1), words.text('Pick This Take'));
  await focusText(page);
  const file = path.join(studio.folder, `${board}.storyboard.md`);
  const line = `${after.charAt(0)} pick: 1`;
  const picked = readBoard(board).replace(after, /pick:/.test(after) ? line : `${after}\n${line}`);
  await waitFor('the picked take in the file', async () => {
    await page.keyboard.press('ControlOrMeta+S');
    return readFileSync(file, 'utf8') === picked;
  });
  await lensLine(page, current).first().waitFor({ timeout: 30_000 });
  await screenshot(page, `shot-${board}-5-picked`);
  assert.equal(studio.posts.length, before + 1);
}

const boards = Object.fromEntries(
  ['anime', 'commercial', 'documentary', 'goldSeam', 'lighthouse'].map((name) => [`${name}.storyboard.md`, readBoard(name)]),
);
const theme = (name: string) => ({ 'workbench.colorTheme': name });

describe('a shot of a storyboard, from its text to a picked take', () => {
  describe('in English', () => {
    let studio: SimulatedStudio;
    let page: Page;
    before(async () => {
      studio = await SimulatedStudio.open({ settings: theme(commercial.theme), clips: 'one each', runMs: 6000, files: boards });
      page = await studio.openWindow();
      await setToken(page, studio.token);
    });
    after(() => studio?.stop());
    pictureOfFailure(() => page);

    it('goes well with a commercial, in the light theme', () => walk(studio, page, commercial, wordsOf()));

    it('goes well with a documentary, in high contrast', async () => {
      await studio.reloadWith(page, theme(documentary.theme));
      await walk(studio, page, documentary, wordsOf());
    });

    it('goes well with forty shots in two languages, and with a shot whose pick is not there, in the dark theme', async () => {
      await studio.reloadWith(page, theme(goldSeam.theme));
      await walk(studio, page, goldSeam, wordsOf());
      await walk(studio, page, lighthouse, wordsOf());
    });

    it('says why a shot is not generated, and goes there', async () => {
      await goTo(page, { board: 'documentary', heading: 'SC02_SH020' });
      const needs = lens(page, 'Needs a frame of SC02_SH010');
      await needs.first().click();
      const said = notification(page, 'SC02_SH020 needs a frame of SC02_SH010');
      await said.waitFor({ timeout: 30_000 });
      await screenshot(page, 'shot-documentary-6-frame');
      await said.getByRole('button', { name: 'Show in Text' }).click();
      await page
        .locator('.statusbar-item[id="status.editor.selection"]', { hasText: `(${'frame(SC02_SH010@3.5)'.length} selected)` })
        .waitFor({ timeout: 30_000 });
      assert.equal(studio.posts.length, 4);
      studio.assertTokenKept();
    });
  });

  describe('in Japanese', () => {
    let studio: SimulatedStudio;
    let page: Page;
    before(async () => {
      studio = await SimulatedStudio.open({
        ...{ theme: anime.theme, locale: 'ja', clips: 'one each', runMs: 6000, files: boards },
      });
      page = await studio.openWindow();
      await setToken(page, studio.token, wordsOf('ja'));
    });
    after(() => studio?.stop());
    pictureOfFailure(() => page);

    it('goes well with an anime short, in the dark theme', () => walk(studio, page, anime, wordsOf('ja')));
  });

  describe('in a folder that is not trusted', () => {
    let studio: SimulatedStudio;
    before(async () => {
      studio = await SimulatedStudio.open({
        settings: { ...theme('Dark Modern'), 'security.workspace.trust.startupPrompt': 'always' },
        files: boards,
        workspaceTrust: true,
      });
    });
    after(() => studio?.stop());

    it('is read, and nothing of it is sent', async () => {
      const page = await studio.openWindow();
      await page.locator('.monaco-dialog-box').getByRole('button', { name: /^No, / }).click({ timeout: 60_000 });
      await openFile(page, 'commercial.storyboard.md');
      await lens(page, 'Restricted Mode: nothing from this folder is sent.').waitFor({ timeout: 60_000 });
      await lensLine(page, 'no take').first().waitFor({ timeout: 30_000 });
      await screenshot(page, 'shot-commercial-7-restricted');
      assert.equal(await lens(page, 'Generate').count(), 0);
      await goTo(page, commercial);
      await runCommand(page, wordsOf().command('generateShot'));
      await notification(page, 'Restricted Mode: nothing from this folder is sent.').waitFor({ timeout: 30_000 });
      assert.deepEqual(studio.posts, []);
    });
  });
});
