import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SwitchChange } from '../../src/simulator/switches';
import { anything, type FailureBench, type FailureRow, type Money, money } from '../support/failureBench';
import { savedTakes } from '../support/kreaVideoDriver';
import { waitFor } from '../support/waitFor';
import type { Words } from '../support/words';
import { reloadWindow } from '../support/workbenchDriver';

interface Ending {
  readonly name: string;
  readonly breaks: SwitchChange;
  readonly what: (text: Words['text']) => string;
  readonly money: Money;
}

const notFetched = (text: Words['text'], why: string) => text('Krea finished the video, but it could not be fetched: {0}.', text(why));

/** Accepted and ended by Krea without a clip. */
const withoutClip: readonly Ending[] = [
  {
    name: 'failed without a reason',
    breaks: { ending: 'failed', failure: { form: 'nothing', code: '' } },
    what: (text) => text('Krea could not make this video and gave no reason.'),
    money: money.saysNotCharged,
  },
  {
    name: 'failed with a reason',
    breaks: { ending: 'failed', failure: { form: 'resultError', code: '', message: 'The provider is <b>down</b>.' } },
    what: (text) => text('Krea could not make this video: {0}.', 'The provider is <b>down</b>'),
    money: money.saysNotCharged,
  },
  {
    name: 'failed by the content filter',
    breaks: { ending: 'failed', failure: { form: 'codeAndMessage', code: 'nsfw' } },
    what: (text) => text("Krea's content filter stopped this video ({0}). Other words may pass.", 'nsfw'),
    money: money.saysNotCharged,
  },
  {
    name: 'completed without a video',
    breaks: { urlsShape: 'emptyList' },
    what: (text) => text('Krea finished without a video, most likely because of its content filter.'),
    money: money.withoutVideo,
  },
  {
    name: 'cancelled by Krea',
    breaks: { ending: 'cancelled' },
    what: (text) => text('Krea cancelled this job.'),
    money: money.saysNotCharged,
  },
];

/** Finished and paid, but the clip does not come. */
const withoutFile: readonly Ending[] = [
  {
    name: 'a clip that is no video',
    breaks: { files: { body: 'html' } },
    what: (text) => notFetched(text, 'what came is no video'),
    money: money.paidOnce,
  },
];

/** The same clip, at no further POST. */
const fetchedForFree = async ({ studio }: FailureBench, posts: number): Promise<void> => {
  await savedTakes(studio, 1);
  assert.equal(studio.posts.length, posts, 'nothing is sent to Krea again');
};

const orderAnd =
  (breaks: SwitchChange) =>
  async (bench: FailureBench): Promise<void> => {
    bench.breaks(breaks);
    await bench.order();
  };

export const endedRows: readonly FailureRow[] = [
  ...withoutClip.map(({ breaks, ...row }): FailureRow => ({ ...row, button: 'Generate Again… {0}', posts: 1, happens: orderAnd(breaks) })),
  ...withoutFile.map(
    ({ breaks, ...row }, index): FailureRow => ({
      ...row,
      button: 'Save Again (free)',
      posts: 1,
      happens: orderAnd(breaks),
      ...(index === 0 && {
        beforeButton: (bench) => bench.breaks({ files: { body: 'clip' } }),
        afterButton: fetchedForFree,
      }),
    }),
  ),
  {
    name: 'a full disk when the clip comes',
    what: (text) => notFetched(text, "it could not be written to the extension's storage; the disk may be full"),
    money: money.paidOnce,
    button: 'Save Again (free)',
    posts: 1,
    happens: async (bench) => {
      bench.studio.jobsRun(1500);
      bench.studio.clipsWeigh(8 << 20);
      await bench.order();
      await bench.accepted();
      bench.limitFileSize(4 << 20);
    },
    beforeButton: (bench) => bench.limitFileSize('unlimited'),
    afterButton: fetchedForFree,
  },
  {
    name: 'a clip larger than what is saved unasked',
    what: (text) =>
      text('Krea finished the video. Its file has {0}, so it is saved only if you say so. How long Krea keeps it is not known.', anything),
    money: money.paidOnce,
    button: 'Save Anyway (free)',
    dismiss: 'Not Now',
    posts: 1,
    happens: async (bench) => {
      bench.studio.clipsWeigh(16 << 20);
      await bench.order();
    },
    afterButton: fetchedForFree,
  },
  {
    name: 'a takes folder that cannot be written when the clip comes',
    what: (text) => text('The takes folder could not be written. The clip is safe in {0}.', anything),
    money: money.paidOnce,
    button: 'Save Again (free)',
    posts: 1,
    happens: async (bench) => {
      bench.studio.jobsRun(1500);
      await bench.order();
      await bench.accepted();
      writeFileSync(path.join(bench.studio.folder, 'takes'), '');
    },
    beforeButton: (bench) => bench.withoutTakes(),
    afterButton: fetchedForFree,
  },
  {
    name: 'overdue',
    what: (text) => text('Krea has not ended this job in the time it allows. What became of it is not known.'),
    money: money.notKnown,
    button: 'Look Again (free)',
    posts: 1,
    happens: async (bench) => {
      bench.breaks({ jobScript: [{ status: 'processing' }] });
      await bench.order();
      await bench.accepted();
      bench.hoursPass(3);
      // a running window counts on a clock that nobody can set
      await reloadWindow(bench.page);
    },
    beforeButton: ({ studio }) => studio.simulator.finish(studio.simulator.jobs.at(-1)?.id ?? ''),
    afterButton: fetchedForFree,
  },
  {
    name: 'a token that is revoked while a job runs',
    what: (text) =>
      text('Krea no longer accepts the API token ({0}). Set a token of the same workspace to fetch the clips of running jobs.', 401),
    money: money.running,
    button: 'Set API Token',
    posts: 1,
    happens: async (bench) => {
      bench.studio.jobsRun(1500);
      bench.disturb({ method: 'GET', path: '/jobs/*', act: { kind: 'answer', status: 401, body: 'json' } });
      await bench.order();
    },
    beforeButton: (bench) => bench.disturb(),
    afterButton: async (bench, posts) => {
      await bench.giveToken();
      await fetchedForFree(bench, posts);
    },
  },
  {
    name: 'a cancel that comes too late',
    what: (text) => text('Krea is too far with this job to cancel it. Its clip will be saved.'),
    money: money.running,
    button: 'Show Jobs',
    posts: 1,
    happens: async (bench) => {
      bench.studio.jobsRun(3_600_000);
      bench.breaks({ deletable: [] });
      await bench.order();
      await bench.accepted();
      await bench.command('cancelJob');
    },
    afterButton: async ({ page, studio, words }) => {
      await page.locator('.quick-input-widget:visible', { hasText: words.text('Krea Video: jobs') }).waitFor();
      await page.keyboard.press('Escape');
      studio.simulator.finish(studio.simulator.jobs.at(-1)?.id ?? '');
      await savedTakes(studio, 1);
    },
  },
  {
    name: 'a full disk when Krea has just accepted',
    what: (text) =>
      text(
        'Krea accepted the job {0}, but it could not be written down on this computer. Keep this window open: it is tried until it succeeds. Is the disk full?',
        anything,
      ),
    money: money.running,
    button: 'Open Log',
    posts: 1,
    happens: async (bench) => {
      bench.disturbPost({ kind: 'slow', delayMs: 1500 });
      await bench.order();
      await waitFor('the POST', () => bench.studio.simulator.jobs.some(({ state }) => state.kind !== 'ended'));
      bench.limitFileSize(0);
    },
    beforeButton: (bench) => bench.limitFileSize('unlimited'),
    afterButton: fetchedForFree,
  },
];
