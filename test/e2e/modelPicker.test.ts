import assert from 'node:assert/strict';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { solidPng } from '../support/inputFiles';
import { answerMoney, savedTakes, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { samplePrompt } from '../support/sampleWorkspace';
import { SimulatedStudio } from '../support/simulatedStudio';
import { longTests } from '../support/testFiles';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import {
  chooseQuickPickRow,
  clickModalButton,
  clickQuickPickButton,
  inputBox,
  modal,
  openFile,
  quickPickRows,
  runCommand,
  screenshot,
  selectText,
} from '../support/workbenchDriver';

const widget = '.quick-input-widget:visible';
const wide = solidPng(1280, 720);

/** Told in order: each case goes on from the one before. */
for (const locale of longTests ? ([undefined, 'ja'] as const) : [undefined])
  describe(`the list of models, in ${locale ?? 'en'}`, () => {
    const words = wordsOf(locale);
    const { text } = words;
    const about = (usd: string) => text('about {0}/An estimated price, such as: about $0.37', usd);
    const star = { add: text('Add to Favourites'), remove: text('Remove from Favourites') };
    let studio: SimulatedStudio;
    let page: Page;

    before(async () => {
      studio = await SimulatedStudio.open({
        ...(locale && { locale }),
        theme: locale ? 'Default Light Modern' : 'Default Dark Modern',
        settings: { 'kreaVideo.openPlayer': 'never', 'kreaVideo.notifications': 'problems' },
        files: { 'heron.png': wide },
      });
      page = await studio.openWindow();
      await setToken(page, studio.token, words);
      await openFile(page, 'prompts.md');
      await selectText(page, samplePrompt);
    });
    after(() => studio?.stop());
    pictureOfFailure(() => page);

    const picture = (name: string) => screenshot(page, `models-${locale ?? 'en'}-${name}`);
    const open = async (command: 'generateFromSelection' | 'generateWithModel' = 'generateFromSelection') => {
      await runCommand(page, words.command(command));
      await page.locator(widget, { hasText: 'Kling 2.5' }).waitFor();
    };
    const leave = async () => {
      await page.keyboard.press('Escape');
      await page.locator(widget).waitFor({ state: 'hidden' });
    };
    /** What stands at the head of each group, and the first model in it. */
    const groups = () =>
      page.locator(`${widget} .monaco-list-row`, { has: page.locator('.quick-input-list-separator:visible') }).evaluateAll((rows) =>
        rows.map((row) => {
          const words = (of: string) => row.querySelector(of)?.textContent?.trim() ?? '';
          return `${words('.quick-input-list-separator')}: ${words('.label-name')}`;
        }),
      );
    /** From the box to the list, to the first button of its row, and on along its buttons. */
    const keysTo = async (label: string) => {
      const seen: string[] = [];
      for (const key of ['Tab', 'Tab', 'ArrowRight']) {
        await page.keyboard.press(key);
        seen.push(await page.evaluate<string>("document.activeElement?.getAttribute('aria-label') ?? ''"));
        if (seen.at(-1)?.includes(label)) return;
      }
      assert.fail(`no "${label}" among what keys reach: ${seen.join(' | ')}`);
    };

    it('names price and usual time of each, and of which day they are', async () => {
      await open();
      const [kling, next] = await quickPickRows(page);
      assert.equal(kling?.description, `${about('$0.37')} · ${text('ready in about {0}', '1:34')}`);
      assert.equal(next?.description, about('$0.37'));
      await picture('1-list');
      const today = new Date().toISOString().slice(0, 10);
      const origin = page.locator(`${widget} .quick-input-message`);
      assert.equal(await origin.innerText(), text('Models and prices as Krea states them now ({0}).', today));
      assert.deepEqual(await groups(), []);
    });

    it('puts favourites first, marked by a button that keys reach', async () => {
      await page.keyboard.press('ArrowDown');
      await keysTo(star.add);
      await page.keyboard.press('Enter');
      await waitFor('a favourite', async () => (await groups()).length === 2);
      assert.deepEqual(await groups(), [`${text('Favourites')}: Kling 2.6`, `${text('All other models')}: Kling 2.5`]);
      await picture('2-favourite');
      assert.equal(await page.locator(`${widget} .monaco-list-row.focused`, { hasText: 'Kling 2.6' }).count(), 1);
    });

    it('takes the mark away again, and keeps it over a reload', async () => {
      await clickQuickPickButton(page, 'Kling 3.0', star.add);
      await waitFor('two favourites', async () => (await groups()).at(1) === `${text('All other models')}: Kling 2.5`);
      await clickQuickPickButton(page, 'Kling 2.6', star.remove);
      const head = `${text('Favourites')}: Kling 3.0`;
      await waitFor('one favourite', async () => (await groups())[0] === head);
      await leave();
      await open();
      assert.deepEqual(await groups(), [head, `${text('All other models')}: Kling 2.5`]);
    });

    it('opens the parameters by a button that keys reach', async () => {
      await page.locator(`${widget} input`).first().fill('Kling 2.5');
      await keysTo(text('Parameters…'));
      await page.keyboard.press('Enter');
      await page.locator(widget, { hasText: text('Parameters of {0}', 'Kling 2.5') }).waitFor();
      await picture('3-parameters');
    });

    it('takes a file for a start image, and what a cheaper setting costs stands in the question', async () => {
      await chooseQuickPickRow(page, 'start_image');
      await chooseQuickPickRow(page, text('Choose a File…'));
      const box = await inputBox(page);
      await page.locator(`${widget} .monaco-list-row`, { hasText: 'heron.png' }).waitFor();
      await picture('4-file');
      await box.fill(path.join(studio.folder, 'heron.png'));
      await page.keyboard.press('Enter');
      await page.locator(`${widget} .monaco-list-row`, { hasText: 'start_image' }).filter({ hasText: 'heron.png' }).waitFor();
      await chooseQuickPickRow(page, 'duration');
      await chooseQuickPickRow(page, '10');
      await page.locator(`${widget} .monaco-list-row`, { hasText: about('$0.74') }).waitFor();
      await picture('5-chosen');
      await chooseQuickPickRow(page, text('Generate'));
      await modal(page).waitFor();
      await picture('6-question');
      const question = await answerMoney(page, text('Generate'), () => false);
      const [ten, five] = [text('{0} s', 10), text('{0} s', 5)];
      const cheaper = text('{0} instead of {1}: {2}./Such as: 5 s instead of 10 s: about $0.37.', five, ten, about('$0.37'));
      assert.ok(question?.includes(cheaper), question);
      assert.ok(question?.includes(`${text('Start image')}: heron.png`), question);
      assert.ok(question?.includes(text('Generate one video with {0} for {1}?', 'Kling 2.5', about('$0.74'))), question);
      await savedTakes(studio, 1);
      const [upload, ...more] = studio.simulator.uploads;
      assert.deepEqual([upload?.bytes.equals(wide), more.length], [true, 0]);
      assert.deepEqual(
        studio.posts.map(({ body }) => body),
        [{ prompt: samplePrompt, start_image: `${studio.simulator.fileBase}/assets/${upload?.id}.png`, duration: 10 }],
      );
    });

    it('has what was used last after the favourites', async () => {
      await open();
      assert.deepEqual(await groups(), [
        `${text('Favourites')}: Kling 3.0`,
        `${text('Last used')}: Kling 2.5`,
        `${text('All other models')}: Kling 2.6`,
      ]);
      await picture('7-groups');
      await leave();
    });

    it('tells of a paid job again what it costs today and what would cost less', async () => {
      await runCommand(page, words.command('showJobs'));
      await chooseQuickPickRow(page, samplePrompt.slice(0, 20));
      await chooseQuickPickRow(page, text('Generate Again… {0}', about('$0.74')));
      await modal(page, text('Generate one video with {0} for {1}?', 'Kling 2.5', about('$0.74'))).waitFor();
      await picture('8-again');
      assert.ok((await modal(page).innerText()).includes(about('$0.37')));
      await clickModalButton(page, '', 'Cancel');
      await modal(page).waitFor({ state: 'hidden' });
      assert.equal(studio.posts.length, 1);
    });

    it('leaves the token on no disk', () => studio.assertTokenKept());
  });
