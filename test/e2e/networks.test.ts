import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { EncryptedKrea } from '../support/encryptedKrea';
import { allSettled, jobRows, jobsItem, order, savedTakes, setToken } from '../support/kreaVideoDriver';
import { type LocalProxy, startLocalProxy } from '../support/localProxy';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { privateAuthority } from '../support/privateAuthority';
import { SimulatedStudio } from '../support/simulatedStudio';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { chooseQuickPickRow, openFile, runCommand, selectLines, statusBarText, waitForNotification } from '../support/workbenchDriver';

/*
 * One clip through each network that a studio may sit in. Krea is behind TLS with the certificate of a private
 * authority, which only the system's store knows.
 */

const words = wordsOf();
const farBase = 'https://krea.test';
const password = 'pa55';
const prompts = [
  'plain proxy',
  'proxy with password',
  'past the proxy',
  'the editor knows',
  'the editor on its own',
  'broken off',
  'strict',
];

describe('networks', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'krea-video-authority-'));
  let studio: SimulatedStudio;
  let krea: EncryptedKrea;
  let open: LocalProxy;
  let guarded: LocalProxy;
  let page: Page;
  let saved = 0;

  before(async () => {
    const authority = path.join(folder, 'authority.pem');
    writeFileSync(authority, privateAuthority.ca);
    const none = { HTTP_PROXY: '', HTTPS_PROXY: '', http_proxy: '', https_proxy: '', no_proxy: '', NODE_EXTRA_CA_CERTS: '' };
    studio = await SimulatedStudio.open({
      files: { 'orders.md': `${prompts.join('\n\n')}\n` },
      env: { ...none, SSL_CERT_FILE: authority, SSL_CERT_DIR: folder, NO_PROXY: '127.0.0.2' },
    });
    krea = await EncryptedKrea.start(studio.simulator);
    open = await startLocalProxy(krea.port);
    guarded = await startLocalProxy(krea.port, password);
    studio.useApiBase(farBase);
    page = await studio.openWindow();
  });
  after(async () => {
    await studio?.stop();
    await open?.close();
    await guarded?.close();
    await krea?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  pictureOfFailure(() => page);

  const moveTo = (settings: { readonly [name: string]: unknown }) => studio.reloadWith(page, settings);

  const selectPrompt = async (prompt: string) => {
    await openFile(page, 'orders.md');
    const line = prompts.indexOf(prompt) * 2 + 1;
    await selectLines(page, line, line);
  };

  const generate = async (prompt: string) => {
    await selectPrompt(prompt);
    await order(studio, page, { answer: words.text('Generate, Ask Only Above {0}', '$1.00') });
  };

  const posts = (prompt: string) => studio.posts.filter(({ body }) => JSON.stringify(body) === JSON.stringify({ prompt }));

  /** One POST, one clip, and no proxy that could read the token. */
  const assertMade = async (prompt: string) => {
    await savedTakes(studio, ++saved);
    await allSettled(page);
    assert.equal(posts(prompt).length, 1);
    assert.equal(studio.takes().filter((take) => take.includes(prompt.replaceAll(' ', '-'))).length, 1);
    for (const proxy of [open, guarded]) assert.equal(proxy.overheard().includes(studio.token), false);
    assert.deepEqual(studio.simulator.violations, []);
  };

  const targets = ({ seen }: LocalProxy, from: number) => [...new Set(seen.slice(from))].sort();
  const bothHosts = ['CONNECT files.krea.test:443', 'CONNECT krea.test:443'];

  it('a clip is made through a proxy without a password', async () => {
    await moveTo({ 'http.proxy': open.url, 'kreaVideo.network': 'direct' });
    await setToken(page, studio.token);
    await generate('plain proxy');
    await assertMade('plain proxy');
    assert.deepEqual(targets(open, 0), bothHosts);
  });

  it('a clip is made through a proxy with a password', async () => {
    const before = open.seen.length;
    await moveTo({ 'http.proxy': guarded.url });
    await generate('proxy with password');
    await assertMade('proxy with password');
    assert.deepEqual(targets(guarded, 0), bothHosts);
    assert.equal(open.seen.length, before);
  });

  const editorsWay = (support: string) => ({
    'http.proxy': open.url,
    'http.proxySupport': support,
    // else the editor reads one file of the system by its name
    'http.systemCertificatesNode': true,
    'kreaVideo.network': 'editor',
  });
  const editorsWays = [
    ['the editor knows', 'a clip is made the editor’s way, by a proxy of which only the editor knows', 'override'],
    ['the editor on its own', 'a clip is made the editor’s way with http.proxySupport on, which leads no call that names an agent', 'on'],
  ] as const;
  for (const [prompt, name, support] of editorsWays)
    it(name, async () => {
      const before = open.seen.length;
      const requests = studio.simulator.requests.length;
      await moveTo(editorsWay(support));
      await generate(prompt);
      await assertMade(prompt);
      assert.deepEqual(targets(open, before), bothHosts);
      const fetched = studio.simulator.requests.slice(requests).filter(({ headers }) => headers['sec-fetch-mode'] !== undefined);
      assert.deepEqual([...new Set(fetched.map(({ method }) => method))], ['GET'], 'fetch may resend: no POST goes through it');
      assert.ok(fetched.length > 0);
      assert.equal(posts(prompt)[0]?.headers.connection, 'close');
    });

  it('a clip is made past the proxy that NO_PROXY excuses', async () => {
    const before = open.seen.length;
    studio.useApiBase(krea.nearBase);
    await moveTo({ 'http.proxy': open.url });
    await setToken(page, studio.token);
    await generate('past the proxy');
    await assertMade('past the proxy');
    assert.equal(open.seen.length, before);
  });

  it('nothing is sent to a server whose signer nobody known has been told to trust', async () => {
    await moveTo({ 'http.systemCertificates': false });
    await selectPrompt('strict');
    await runCommand(page, words.command('generateFromSelection'));
    await chooseQuickPickRow(page, 'Kling 2.5');
    await waitForNotification(page, "Krea's certificate could not be verified");
    assert.equal(posts('strict').length, 0);
  });

  it('what breaks off in the proxy after Krea took it is unclear, and is sent no second time', async () => {
    studio.useApiBase(farBase);
    await moveTo(editorsWay('override'));
    await setToken(page, studio.token);
    const reset = { kind: 'reset', moment: 'afterHandling' } as const;
    studio.simulator.set({ faults: [{ method: 'POST', path: '/generate/*', count: 100, act: reset }] });
    await generate('broken off');
    await waitFor('the unclear job', async () => (await statusBarText(page, jobsItem))?.includes('unclear'));
    const rows = await jobRows(page);
    await page.keyboard.press('Escape');
    assert.match(rows.find(({ label }) => label.includes('broken off'))?.detail ?? '', /Whether it is charged is not known yet/);
    assert.equal(posts('broken off').length, 1);
    assert.equal(studio.simulator.jobs.length, saved + 1, 'Krea has made a job of it');
  });

  it('leaves the token on no disk', () => studio.assertTokenKept());
});
