import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import type { FaultAct } from '../../src/simulator/faults';
import { ageLists } from '../support/agedList';
import { anything, type FailureBench, money } from '../support/failureBench';
import { allSettled } from '../support/kreaVideoDriver';
import type { ProxySwitch } from '../support/proxySwitch';
import { waitFor } from '../support/waitFor';
import type { Words } from '../support/words';
import {
  chooseFromExplorer,
  chooseQuickPickRow,
  clickModalButton,
  clickNotificationButton,
  inputBox,
  reloadWindow,
  runCommand,
} from '../support/workbenchDriver';

export interface Situation {
  readonly bench: FailureBench;
  /** What stands between the window and the simulator. */
  readonly network: ProxySwitch;
}

/** Where a person reads what happened. */
export type Place = 'notification' | 'question' | 'picker' | 'status bar';

export interface InputOrPriceRow {
  readonly name: string;
  readonly place: Place;
  /** Pieces that stand there, all of them; `anything` in the place of what only the moment knows. */
  readonly says: (text: Words['text']) => readonly string[] | Promise<readonly string[]>;
  /** The English words on the button that goes on; of a question the one that says yes. */
  readonly button?: string;
  /** In all. */
  readonly posts: number;
  readonly uploads: number;
  readonly jobs: number;
  readonly happens: (situation: Situation) => Promise<void>;
  /** In place of closing what is there. */
  readonly afterwards?: (situation: Situation) => Promise<void>;
}

const about = (text: Words['text'], usd: string) => text('about {0}/An estimated price, such as: about $0.37', usd);

const picker = ({ bench: { page } }: Situation) =>
  page.locator('.quick-input-widget:visible .quick-input-message:visible').waitFor({ timeout: 30_000 });

async function choose(situation: Situation, model: string): Promise<void> {
  await situation.bench.command('generateFromSelection');
  await picker(situation);
  await chooseQuickPickRow(situation.bench.page, model);
}

/** As two hours later: the list is asked for anew. */
async function nextList({ bench: { page, studio } }: Situation): Promise<void> {
  ageLists(studio.workbench.userData, 2);
  await reloadWindow(page);
}

/** From a file of the explorer; a price below the threshold is not asked about, a doubt is. */
async function animate({ bench: { page, words } }: Situation, file: string, prompt: string, asked = false): Promise<void> {
  await chooseFromExplorer(page, file, menuEntry(words));
  await (await inputBox(page)).fill(prompt);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget:visible', { hasText: 'Kling 2.5' }).waitFor({ timeout: 30_000 });
  await chooseQuickPickRow(page, 'Kling 2.5');
  if (asked) await clickModalButton(page, '', words.text('Generate'));
}

/** Menus name no category. */
const menuEntry = (words: Words) => words.command('animateImage').replace(/^[^:]+: /, '');

const answer = (status: number, error: string): FaultAct => ({
  kind: 'answer',
  status,
  body: { text: JSON.stringify({ error }), contentType: 'application/json' },
});

const startImage = (text: Words['text']) => text('Start image');
const anotherImage = 'Choose Another Image…';

export const inputAndPriceRows: readonly InputOrPriceRow[] = [
  {
    name: 'a start without any network',
    place: 'picker',
    says: async (text) => {
      const { date } = await bundledCatalogue.load(AbortSignal.timeout(10_000));
      return [
        text('built-in list of {0}', date),
        text('Models and prices of {0}, as they came with Krea Video.', date),
        text("Krea's current list could not be reached."),
      ];
    },
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: async (situation) => {
      const { bench, network } = situation;
      await network.close();
      await reloadWindow(bench.page);
      await bench.mend();
      await bench.command('generateFromSelection');
      await picker(situation);
    },
  },
  {
    name: 'an order without any network',
    place: 'notification',
    says: (text) => [
      text('The connection to Krea was refused ({0}). Check the proxy settings http.proxy and kreaVideo.network.', anything),
      text(money.notSent),
    ],
    button: 'Open Setting',
    ...{ posts: 1, uploads: 0, jobs: 1 },
    happens: ({ bench }) => bench.order(),
    afterwards: async ({ bench, network }) => {
      const { page, studio, words } = bench;
      await bench.notifications.locator('.codicon-notifications-clear').first().click();
      await network.lead(Number(new URL(studio.simulator.apiBase).port));
      await bench.command('showJobs');
      await chooseQuickPickRow(page, 'A paper boat');
      await chooseQuickPickRow(page, words.text('Send Now… {0}', about(words.text, '$0.37')).slice(0, 4));
      await waitFor('the POST', () => studio.posts.length === 1);
      await allSettled(page);
    },
  },
  {
    name: '402',
    place: 'notification',
    says: (text) => [
      text('The API balance at Krea is used up. It is separate from your plan; only workspace owners can top it up.'),
      text(money.refused),
    ],
    button: 'Open the API Balance Page',
    ...{ posts: 1, uploads: 0, jobs: 0 },
    happens: async ({ bench }) => {
      bench.studio.simulator.setBalance(0);
      await bench.order();
    },
  },
  {
    name: 'a file that is no image',
    place: 'notification',
    says: (text) => [
      text('{0}: {1} is, by its content, no {2}.', startImage(text), 'fake.png', text('image in the form of JPEG, PNG, WebP or HEIC')),
      text(money.notSent),
    ],
    button: anotherImage,
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: ({ bench: { page, words } }) => chooseFromExplorer(page, 'fake.png', menuEntry(words)),
  },
  {
    name: 'a file of more than 75 MB',
    place: 'notification',
    says: (text) => [text('{0}: {1} is too large. Krea takes files of up to 75 MB.', startImage(text), 'huge.png'), text(money.notSent)],
    button: anotherImage,
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: ({ bench: { page, words } }) => chooseFromExplorer(page, 'huge.png', menuEntry(words)),
  },
  {
    name: 'a type that Krea does not take',
    place: 'notification',
    says: (text) => [
      text('{0}: Krea did not take the file {1} ({2}): {3}.', startImage(text), 'tower.png', 400, 'Invalid file type or size'),
      text(money.refused),
    ],
    button: anotherImage,
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: async (situation) => {
      situation.bench.disturb({ method: 'POST', path: '/assets', act: answer(400, 'Invalid file type or size') });
      await animate(situation, 'tower.png', 'The tower sways.');
    },
  },
  {
    name: 'a size that Krea does not take, 413',
    place: 'notification',
    says: (text) => [text('{0}: Krea finds the file {1} too large ({2}).', startImage(text), 'tower.png', 413), text(money.refused)],
    button: anotherImage,
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: async (situation) => {
      situation.bench.breaks({ assets: { mostBytes: 100 } });
      await animate(situation, 'tower.png', 'The tower falls.');
    },
  },
  {
    name: 'an image that is too small for Krea',
    place: 'notification',
    says: (text) => [
      text('{0}: Krea did not take the file {1} ({2}): {3}.', startImage(text), 'tiny.png', 422, anything),
      text(money.refused),
    ],
    button: anotherImage,
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: async (situation) => {
      situation.bench.breaks({ assets: { tooSmall: { below: 512, at: 'upload' } } });
      await animate(situation, 'tiny.png', 'It grows.', true);
    },
  },
  {
    name: 'an upload that takes long, cancelled',
    place: 'notification',
    says: (text) => [text('Sending the file for {0} to Krea. This is free.', startImage(text))],
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: async (situation) => {
      situation.bench.disturb({ method: 'POST', path: '/assets', act: { kind: 'hang', moment: 'afterReading' } });
      await animate(situation, 'tower.png', 'The tower leans.');
    },
    afterwards: async ({ bench: { page, words } }) => {
      const { text } = words;
      const title = text('Sending the file for {0} to Krea. This is free.', startImage(text));
      await clickNotificationButton(page, title, 'Cancel');
      await page.locator('.part.statusbar', { hasText: text('Cancelled before it was sent.') }).waitFor({ timeout: 30_000 });
      await allSettled(page);
    },
  },
  {
    name: 'an image that Krea has lost goes up anew',
    place: 'status bar',
    says: (text) => [text('Saved in {0}', anything)],
    ...{ posts: 3, uploads: 2, jobs: 2 },
    happens: async (situation) => {
      const { page, studio } = situation.bench;
      const posts = studio.posts.length;
      await animate(situation, 'tower.png', 'The tower stands.');
      await waitFor('the first POST', () => studio.posts.length === posts + 1);
      await allSettled(page);
      studio.simulator.loseUploads();
      await animate(situation, 'tower.png', 'The tower stands still.');
      await waitFor('the POST with the new address', () => studio.posts.length === posts + 3);
      await allSettled(page);
    },
  },
  {
    name: 'an image that Krea loses each time',
    place: 'notification',
    says: (text) => [
      text('Krea refused the request because of its file for {0} ({1}): {2}.', startImage(text), 422, 'Invalid asset URL'),
      text(money.refused),
    ],
    button: anotherImage,
    ...{ posts: 2, uploads: 1, jobs: 0 },
    happens: async (situation) => {
      situation.bench.breaks({ assets: { lifetimeMs: 0 } });
      await animate(situation, 'tower.png', 'The tower is gone.');
    },
  },
  {
    name: 'a request copied as a program',
    place: 'notification',
    // the built-in list still serves, whose prices name their month: the longest that there is
    says: (text) => [
      text(
        'Copied as {0}. Each run is paid: {1}.',
        'Node.js',
        text('about {0} ({1})/An estimated price and the month it is from', '$0.37', anything),
      ),
    ],
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: async ({ bench }) => {
      await bench.command('copyRequestAs');
      await chooseQuickPickRow(bench.page, 'Kling 2.5');
      await bench.page.locator('.quick-input-widget:visible', { hasText: 'cURL' }).waitFor();
      await chooseQuickPickRow(bench.page, 'Node.js');
    },
    afterwards: ({ bench }) => runCommand(bench.page, 'Notifications: Clear All Notifications'),
  },
  {
    name: 'a price that is not known',
    place: 'question',
    says: (text) => [
      text('Generate one video with {0}? Its price is not known here.', 'Wan 3.0'),
      text('Krea takes it out of your API balance, not your plan, and does not tell what a video cost.'),
      text('Nothing has been sent yet.'),
    ],
    button: 'Generate',
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: (situation) => choose(situation, 'Wan 3.0'),
  },
  {
    name: 'a price that more than doubled, below the threshold',
    place: 'question',
    says: (text) => [
      text('Generate one video with {0} for {1}?', 'Kling 2.5', about(text, '$0.88')),
      text('Krea has changed this price: it was {0} and is {1} now.', '$0.37', '$0.88'),
      text('Nothing has been sent yet.'),
    ],
    button: 'Generate',
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: async (situation) => {
      const { bench } = situation;
      await nextList(situation);
      await bench.mend();
      bench.studio.simulator.set({ priceFactor: { 'kling/kling-2.5': 2.4 } });
      await choose(situation, 'Kling 2.5');
    },
  },
];
