import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { order, savedTakes, selectFile, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { projectRoot } from '../support/projectRoot';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { chooseQuickPickRow, clickModalButton, modal, openFile, runCommand, screenshot } from '../support/workbenchDriver';

const steps = ['tryOffline', 'connectKrea', 'makeVideo', 'writeStoryboard'] as const;
type Step = (typeof steps)[number];

/** What is read of an image; the tests are compiled without the browser's types. */
interface Picture {
  readonly naturalWidth: number;
  readonly srcset: string;
}

for (const locale of [undefined, 'ja'] as const)
  describe(`first steps, in ${locale ?? 'en'}`, () => {
    const words = wordsOf(locale);
    const manifest: Readonly<Record<string, string>> = JSON.parse(
      readFileSync(path.join(projectRoot, locale ? `package.nls.${locale}.json` : 'package.nls.json'), 'utf8'),
    );
    const text = (key: string): string => manifest[key] ?? assert.fail(`no text for ${key}`);
    let studio: SimulatedStudio;
    let page: Page;

    before(async () => {
      studio = await SimulatedStudio.open({
        ...(locale && { locale }),
        theme: locale ? 'Default Light Modern' : 'Default Dark Modern',
        // VS Code leaves the pictures out where there is no room
        viewport: { width: 1800, height: 900 },
      });
      page = await studio.openWindow();
    });
    after(() => studio?.stop());
    pictureOfFailure(() => page);

    const step = (name: Step): Locator => page.locator('.getting-started-step', { hasText: text(`walkthrough.${name}.title`) });
    const ticked = async (): Promise<readonly Step[]> => {
      const done: Step[] = [];
      for (const name of steps) if ((await step(name).locator('.codicon.complete').count()) > 0) done.push(name);
      return done;
    };
    const tickedBecome = (wanted: readonly Step[]) =>
      waitFor(`ticks at ${wanted.join(', ') || 'nothing'}`, async () => (await ticked()).join() === wanted.join());

    async function walkthrough(): Promise<void> {
      await runCommand(page, 'Welcome: Open Walkthrough...');
      await chooseQuickPickRow(page, text('walkthrough.title'));
      await step('tryOffline').waitFor();
    }

    const appears = (what: Locator): Promise<boolean> =>
      what.waitFor({ timeout: 8000 }).then(
        () => true,
        () => false,
      );

    it('shows four steps, none ticked, each with a picture that has words', async () => {
      await walkthrough();
      assert.deepEqual(await ticked(), []);
      for (const name of steps) {
        const picture = page.getByAltText(text(`walkthrough.${name}.picture`), { exact: true });
        await waitFor(`the picture of ${name}, drawn`, async () => {
          await step(name).click();
          return appears(picture);
        });
        // 720 pixels, which VS Code shows at one and a half to a point
        await waitFor(`the picture of ${name}`, async () => (await picture.evaluate((image: Picture) => image.naturalWidth)) === 480);
        assert.match(await picture.evaluate((image: Picture) => image.srcset), new RegExp(`${name}-${locale ? 'light' : 'dark'}[.]png`));
        await screenshot(page, `first-steps-${locale ?? 'en'}-${name}`);
      }
    });

    it('ticks Try Offline when the demo runs', async () => {
      await step('tryOffline').click();
      await page.locator('.getting-started-step.expanded .monaco-button, .getting-started-step.expanded .button-link').first().click();
      await tickedBecome(['tryOffline']);
      await runCommand(page, words.command('leaveOffline'));
    });

    it('ticks Connect Krea when the token is proven', async () => {
      await setToken(page, studio.token, words);
      await tickedBecome(['tryOffline', 'connectKrea']);
    });

    if (!locale)
      it('ticks the first video when it is saved', async () => {
        await selectFile(page, 'prompts.md');
        await order(studio, page);
        await savedTakes(studio, 1);
        await walkthrough();
        await tickedBecome(['tryOffline', 'connectKrea', 'makeVideo']);
      });

    it('ticks the storyboard when one with a shot is there', async () => {
      const before = await ticked();
      await openFile(page, 'lighthouse.storyboard.md');
      await walkthrough();
      await tickedBecome([...before, 'writeStoryboard']);
    });

    it('checks the setup, and with consent makes one cheapest video', async () => {
      const posts = studio.posts.length;
      await runCommand(page, words.command('checkSetup'));
      const heading = words.text('Krea Video: setup report');
      const report = (): Promise<string> => page.locator('.editor-instance .view-lines').first().innerText();
      await waitFor('the report', async () => (await report().catch(() => '')).replaceAll('\u00a0', ' ').includes(heading));
      assert.equal(studio.posts.length, posts);
      await screenshot(page, `check-setup-${locale ?? 'en'}`);

      const toast = page.locator('.notifications-toasts .notification-list-item').first();
      await toast.waitFor();
      const button = toast.locator('.monaco-button', { hasText: '$' });
      assert.match((await button.textContent()) ?? '', /\$0\.\d\d/);
      await button.click();
      await waitFor(
        'the question about the money, or the request',
        async () => (await modal(page).isVisible()) || studio.posts.length > posts,
      );
      if (await modal(page).isVisible()) {
        assert.match(await modal(page).innerText(), /\$0\.\d\d/);
        assert.equal(studio.posts.length, posts);
        await clickModalButton(page, '', words.text('Generate'));
      }
      await waitFor(
        'the report of the job',
        async () =>
          (await page.locator('.editor-instance .view-lines').allInnerTexts()).some((lines) => lines.includes('job.done.completed')),
        {
          deadlineMs: 60_000,
        },
      );
      assert.equal(studio.posts.length, posts + 1);
      studio.assertTokenKept();
      await screenshot(page, `check-setup-video-${locale ?? 'en'}`);
    });
  });
