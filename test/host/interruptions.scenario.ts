import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { allSettled, jobRows, jobsItem, order, savedTakes, setToken } from '../support/kreaVideoDriver';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { chooseQuickPickRow, openFile, runCommand, selectLines, statusBarItem, statusBarText } from '../support/workbenchDriver';

/*
 * Windows, extension hosts and servers that end while a job runs. Every order is a person's clicks in the packed
 * extension, because a test inside the host cannot answer the question about the money.
 */

const words = wordsOf();
const prompts = [
  'reload',
  'other folder',
  'killed host',
  'closed window',
  'killed server',
  'killed before sending',
  'after all that',
] as const;
type Prompt = (typeof prompts)[number];
const file = 'orders.md';

describe('a job and the end of its window', () => {
  let studio: SimulatedStudio;
  let page: Page;

  before(async () => {
    // the runs end only when the test says so
    studio = await SimulatedStudio.open({ files: { [file]: `${prompts.join('\n\n')}\n` }, runMs: 3_600_000 });
    page = await studio.openWindow();
    await setToken(page, studio.token);
  });
  after(() => studio?.stop());
  pictureOfFailure(() => page);

  const select = async (prompt: Prompt) => {
    await openFile(page, file);
    const line = prompts.indexOf(prompt) * 2 + 1;
    await selectLines(page, line, line);
  };

  /** A job that is known to run at Krea. */
  const startJob = async (prompt: Prompt) => {
    await select(prompt);
    await order(studio, page, { answer: words.text('Generate, Ask Only Above {0}', '$1.00') });
    await waitFor('the job at work', async () => /queued|running/.test((await statusBarText(page, jobsItem)) ?? ''));
  };

  const endJob = () => {
    const job = studio.simulator.jobs.at(-1);
    assert.ok(job);
    studio.simulator.finish(job.id);
  };

  const postsOf = (prompt: Prompt) => studio.posts.filter(({ body }) => JSON.stringify(body) === JSON.stringify({ prompt })).length;

  /** One POST, one clip, one sidecar for each job so far, and for this one in particular. */
  const assertFinishedOnce = async (prompt: Prompt, jobs: number) => {
    await savedTakes(studio, jobs);
    assert.equal(postsOf(prompt), 1);
    assert.equal(studio.posts.length, jobs);
    assert.equal(studio.takes().length, jobs);
    assert.equal(studio.sidecars().length, jobs);
    assert.equal(studio.takes().filter((take) => take.includes(prompt.replaceAll(' ', '-'))).length, 1);
  };

  it('is finished once when the window is reloaded and shows no Markdown', async () => {
    await startJob('reload');
    await runCommand(page, 'View: Close All Editors');
    await page.locator('.editor-instance').waitFor({ state: 'detached', timeout: 30_000 });
    await studio.workbench.reload(page);
    await statusBarItem(page, jobsItem).waitFor({ timeout: 60_000 });
    endJob();
    await assertFinishedOnce('reload', 1);
    await allSettled(page);
  });

  it('is finished once when the window comes back with another folder, into the folder of its prompt', async () => {
    await startJob('other folder');
    await studio.workbench.show(page, { folder: studio.otherFolder() });
    await statusBarItem(page, jobsItem).waitFor({ timeout: 60_000 });
    endJob();
    await assertFinishedOnce('other folder', 2);
    await allSettled(page);
    await studio.workbench.show(page);
  });

  it('is finished once when the extension host is killed', async () => {
    await startJob('killed host');
    studio.workbench.killExtensionHosts();
    await studio.workbench.reload(page);
    await statusBarItem(page, jobsItem).waitFor({ timeout: 60_000 });
    endJob();
    await assertFinishedOnce('killed host', 3);
    await allSettled(page);
  });

  it('is finished once when it ends while no window is open', async () => {
    await startJob('closed window');
    await page.close();
    endJob();
    page = await studio.openWindow();
    await assertFinishedOnce('closed window', 4);
    await allSettled(page);
  });

  it('is finished once when everything is killed at once', async () => {
    await startJob('killed server');
    await page.close();
    await studio.workbench.restartServer();
    page = await studio.openWindow();
    await statusBarItem(page, jobsItem).waitFor({ timeout: 60_000 });
    endJob();
    await assertFinishedOnce('killed server', 5);
    await allSettled(page);
  });

  it('is written down before it is sent, and is not sent by itself after a kill in between', async () => {
    // the GET that proves the way to Krea never ends: the POST would follow it
    studio.simulator.set({ faults: [{ method: 'GET', path: '/jobs', count: 1000, act: { kind: 'hang', moment: 'afterReading' } }] });
    await select('killed before sending');
    await runCommand(page, words.command('generateFromSelection'));
    await chooseQuickPickRow(page, 'Kling 2.5');
    await waitFor('the GET before the POST', () =>
      studio.simulator.requests.some(({ path, answer }) => path === '/jobs' && answer === 'hanging'),
    );
    await waitFor('the status bar to say so', async () => (await statusBarText(page, jobsItem))?.includes('about to be sent'));
    studio.workbench.killExtensionHosts();
    studio.simulator.set({ faults: [] });
    await studio.workbench.reload(page);
    const row = await waitFor('the job that was not sent', async () => {
      const rows = await jobRows(page);
      await page.keyboard.press('Escape');
      return rows.find(({ label, detail }) => label.includes('killed before sending') && detail.startsWith('not sent'));
    });
    assert.match(row.detail, /Nothing was sent, nothing is charged/);
    // a whole other job later it has still not gone out
    await startJob('after all that');
    endJob();
    await assertFinishedOnce('after all that', 6);
    assert.equal(postsOf('killed before sending'), 0);
  });

  it('leaves the token on no disk', () => studio.assertTokenKept());
});
