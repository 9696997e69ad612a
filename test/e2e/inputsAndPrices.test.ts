import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { anything, boat, FailureBench } from '../support/failureBench';
import { png, solidPng } from '../support/inputFiles';
import type { Place } from '../support/inputOrPriceRow';
import { setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { ProxySwitch } from '../support/proxySwitch';
import { SimulatedStudio } from '../support/simulatedStudio';
import { longTests } from '../support/testFiles';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { modal, screenshot } from '../support/workbenchDriver';
import { inputRows } from './inputRows';
import { offlineRows, priceRows } from './priceRows';

/** Told in order: the window begins without any network, and what Krea asks for changes at the end. */
for (const locale of longTests ? ([undefined, 'ja'] as const) : [undefined])
  describe(`what is wrong with a file or a price is told, and costs nothing, in ${locale ?? 'en'}`, () => {
    let studio: SimulatedStudio;
    let network: ProxySwitch;
    let page: Page;
    let bench: FailureBench;

    before(async () => {
      studio = await SimulatedStudio.open({
        ...(locale && { locale }),
        theme: locale ? 'Default Light Modern' : 'Default Dark Modern',
        settings: { 'kreaVideo.openPlayer': 'never', 'kreaVideo.notifications': 'problems' },
        files: {
          [boat.file]: `${boat.prompt}\n`,
          'fake.png': 'This is text, whatever its name says.',
          'tower.png': solidPng(720, 1280, [120, 60, 40]),
          'tiny.png': solidPng(400, 225),
        },
      });
      writeHuge(path.join(studio.folder, 'huge.png'), 76 * 1024 * 1024);
      network = await ProxySwitch.open(Number(new URL(studio.simulator.apiBase).port));
      studio.workbench.setSettings({
        'kreaVideo.apiBase': network.url,
        'kreaVideo.openPlayer': 'never',
        'kreaVideo.notifications': 'problems',
      });
      page = await studio.openWindow();
      bench = new FailureBench(studio, page, wordsOf(locale));
      await setToken(page, studio.token, bench.words);
    });
    after(async () => {
      await studio?.stop();
      await network?.close();
    });
    pictureOfFailure(() => page);

    /** Where the sentences are to be read. */
    const shownIn = (place: Place): Locator => {
      switch (place) {
        case 'notification':
          return bench.notifications.first().locator('.notification-list-item-message');
        case 'question':
          return modal(page);
        case 'picker':
          return page.locator('.quick-input-widget:visible');
        case 'status bar':
          return page.locator('.part.statusbar');
      }
    };
    const buttonsIn = (place: Place): Locator =>
      place === 'question'
        ? modal(page).locator('.monaco-button')
        : bench.notifications.first().locator('.notification-list-item-buttons-container .monaco-button');

    for (const row of [...offlineRows, ...inputRows, ...priceRows])
      it(row.name, async () => {
        await bench.mend();
        const { simulator } = studio;
        const uploads = () =>
          simulator.requests.filter(({ method, path: to, answer }) => method === 'POST' && to === '/assets' && answer === 200).length;
        const count = () => ({ posts: studio.posts.length, uploads: uploads(), jobs: simulator.jobs.length });
        const before = count();
        await row.happens({ bench, network });
        const pieces = (await row.says(bench.words.text)).map((piece) => new RegExp(piece.split(anything).map(literally).join('.+')));
        const place = shownIn(row.place);
        const shown = await waitFor(`words for: ${row.name}`, async () => {
          const text = (await place.count()) > 0 ? (await place.allInnerTexts()).join('\n') : '';
          return pieces[0]?.test(text) && text;
        });
        await screenshot(page, `inputs-${locale ?? 'en'}-${row.name.replaceAll(/[ ,]+/g, '-')}`);
        for (const piece of pieces) assert.match(shown, piece);
        if (row.place === 'notification') assert.equal(await isCutOff(place), false, `cut off: ${shown}`);
        if (row.button !== undefined) {
          const labels = await buttonsIn(row.place).allInnerTexts();
          assert.ok(labels.includes(bench.words.text(row.button)), `no "${row.button}" among ${labels.join(', ')}`);
        }
        await row.afterwards?.({ bench, network });
        if (row.place === 'question' || row.place === 'picker') await page.keyboard.press('Escape');
        const after = count();
        assert.deepEqual(
          { posts: after.posts - before.posts, uploads: after.uploads - before.uploads, jobs: after.jobs - before.jobs },
          { posts: row.posts, uploads: row.uploads, jobs: row.jobs },
        );
      }).timeout(90_000);

    it('leaves the token on no disk', () => studio.assertTokenKept());
  });

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function isCutOff(message: Locator): Promise<boolean> {
  return message.evaluate(
    (line: { scrollWidth: number; clientWidth: number; scrollHeight: number; clientHeight: number }) =>
      line.scrollWidth > line.clientWidth + 1 || line.scrollHeight > line.clientHeight + 1,
  );
}

/** The head of a picture, and nothing after it: as large as it is said to be, though hardly any disk is used. */
function writeHuge(file: string, bytes: number): void {
  const handle = openSync(file, 'w');
  writeSync(handle, png(1280, 720));
  ftruncateSync(handle, bytes);
  closeSync(handle);
}
