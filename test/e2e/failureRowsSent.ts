import assert from 'node:assert/strict';
import type { FaultAct } from '../../src/simulator/faults';
import { anything, type FailureBench, type FailureRow, money } from '../support/failureBench';
import { jobsItem, savedTakes } from '../support/kreaVideoDriver';
import { waitFor } from '../support/waitFor';
import type { Words } from '../support/words';
import { clickNotificationButton, statusBarText } from '../support/workbenchDriver';

const unclear: readonly { readonly name: string; readonly act: FaultAct }[] = [
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
];

/** They come last: such a job stays open, and nothing but hours or the user ends it. */
export const unclearRows: readonly FailureRow[] = [
  {
    name: 'a connection that breaks after Krea accepted',
    what: (text) =>
      `${text('Sent at {0}, no answer. Krea lists one job that was made at {1}. It may be yours; others can use this workspace too.', anything, anything)} ${text('Its clip is here: look whether it is yours.')}`,
    money: money.notKnown,
    button: 'Show Its Clip',
    posts: 1,
    happens: async (bench) => {
      bench.disturbPost({ kind: 'reset', moment: 'afterHandling' });
      await bench.order();
    },
    afterButton: async ({ page, studio, words }, posts) => {
      const [question = ''] = words.text('Is this the video you asked for? “{0}”', anything).split(anything);
      await clickNotificationButton(page, question, words.text('It Is Mine'));
      await savedTakes(studio, 1);
      assert.equal(studio.posts.length, posts, 'nothing more is sent');
    },
  },
  ...unclear.map(
    ({ name, act }): FailureRow => ({
      name,
      what: (text) =>
        text(
          'Sent at {0}, but no clear answer came. Krea lists no job of that time so far. It is looked for until Krea must have ended it.',
          anything,
        ),
      money: money.notKnown,
      button: 'Look Again (free)',
      posts: 1,
      happens: async (bench) => {
        bench.disturbPost(act);
        await bench.order();
      },
      afterButton: async ({ page, studio }, posts) => {
        await waitFor('the unclear job in the status bar', async () => (await statusBarText(page, jobsItem)) !== undefined);
        assert.equal(studio.posts.length, posts, 'looking sends nothing');
      },
    }),
  ),
];
