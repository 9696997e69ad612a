import type { Page } from 'playwright-core';
import { screenshot } from './workbenchDriver';

/** Leaves a picture of the window beside the other screenshots when a test of this suite fails. */
export function pictureOfFailure(page: () => Page | undefined): void {
  afterEach(async function () {
    const failed = this.currentTest?.state === 'failed' ? this.currentTest.fullTitle() : undefined;
    const shown = page();
    if (failed === undefined || !shown || shown.isClosed()) return;
    await screenshot(shown, `failed ${failed.slice(-100)}`.replaceAll(/[^\p{L}\d]+/gu, '-')).catch(() => undefined);
  });
}
