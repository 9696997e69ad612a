import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import { connect, type Server } from 'node:net';
import { createServer } from 'node:tls';
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
    const port = await listen(front);
    const [open, locked] = [await startLocalProxy(port), await startLocalProxy(port, 'secret')];
    const forbidding = createHttpServer().on('connect', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n'));
    return new TestNetwork(front, open, locked, [await listen(forbidding), forbidding], await ProxySwitch.open(portOf(open)));
  }

  private constructor(
    private readonly front: Server,
    private readonly open: LocalProxy,
    private readonly locked: LocalProxy,
    private readonly forbidding: readonly [port: number, server: Server],
    private readonly proxy: ProxySwitch,
  ) {}

  get settings() {
    return { 'kreaVideo.apiBase': 'https://krea.test', 'http.proxy': this.proxy.url, 'http.proxyStrictSSL': false };
  }

  readonly mend = (): Promise<void> => this.proxy.lead(portOf(this.open));
  readonly askForPassword = (): Promise<void> => this.proxy.lead(portOf(this.locked));
  readonly forbid = (): Promise<void> => this.proxy.lead(this.forbidding[0]);
  readonly takeProxyAway = (): Promise<void> => this.proxy.close();

  async close(): Promise<void> {
    await Promise.all([this.open.close(), this.locked.close(), this.proxy.close()]);
    for (const server of [this.front, this.forbidding[1]]) server.close();
  }
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

const portOf = ({ url }: LocalProxy): number => Number(new URL(url).port);

const rows: readonly NetworkRow[] = [
  {
    name: 'a proxy that is not there',
    happens: (network) => network.takeProxyAway(),
    what: (text) => text('The proxy of this network could not be reached ({0}). Check http.proxy.', anything),
    button: 'Open Setting',
    afterButton: (bench) => bench.settingOpened('Proxy'),
  },
  {
    name: 'a proxy that wants a password',
    happens: (network) => network.askForPassword(),
    what: (text) =>
      text(
        'The proxy of this network asks for a name and password, or does not accept those it got ({0}). They belong into http.proxy, as in {1}.',
        'HTTP 407',
        anything,
      ),
    button: 'Open Setting',
  },
  {
    name: 'a proxy that refuses',
    happens: (network) => network.forbid(),
    what: (text) => text('The proxy refused the connection ({0}). Check http.proxy and its password.', anything),
    button: 'Open Setting',
  },
];

/** These need other settings, which a window reads when it opens. */
const rowsWithSettings: readonly NetworkRow[] = [
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
        "Krea's certificate could not be verified ({0}), not even the editor's way. A proxy of your network may stand in between: install its certificate on this computer, and leave http.systemCertificates on.",
        anything,
      ),
    button: 'Open Setting',
    afterButton: (bench) => bench.settingOpened('System Certificates'),
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

    const walk = ({ settings, happens, ...shown }: NetworkRow) =>
      it(shown.name, async () => {
        await network.mend();
        if (settings) {
          studio.workbench.setSettings({ ...network.settings, ...settings });
          await studio.workbench.reload(page);
        }
        await bench.mend();
        const requests = studio.simulator.requests.length;
        await happens(network);
        await bench.order();
        const told = await bench.told({ ...shown, money: money.notSent });
        const button = await bench.button(told, shown.button);
        await screenshot(page, `failure-${locale ?? 'en'}-${shown.name.replaceAll(' ', '-')}`);
        assert.equal(studio.simulator.requests.length, requests, 'nothing reached Krea');
        if (!shown.afterButton) return bench.close(told);
        await button.click();
        await shown.afterButton(bench, 0);
      }).timeout(60_000);

    for (const row of rows) walk(row);

    it('what could not be sent goes out once the network is back, and once only', async () => {
      await network.mend();
      await bench.mend();
      await bench.order();
      await waitFor('the POST', () => studio.posts.length > 0);
      assert.equal(studio.posts.length, 1);
      // the simulator's clips lie on this machine, where a service of the internet has no business
      const told = await bench.told({
        name: 'a clip at an unsafe address',
        what: (text) => text('Krea finished the video, but it could not be fetched: {0}.', text('its address is not safe to open')),
        money: money.paidOnce,
      });
      await bench.button(told, 'Save Again (free)');
      await screenshot(page, `failure-${locale ?? 'en'}-a-clip-at-an-unsafe-address`);
      await bench.close(told);
    });

    for (const row of rowsWithSettings) walk(row);
    it('leaves the token on no disk', () => studio.assertTokenKept());
  });
