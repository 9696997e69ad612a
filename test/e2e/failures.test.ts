import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { boat, FailureBench } from '../support/failureBench';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { longTests } from '../support/testFiles';
import { wordsOf } from '../support/words';
import { screenshot } from '../support/workbenchDriver';
import { endedRows } from './failureRowsEnded';
import { firstRows, folderRows } from './failureRowsGesture';
import { refusedRows } from './failureRowsRefused';
import { sentRows, unclearRows } from './failureRowsSent';

// the same walk in Japanese takes five minutes more; test/unit/failures.test.ts holds the words of both
for (const locale of longTests ? ([undefined, 'ja'] as const) : [undefined])
  describe(`every failure tells what happened, of the money and a next step, in ${locale ?? 'en'}`, () => {
    let studio: SimulatedStudio;
    let page: Page;
    let bench: FailureBench;

    before(async () => {
      studio = await SimulatedStudio.open({
        ...(locale && { locale }),
        theme: locale ? 'Default Light Modern' : 'Default Dark Modern',
        workspaceTrust: true,
        settings: {
          'security.workspace.trust.startupPrompt': 'never',
          'security.workspace.trust.banner': 'never',
          'kreaVideo.openPlayer': 'never',
          'kreaVideo.notifications': 'problems',
          'kreaVideo.askAboveMegabytes': 12,
        },
        files: { [boat.file]: `${boat.prompt}\n`, 'blank.md': '   \n\n  \n', 'dot.png': '' },
      });
      page = await studio.openWindow();
      bench = new FailureBench(studio, page, wordsOf(locale));
    });
    after(() => studio?.stop());
    pictureOfFailure(() => page);

    for (const row of [...firstRows, ...folderRows, ...refusedRows, ...sentRows, ...endedRows, ...unclearRows])
      it(row.name, async () => {
        await bench.mend();
        const before = studio.posts.length;
        await row.happens(bench);
        const told = await bench.told(row);
        const button = await bench.button(told, row.button, row.dismiss);
        await screenshot(page, `failure-${locale ?? 'en'}-${row.name.replaceAll(/[ ,]+/g, '-')}`);
        assert.equal(studio.posts.length - before, row.posts);
        await row.beforeButton?.(bench);
        if (!row.afterButton) return bench.close(told);
        await button.click();
        await row.afterButton(bench, before + row.posts);
      }).timeout(60_000);

    it('leaves the token on no disk', () => studio.assertTokenKept());
  });
