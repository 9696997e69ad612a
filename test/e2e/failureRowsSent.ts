import assert from 'node:assert/strict';
import type { FaultAct } from '../../src/simulator/faults';
import { anything, type FailureBench, type FailureRow, money } from '../support/failureBench';
import { jobsItem, savedTakes } from '../support/kreaVideoDriver';
import { waitFor } from '../support/waitFor';
import type { Words } from '../support/words';
import { modal, statusBarText } from '../support/workbenchDriver';

const unclearWords = (text: Words['text']): string =>
  text('Sent at {0}, but no clear answer came. Krea may be making this video.', anything);

const unclear: readonly { readonly name: string; readonly act: FaultAct }[] = [
  { name: 'a connection that breaks after Krea accepted', act: { kind: 'reset', moment: 'afterHandling' } },
  { name: 'HTML instead of an answer to the request', act: { kind: 'captivePortal' } },
  { name: 'a gateway error to the request', act: { kind: 'answer', status: 502, body: 'html' } },
];

/** The GET before each POST comes to nothing, so nothing is sent. */
const unreached: readonly { readonly name: string; readonly act: FaultAct; readonly what: (text: Words['text']) => string }[] = [
  {
    name: 'HTML instead of Krea',
    act: { kind: 'captivePortal' },
    what: (text) =>
      text(
        'Something answers in place of the Krea API, such as a log-in page of this network. Open a web page in a browser and log in, or check kreaVideo.apiBase.',
      ),
  },
  {
    name: 'trouble at Krea',
    act: { kind: 'answer', status: 503, body: 'html' },
    what: (text) => text('Krea has trouble of its own ({0}).', 503),
  },
  {
    name: 'a connection that breaks before the request',
    act: { kind: 'reset', moment: 'beforeReading' },
    what: (text) => text('The connection to Krea broke off ({0}).', anything),
  },
];

/** Krea has no place; cancelling the wait sends and costs nothing. */
const busyRow = (name: string, breaks: (bench: FailureBench) => void, posts: 0 | 1): FailureRow => ({
  name,
  what: (text) => text('Krea has no free place now (429). The job waits and is sent by itself.'),
  money: money.waiting,
  button: 'Show Jobs',
  posts,
  happens: async (bench) => {
    breaks(bench);
    await bench.order();
    await bench.statusBar(bench.words.text('waiting for a free place at Krea'));
  },
  afterButton: async (bench) => {
    const { page, words } = bench;
    await page.locator('.quick-input-widget:visible', { hasText: words.text('Krea Video: jobs') }).waitFor();
    await page.keyboard.press('Escape');
    await bench.command('cancelJob');
    await page.locator('.part.statusbar', { hasText: words.text('Cancelled before it was sent.') }).waitFor();
  },
});

export const sentRows: readonly FailureRow[] = [
  ...unreached.map(
    ({ act, ...row }): FailureRow => ({
      ...row,
      money: money.notSent,
      button: 'Send Now… {0}',
      posts: 0,
      happens: async (bench) => {
        bench.disturbProof(act);
        await bench.order();
      },
      ...(act.kind === 'captivePortal' && {
        beforeButton: (bench) => bench.disturb(),
        afterButton: async ({ studio }, posts) => {
          await savedTakes(studio, 1);
          assert.equal(studio.posts.length, posts + 1, 'sent once');
        },
      }),
    }),
  ),
  busyRow('429 that names no time', ({ studio }) => studio.simulator.set({ concurrency: { running: 0, backlog: 0, overflow: 429 } }), 1),
  busyRow(
    '429 that names a time',
    ({ studio }) =>
      studio.simulator.set({ concurrency: { running: 0, backlog: 0, overflow: 429, retryAfter: { seconds: 60, as: 'seconds' } } }),
    1,
  ),
  busyRow('429 before the request', (bench) => bench.disturbProof({ kind: 'answer', status: 429, body: 'json' }), 0),
  ...unclear.map(
    ({ name, act }): FailureRow => ({
      name,
      what: unclearWords,
      money: money.notKnown,
      button: 'Submit Again… {0} (may be paid twice)',
      posts: 1,
      happens: async (bench) => {
        bench.disturbPost(act);
        await bench.order();
      },
      afterButton: async ({ page, studio, words }, posts) => {
        await modal(page, words.text('Submit this request again? It may be paid twice.')).waitFor();
        await page.keyboard.press('Escape');
        await modal(page).waitFor({ state: 'hidden' });
        assert.equal(studio.posts.length, posts, 'nothing is sent without a yes');
        await waitFor('the unclear job in the status bar', async () => (await statusBarText(page, jobsItem)) !== undefined);
      },
    }),
  ),
];
