import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { createServer, type Server } from 'node:tls';
import type { Page } from 'playwright-core';
import { anything, boat, FailureBench, type FailureRow, money } from '../support/failureBench';
import { setToken } from '../support/kreaVideoDriver';
import { type LocalProxy, startLocalProxy } from '../support/localProxy';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { SimulatedStudio } from '../support/simulatedStudio';
import { testCertificate } from '../support/testCertificate';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { screenshot } from '../support/workbenchDriver';

interface NetworkRow extends Omit<FailureRow, 'money' | 'posts' | 'happens'> {
  /** In place of those with which Krea is reached. */
  readonly settings: (ways: Ways) => { readonly [name: string]: unknown };
}

interface Ways {
  readonly open: string;
  readonly locked: string;
  /** Nobody listens there. */
  readonly closed: string;
}

const rows: readonly NetworkRow[] = [
  {
    name: 'the network down',
    settings: () => ({ 'http.proxy': '' }),
    what: (text) => text('Krea could not be found on the network ({0}). Is this computer online?', anything),
    button: 'Send Now… {0}',
  },
  {
    name: 'a proxy that is not there',
    settings: ({ closed }) => ({ 'http.proxy': closed }),
    what: (text) =>
      text('The connection to Krea was refused ({0}). Check the proxy settings http.proxy and kreaVideo.network.', 'ECONNREFUSED'),
    button: 'Open Setting',
    afterButton: (on) => on.settingOpened('Proxy'),
  },
  {
    name: 'a proxy that refuses',
    settings: ({ locked }) => ({ 'http.proxy': locked }),
    what: (text) => text('The proxy refused the connection ({0}). Check http.proxy and its password.', anything),
    button: 'Open Setting',
  },
  {
    name: 'a certificate that nobody trusts',
    settings: () => ({ 'http.proxyStrictSSL': true }),
    what: (text) =>
      text(
        "Krea's certificate could not be verified ({0}). A proxy of your network may stand in between; try the setting kreaVideo.network: editor.",
        anything,
      ),
    button: 'Open Setting',
    afterButton: (on) => on.settingOpened('Network'),
  },
  {
    name: 'an API base that is no address',
    settings: () => ({ 'kreaVideo.apiBase': 'krea' }),
    what: (text) => text('The setting kreaVideo.apiBase is no web address.'),
    button: 'Open Setting',
  },
];

for (const locale of [undefined, 'ja'] as const)
  describe(`every failure of the network tells that nothing was sent, in ${locale ?? 'en'}`, () => {
    let studio: SimulatedStudio;
    let page: Page;
    let bench: FailureBench;
    let front: Server;
    let open: LocalProxy;
    let locked: LocalProxy;
    let ways: Ways;

    const reached = () => ({ 'kreaVideo.apiBase': 'https://krea.test', 'http.proxy': ways.open, 'http.proxyStrictSSL': false });

    /** The title of the window says when it has them. */
    async function set(settings: { readonly [name: string]: unknown }, title: string): Promise<void> {
      studio.workbench.setSettings({ ...reached(), ...settings, 'window.title': title });
      await waitFor(`the settings of ${title}`, async () => (await page.title()).includes(title));
    }

    before(async () => {
      studio = await SimulatedStudio.open({
        ...(locale && { locale }),
        theme: locale ? 'Default Light Modern' : 'Default Dark Modern',
        files: { [boat.file]: `${boat.prompt}\n` },
      });
      front = createServer(testCertificate, (socket) => {
        const onward = connect(Number(new URL(studio.simulator.apiBase).port), '127.0.0.1');
        socket.pipe(onward).pipe(socket);
        for (const one of [socket, onward]) one.on('error', () => [socket, onward].forEach((end) => void end.destroy()));
      });
      await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
      const address = front.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      [open, locked] = [await startLocalProxy(port), await startLocalProxy(port, 'secret')];
      const gone = await startLocalProxy(port);
      await gone.close();
      ways = { open: open.url, locked: locked.url.replace('user:secret@', ''), closed: gone.url };
      page = await studio.openWindow();
      bench = new FailureBench(studio, page, wordsOf(locale));
      await set({}, 'reached');
      await setToken(page, studio.token, bench.words);
    });
    after(async () => {
      await studio?.stop();
      await Promise.all([open?.close(), locked?.close()]);
      front?.close();
    });
    pictureOfFailure(() => page);

    for (const { settings, ...shown } of rows)
      it(shown.name, async () => {
        const row: FailureRow = { ...shown, money: money.notSent, posts: 0, happens: () => Promise.resolve() };
        await bench.mend();
        const requests = studio.simulator.requests.length;
        await set(settings(ways), row.name);
        await bench.order();
        const told = await bench.told(row);
        const button = await bench.button(told, row.button);
        await screenshot(page, `failure-${locale ?? 'en'}-${row.name.replaceAll(' ', '-')}`);
        assert.equal(studio.simulator.requests.length, requests, 'nothing reached Krea');
        if (!row.afterButton) return bench.close(told);
        await button.click();
        await row.afterButton(bench);
      }).timeout(60_000);

    it('sends it once the network is back, and once only', async () => {
      await bench.mend();
      await set({}, 'reached again');
      await bench.order();
      await waitFor('the POST', () => studio.posts.length === 1);
      assert.ok(open.seen.length > 0);
      studio.assertTokenKept();
    });
  });
