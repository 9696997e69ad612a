import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import { anything, money } from '../support/failureBench';
import { about, choose, type InputOrPriceRow, nextList, picker } from '../support/inputOrPriceRow';
import { allSettled } from '../support/kreaVideoDriver';
import { waitFor } from '../support/waitFor';
import { chooseQuickPickRow, reloadWindow, runCommand } from '../support/workbenchDriver';

/** From a window that has never seen Krea's own list of models. */
export const offlineRows: readonly InputOrPriceRow[] = [
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
      await chooseQuickPickRow(page, words.text('Send Now… {0}', '').trim());
      await waitFor('the POST', () => studio.posts.length === 1);
      await allSettled(page);
    },
  },
];

/** These leave a price behind that has changed, and is asked about from then on. */
export const priceRows: readonly InputOrPriceRow[] = [
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
    name: 'a request copied as a program',
    place: 'notification',
    says: (text) => [text('Copied as {0}. Each run is paid: {1}.', 'Node.js', about(text, '$0.37'))],
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
  {
    name: 'an order given again that costs more since',
    place: 'question',
    says: (text) => [
      text('Generate one video with {0} for {1}?', 'Kling 2.5', about(text, '$1.47')),
      text('Krea has changed this price: it was {0} and is {1} now.', '$0.37', '$1.47'),
      text('Nothing has been sent yet.'),
    ],
    button: 'Generate',
    ...{ posts: 0, uploads: 0, jobs: 0 },
    happens: async (situation) => {
      const { bench } = situation;
      await nextList(situation);
      await bench.mend();
      // less than twice of what the list before this one said
      bench.studio.simulator.set({ priceFactor: { 'kling/kling-2.5': 4 } });
      await bench.command('showJobs');
      await chooseQuickPickRow(bench.page, 'A paper boat');
      await chooseQuickPickRow(bench.page, bench.words.text('Generate Again… {0}', '').trim());
    },
  },
];
