import type { FaultAct } from '../../src/simulator/faults';
import { invalidBody, retiredField } from '../../src/simulator/refusal';
import { plainSwitches, type Switches } from '../../src/simulator/switches';
import { type FailureBench, type FailureRow, money } from '../support/failureBench';
import { giveToken } from '../support/kreaVideoDriver';
import { modal } from '../support/workbenchDriver';

const answer = (status: number, body: object): FaultAct => ({
  kind: 'answer',
  status,
  body: { text: JSON.stringify(body), contentType: 'application/json' },
});
const tooLong = [{ path: ['duration'], kind: 'range', message: 'must be at most 10' }] as const;

/** What Krea says of the field, in each of the shapes that its refusals are known to come in. */
const shapes: readonly { readonly shape: Switches['validationShape']; readonly status: number; readonly said: string }[] = [
  { shape: 'error', status: 400, said: 'must be at most 10' },
  { shape: 'detail', status: 422, said: 'duration: must be at most 10' },
  { shape: 'nested', status: 422, said: 'Validation failed. duration: must be at most 10' },
  { shape: 'issues', status: 422, said: 'Validation failed. duration: must be at most 10' },
];

/** Asked to open a page outside, VS Code shows its address first. */
const pageOffered =
  (address: string) =>
  async ({ page }: FailureBench) => {
    await modal(page, address).waitFor();
    await page.keyboard.press('Escape');
    await modal(page).waitFor({ state: 'hidden' });
  };
const modelsOffered = async ({ page }: FailureBench) => {
  await page.locator('.quick-input-widget:visible', { hasText: 'Kling 2.5' }).waitFor();
  await page.keyboard.press('Escape');
};

export const refusedRows: readonly FailureRow[] = [
  {
    name: '401 before the request',
    what: (text) => text('Krea does not accept the API token. Only workspace owners and admins can make one.'),
    money: money.refused,
    button: 'Set API Token',
    posts: 0,
    happens: async (bench) => {
      bench.disturbProof(answer(401, { message: 'Unauthorized' }));
      await bench.order();
    },
    afterButton: async (bench) => {
      bench.disturb();
      await giveToken(bench.page, bench.studio.token);
    },
  },
  {
    name: '402',
    what: (text) => text('The API balance at Krea is used up. It is separate from your plan; only workspace owners can top it up.'),
    money: money.refused,
    button: 'Open the API Balance Page',
    posts: 1,
    happens: async (bench) => {
      bench.studio.simulator.setBalance(0);
      await bench.order();
    },
    afterButton: pageOffered('https://www.krea.ai/app/api'),
  },
  {
    name: '403',
    what: (text) => text('Krea does not allow this with your token: {0}.', 'Your plan does not include Kling 2.5'),
    money: money.refused,
    button: 'Open the Token Page',
    posts: 1,
    happens: async (bench) => {
      bench.breaks({ forbidden: ['kling/kling-2.5'] });
      await bench.order();
    },
    afterButton: pageOffered('https://www.krea.ai/settings/api-tokens'),
  },
  {
    name: '404',
    what: (text) => text('Krea does not know this model or address: {0}.', 'Not found'),
    money: money.refused,
    button: 'Choose Model and Parameters…',
    posts: 1,
    happens: async (bench) => {
      bench.disturbPost(answer(404, { error: 'Not found' }));
      await bench.order();
    },
  },
  {
    name: '410 with a replacement',
    what: (text) => text('Krea no longer offers this model. It names {0} instead.', 'kling/kling-2.6'),
    money: money.refused,
    button: 'Choose Model and Parameters…',
    posts: 1,
    happens: async (bench) => {
      bench.disturbPost(answer(410, { error: 'model_unavailable', message: 'Kling 2.5 is gone.', replacement: 'kling/kling-2.6' }));
      await bench.order();
    },
    afterButton: modelsOffered,
  },
  {
    name: '410',
    what: (text) => text('Krea no longer offers this model.'),
    money: money.refused,
    button: 'Choose Model and Parameters…',
    posts: 1,
    happens: async (bench) => {
      bench.breaks({ retired: ['kling/kling-2.5'] });
      await bench.order();
    },
  },
  ...shapes.map(
    ({ shape, status, said }): FailureRow => ({
      name: `a refused field, ${status} told by ${shape}`,
      what: (text) => text('Krea refused the request ({0}): {1}.', status, said),
      money: money.refused,
      button: 'Choose Model and Parameters…',
      posts: 1,
      happens: async (bench) => {
        const { body } = invalidBody(tooLong, { ...plainSwitches, validationShape: shape });
        bench.disturbPost({ kind: 'answer', status, body: { text: body, contentType: 'application/json' } });
        await bench.order();
      },
    }),
  ),
  {
    name: 'a renamed field, 422',
    what: (text) => text('Krea refused the request ({0}): {1}.', 422, 'The field "image_url" is no longer accepted. Use "start_image"'),
    money: money.refused,
    button: 'Choose Model and Parameters…',
    posts: 1,
    happens: async (bench) => {
      const { body } = retiredField('image_url', 'start_image');
      bench.disturbPost({ kind: 'answer', status: 422, body: { text: body, contentType: 'application/json' } });
      await bench.order();
    },
  },
  {
    name: 'a refusal without a word',
    what: (text) => text('Krea refused the request ({0}): {1}.', 413, text('no reason given')),
    money: money.refused,
    button: 'Choose Model and Parameters…',
    posts: 1,
    happens: async (bench) => {
      bench.disturbPost({ kind: 'answer', status: 413, body: 'html' });
      await bench.order();
    },
  },
];
