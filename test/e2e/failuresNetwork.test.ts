import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { createServer, type Server } from 'node:tls';
import type { Page } from 'playwright-core';
import { anything, boat, FailureBench, type FailureRow, money } from '../support/failureBench';
import { setToken } from '../support/kreaVideoDriver';
import { type LocalProxy, startLocalProxy } from '../support/localProxy';
import { pictureOfFailure } from '../support/pictureOfFailure';
import { ProxySwitch } from '../support/proxySwitch';
import { SimulatedStudio } from '../support/simulatedStudio';
import { testCertificate } from '../support/testCertificate';
import { waitFor } from '../support/waitFor';
import { wordsOf } from '../support/words';
import { screenshot } from '../support/workbenchDriver';

type NetworkRow = Omit<FailureRow, 'money' | 'posts' | 'happens'> & {
  readonly happens: (network: TestNetwork) => Promise<void> | void;
  /** In place of those with which Krea is reached. */
  readonly settings?: { readonly [name: string]: unknown };
};

/** krea.test is found by the proxy alone, and has a certificate that nobody trusts. */
class TestNetwork {
  static async open(api: string): Promise<TestNetwork> {
    const front = createServer(testCertificate, (socket) => {
      const onward = connect(Number(new URL(api).port), '127.0.0.1');
      socket.pipe(onward).pipe(socket);
      socket.on('error', () => onward.destroy());
      onward.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    const address = front.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    const [open, locked] = [await startLocalProxy(port), await startLocalProxy(port, 'secret')];
    return new TestNetwork(front, open, locked, await ProxySwitch.open(portOf(open)));
  }

  private constructor(
    private readonly front: Server,
    private readonly open: LocalProxy,
    private readonly locked: LocalProxy,
    private readonly proxy: ProxySwitch,
  ) {}

  get settings() {
    return { 'kreaVideo.apiBase': 'https://krea.test', 'http.proxy': this.proxy.url, 'http.proxyStrictSSL': false };
  }

  readonly mend = (): Promise<void> => this.proxy.lead(portOf(this.open));
  readonly askForPassword = (): Promise<void> => this.proxy.lead(portOf(this.locked));
  readonly takeProxyAway = (): Promise<void> => this.proxy.close();

  async close(): Promise<void> {
    await Promise.all([this.open.close(), this.locked.close(), this.proxy.close()]);
    this.front.close();
  }
}

const portOf = ({ url }: LocalProxy): number => Number(new URL(url).port);

const rows: readonly NetworkRow[] = [
  {
    name: 'a proxy that is not there',
    happens: (network) => network.takeProxyAway(),
    what: (text) => text('The connection to Krea was refused ({0}). Check the proxy settings http.proxy and kreaVideo.network.', anything),
    button: 'Open Setting',
    afterButton: (bench) => bench.settingOpened('Proxy'),
  },
  {
    name: 'a proxy that refuses',
    happens: (network) => network.askForPassword(),
    what: (text) => text('The proxy refused the connection ({0}). Check http.proxy and its password.', anything),
    button: 'Open Setting',
  },
  {
    name: 'the network down',
    settings: { 'http.proxy': '' },
    happens: () => undefined,
    what: (text) => text('Krea could not be found on the network ({0}). Is this computer online?', anything),
    button: 'Send Now… {0}',
  },
  {
    name: 'a certificate that nobody trusts',
    settings: { 'http.proxyStrictSSL': true },
    happens: () => undefined,
    what: (text) =>
      text(
        "Krea's certificate could not be verified ({0}). A proxy of your network may stand in between; try the setting kreaVideo.network: editor.",
        anything,
      ),
    button: 'Open Setting',
    afterButton: (bench) => bench.settingOpened('Network'),
  },
];

for (const locale of [undefined, 'ja'] as const)
  describe(`every failure of the network tells that nothing was sent, in ${locale ?? 'en'}`, () => {
    let studio: SimulatedStudio;
    let network: TestNetwork;
    let page: Page;
    let bench: FailureBench;

    before(async () => {
      studio = await SimulatedStudio.open({
        ...(locale && { locale }),
        theme: locale ? 'Default Light Modern' : 'Default Dark Modern',
        files: { [boat.file]: `${boat.prompt}\n` },
      });
      network = await TestNetwork.open(studio.simulator.apiBase);
      studio.workbench.setSettings(network.settings);
      page = await studio.openWindow();
      bench = new FailureBench(studio, page, wordsOf(locale));
      await setToken(page, studio.token, bench.words);
    });
    after(async () => {
      await studio?.stop();
      await network?.close();
    });
    pictureOfFailure(() => page);

    for (const { settings, happens, ...shown } of rows)
      it(shown.name, async () => {
        const row: FailureRow = { ...shown, money: money.notSent, posts: 0, happens: () => Promise.resolve() };
        await network.mend();
        if (settings) {
          studio.workbench.setSettings({ ...network.settings, ...settings });
          await studio.workbench.reload(page);
        }
        await bench.mend();
        const requests = studio.simulator.requests.length;
        await happens(network);
        await bench.order();
        const told = await bench.told(row);
        const button = await bench.button(told, row.button);
        await screenshot(page, `failure-${locale ?? 'en'}-${row.name.replaceAll(' ', '-')}`);
        assert.equal(studio.simulator.requests.length, requests, 'nothing reached Krea');
        if (!row.afterButton) return bench.close(told);
        await button.click();
        await row.afterButton(bench, 0);
      }).timeout(60_000);

    it('what could not be sent goes out once the network is back, and once only', async () => {
      await network.mend();
      studio.workbench.setSettings(network.settings);
      await studio.workbench.reload(page);
      await bench.mend();
      await bench.order();
      await waitFor('the POST', () => studio.posts.length > 0);
      assert.equal(studio.posts.length, 1);
      studio.assertTokenKept();
    });
  });
