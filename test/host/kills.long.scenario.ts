import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { SwitchChange } from '../../src/simulator/switches';
import { allSettled, jobsItem, order, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { chooseQuickPickRow, openFile, runCommand, selectLines, statusBarItem } from '../support/workbenchDriver';

/*
 * Twelve SIGKILLs of the real extension host, at the moments that matter. What windows of the jobs' rooms alone go
 * through a thousand times (test/faults) must hold in the packed extension too.
 */

const words = wordsOf();
const file = 'kills.md';
const hang = (moment: 'afterReading' | 'afterHandling', place: object): SwitchChange => ({
  faults: [{ ...place, act: { kind: 'hang', moment } }],
});
const post = { method: 'POST', path: '/generate/*' };
const hours = 3_600_000;

interface Moment {
  readonly prompt: string;
  readonly arrange?: SwitchChange;
  readonly runMs?: number;
  readonly reached: (its: { readonly posts: number; readonly requests: number }) => boolean;
  /** `unclear`: nobody can know whether there is a job; there may be a clip of it later, but one at most. */
  readonly end: 'saved' | 'nothing' | 'unclear';
  /** Killed once more, in the window that comes next, at the same moment. */
  readonly twice?: boolean;
}

describe('a job and a killed extension host', () => {
  let studio: SimulatedStudio;
  let page: Page;

  const since = (first: number) => studio.simulator.requests.slice(first);
  const polls = (first: number) => since(first).filter(({ method, path }) => method === 'GET' && path.startsWith('/jobs/')).length;
  const fileIs = (first: number, answer: unknown) =>
    since(first).some((request) => request.origin === 'files' && request.answer === answer);

  const moments: readonly Moment[] = [
    { prompt: 'while it runs', runMs: hours, reached: ({ requests }) => polls(requests) >= 1, end: 'saved' },
    {
      prompt: 'in two windows one after the other',
      runMs: hours,
      reached: ({ requests }) => polls(requests) >= 1,
      end: 'saved',
      twice: true,
    },
    {
      prompt: 'before the request',
      arrange: hang('afterReading', { method: 'GET', path: '/jobs', count: 1000 }),
      reached: ({ requests }) => since(requests).some(({ path, answer }) => path === '/jobs' && answer === 'hanging'),
      end: 'nothing',
    },
    {
      prompt: 'as the request arrives',
      arrange: hang('afterReading', post),
      reached: ({ posts }) => studio.posts[posts]?.answer === 'hanging',
      end: 'unclear',
    },
    {
      prompt: 'before the answer',
      arrange: hang('afterHandling', post),
      reached: ({ posts }) => studio.posts[posts]?.answer === 'hanging',
      end: 'unclear',
    },
    { prompt: 'as the answer comes', reached: ({ posts }) => studio.posts[posts]?.answer === 200, end: 'unclear' },
    {
      prompt: 'at the end of the run',
      reached: ({ posts }) => studio.posts.length > posts && studio.simulator.jobs.at(-1)?.endTold === true,
      end: 'saved',
    },
    {
      prompt: 'as the file is asked for',
      arrange: hang('afterReading', { origin: 'files' }),
      reached: ({ requests }) => fileIs(requests, 'hanging'),
      end: 'saved',
    },
    {
      prompt: 'in the middle of the file',
      arrange: { faults: [{ origin: 'files', act: { kind: 'stalledAnswer' } }] },
      reached: ({ requests }) => fileIs(requests, 'hanging'),
      end: 'saved',
    },
    { prompt: 'when the file is here', reached: ({ requests }) => fileIs(requests, 200), end: 'saved' },
    { prompt: 'when the clip has its name', reached: () => takesOf('when the clip has its name') > 0, end: 'saved' },
  ];
  const takesOf = (prompt: string) => studio.takes().filter((take) => take.includes(prompt.replaceAll(' ', '-'))).length;
  const postsOf = (prompt: string) => studio.posts.filter(({ body }) => JSON.stringify(body) === JSON.stringify({ prompt })).length;
  const jobsOf = (prompt: string) => studio.simulator.jobs.filter(({ body }) => body.prompt === prompt);

  before(async () => {
    studio = await SimulatedStudio.open({
      files: { [file]: ['first', ...moments.map(({ prompt }) => prompt)].map((prompt) => `${prompt}\n\n`).join('') },
    });
    page = await studio.openWindow();
    await setToken(page, studio.token);
    await select(0);
    await order(studio, page, { answer: words.text('Generate, Ask Only Above {0}', '$1.00') });
    await waitFor('the first take', () => takesOf('first') === 1);
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  const select = async (row: number) => {
    await openFile(page, file);
    await selectLines(page, row * 2 + 1, row * 2 + 1);
  };

  const killAndReload = async () => {
    studio.workbench.killExtensionHosts();
    studio.simulator.set({ faults: [] });
    await studio.workbench.reload(page);
  };

  for (const [index, { prompt, arrange = {}, runMs = 1500, reached, end, twice }] of moments.entries())
    it(`killed ${prompt}: one request at most, and ${end === 'saved' ? 'one clip' : `what is told is ${end === 'nothing' ? 'that nothing was sent' : 'true'}`}`, async () => {
      studio.jobsRun(runMs);
      studio.simulator.set(arrange);
      const its = { posts: studio.posts.length, requests: studio.simulator.requests.length };
      await select(index + 1);
      await runCommand(page, words.command('generateFromSelection'));
      await chooseQuickPickRow(page, 'Kling 2.5');
      await waitFor('the moment', () => reached(its), { everyMs: 2, deadlineMs: 60_000 });
      await killAndReload();
      if (twice) {
        const again = studio.simulator.requests.length;
        await waitFor('the next window at the same moment', () => reached({ ...its, requests: again }), { everyMs: 2, deadlineMs: 60_000 });
        await killAndReload();
      }
      for (const job of jobsOf(prompt)) if (job.state.kind !== 'ended') studio.simulator.finish(job.id);
      if (end === 'saved') await waitFor('its take', () => takesOf(prompt) === 1, { deadlineMs: 90_000 });
      else await statusBarItem(page, jobsItem).waitFor({ state: 'hidden', timeout: 90_000 });
      assert.equal(postsOf(prompt), end === 'nothing' ? 0 : 1);
      assert.ok(jobsOf(prompt).length <= 1);
      if (end !== 'saved') assert.ok(takesOf(prompt) <= 1);
    });

  it('leaves in the end one take of each, nothing half done, and the token on no disk', async () => {
    await allSettled(page);
    for (const { prompt, end } of moments) assert.ok(takesOf(prompt) === 1 || end !== 'saved', prompt);
    assert.ok(studio.simulator.jobs.every(({ body }) => postsOf(String(body.prompt)) === 1));
    assert.equal(studio.takes().length, studio.sidecars().length);
    studio.assertTokenKept();
  });
});
