import type { FaultAct } from '../../src/simulator/faults';
import { anything, money } from '../support/failureBench';
import { animate, type InputOrPriceRow, menuEntry } from '../support/inputOrPriceRow';
import { allSettled } from '../support/kreaVideoDriver';
import { waitFor } from '../support/waitFor';
import type { Words } from '../support/words';
import { chooseFromExplorer, clickNotificationButton } from '../support/workbenchDriver';

const answer = (status: number, error: string): FaultAct => ({
  kind: 'answer',
  status,
  body: { text: JSON.stringify({ error }), contentType: 'application/json' },
});

const startImage = (text: Words['text']) => text('Start image');
const anotherImage = 'Choose Another Image…';

export const inputRows: readonly InputOrPriceRow[] = [
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
];
