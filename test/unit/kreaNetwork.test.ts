import assert from 'node:assert/strict';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { EditorTransport } from '../../src/krea/editorTransport';
import { openClip } from '../../src/krea/fileHost';
import { Network } from '../../src/krea/network';
import { isLocalHost, isPublicAddress, namesPrivateAddress } from '../../src/krea/publicAddress';
import { type Transport, usualDeadlines } from '../../src/krea/transport';
import { UndiciTransport } from '../../src/krea/undiciTransport';
import { type LocalProxy, startLocalProxy } from '../support/localProxy';
import { testCertificate } from '../support/testCertificate';

const signal = new AbortController().signal;
const strict = { strictCertificates: true } as const;

class Service {
  readonly requests: string[] = [];
  /** What it does with the next request; by default it answers `{}`. */
  act: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => void response.end('{}');
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async start(encrypted: boolean): Promise<Service> {
    let service: Service | undefined;
    const handle = (request: IncomingMessage, response: ServerResponse): void => {
      service?.requests.push(`${request.method} ${request.url}`);
      request.resume();
      request.once('end', () => service?.act(request, response));
    };
    const server = encrypted ? createHttpsServer(testCertificate, handle) : createHttpServer(handle);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    service = new Service(server, address.port);
    return service;
  }

  async close(): Promise<void> {
    if ('closeAllConnections' in this.server && typeof this.server.closeAllConnections === 'function') this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

for (const encrypted of [false, true])
  describe(`krea: one call over ${encrypted ? 'TLS' : 'plain HTTP'}`, () => {
    let service: Service;
    const usualCertificates = getCACertificates('default');
    before(() => {
      if (encrypted) setDefaultCACertificates([testCertificate.cert]);
    });
    after(() => setDefaultCACertificates(usualCertificates));
    beforeEach(async () => {
      service = await Service.start(encrypted);
    });
    afterEach(() => service.close());
    const url = (path = '/'): URL => new URL(path, `${encrypted ? 'https' : 'http'}://127.0.0.1:${service.port}`);
    const deadlines = { ...usualDeadlines, send: 300, get: 300 };
    const ways: readonly (() => Transport)[] = [() => new UndiciTransport(strict, deadlines), () => new EditorTransport(deadlines)];

    for (const make of ways) {
      const { way } = make();
      it(`${way}: brings an answer, with lower-case header names`, async () => {
        service.act = (_request, response) => void response.writeHead(201, { 'X-Mood': 'good' }).end('{"a":1}');
        const reply = await make().send('POST', url('/generate'), { 'content-type': 'application/json' }, { body: '{}' });
        assert.ok(reply.kind === 'answer');
        assert.deepEqual(
          [reply.answer.status, reply.answer.text, reply.answer.whole, reply.answer.headers['x-mood']],
          [201, '{"a":1}', true, 'good'],
        );
        assert.deepEqual(service.requests, ['POST /generate']);
      });

      const lost: readonly (readonly [string, Service['act'], string])[] = [
        ['a connection that breaks after it was read', (request) => void request.socket.destroy(), 'fault'],
        ['an end without an answer', (request) => void request.socket.end(), 'fault'],
        ['no answer until the deadline', () => undefined, 'fault'],
      ];
      for (const [name, act, kind] of lost)
        it(`${way}: ${name} may have been taken, and is not repeated`, async () => {
          service.act = act;
          const reply = await make().send('POST', url('/generate'), {}, { body: '{}' });
          assert.equal(reply.kind, kind);
          assert.equal(service.requests.length, 1);
        });

      it(`${way}: an answer cut in the middle is kept as far as it came`, async () => {
        service.act = (request, response) => {
          response.writeHead(200, { 'content-length': 100 });
          response.write('{"job_id":"x', () => request.socket.destroy());
        };
        const reply = await make().send('POST', url(), {}, { body: '{}' });
        assert.ok(reply.kind === 'answer' && !reply.answer.whole);
        assert.match(reply.answer.text, /job_id/);
      });

      it(`${way}: a GET ends with its signal or its deadline`, async () => {
        service.act = () => undefined;
        const transport = make();
        const late = await transport.get(url(), {}, signal);
        assert.equal(late.kind === 'fault' && late.fault.kind, 'timeout');
        const stopped = await transport.get(url(), {}, AbortSignal.abort());
        assert.equal(stopped.kind === 'fault' && stopped.fault.kind, 'stopped');
        await transport.close();
      });

      it(`${way}: a DELETE ends with its signal`, async () => {
        const stop = new AbortController();
        service.act = () => stop.abort();
        const reply = await make().send('DELETE', url('/jobs/1'), {}, { signal: stop.signal });
        assert.equal(reply.kind === 'fault' && reply.fault.kind, 'stopped');
      });

      it(`${way}: follows no redirect`, async () => {
        service.act = (_request, response) => void response.writeHead(307, { location: '/elsewhere' }).end();
        const transport = make();
        for (const reply of [await transport.get(url(), {}, signal), await transport.send('POST', url(), {}, { body: '{}' })])
          assert.equal(reply.kind === 'answer' && reply.answer.status, 307);
        assert.equal(service.requests.length, 2);
        await transport.close();
      });
    }
  });

describe('krea: a certificate that nobody trusts', () => {
  for (const make of [() => new UndiciTransport(strict), () => new EditorTransport()] as readonly (() => Transport)[])
    it(`${make().way}: nothing is sent`, async () => {
      const service = await Service.start(true);
      const reply = await make().send('POST', new URL(`https://127.0.0.1:${service.port}/generate`), {}, { body: '{}' });
      assert.equal(reply.kind, 'notSent');
      assert.equal(reply.kind === 'notSent' && reply.fault.kind, 'certificate');
      assert.deepEqual(service.requests, []);
      await service.close();
    });

  it('passes when the editor’s http.proxyStrictSSL is off', async () => {
    const service = await Service.start(true);
    const reply = await new UndiciTransport({ strictCertificates: false }).send('POST', new URL(`https://127.0.0.1:${service.port}/`), {});
    assert.equal(reply.kind, 'answer');
    await service.close();
  });
});

describe('krea: a proxy', () => {
  let service: Service;
  let proxy: LocalProxy;
  const start = async (encrypted: boolean, password?: string): Promise<URL> => {
    service = await Service.start(encrypted);
    proxy = await startLocalProxy(service.port, password);
    return new URL(`${encrypted ? 'https' : 'http'}://krea.test/jobs`);
  };
  afterEach(async () => {
    await proxy.close();
    await service.close();
  });

  for (const encrypted of [false, true])
    for (const password of [undefined, 'pa55'])
      it(`${encrypted ? 'TLS' : 'plain HTTP'}, ${password ? 'with' : 'without'} a password: GET, POST and file go through it, once each`, async () => {
        const url = await start(encrypted, password);
        const transport = new UndiciTransport({ strictCertificates: false, proxy: proxy.url });
        assert.equal((await transport.get(url, {}, signal)).kind, 'answer');
        assert.equal((await transport.send('POST', url, {}, { body: '{}' })).kind, 'answer');
        const file = await transport.open(url, {}, signal, true);
        assert.equal(file.kind, 'open');
        if (file.kind === 'open') for await (const _ of file.file.body);
        assert.deepEqual(service.requests, ['GET /jobs', 'POST /jobs', 'GET /jobs']);
        assert.ok(proxy.seen.length >= 3);
        await transport.close();
      });

  for (const encrypted of [false, true])
    it(`that refuses the password (${encrypted ? 'TLS' : 'plain HTTP'}): nothing reaches the service`, async () => {
      const url = await start(encrypted, 'pa55');
      const transport = new UndiciTransport({ strictCertificates: false, proxy: proxy.url.replace('pa55', 'wrong') });
      const get = await transport.get(url, {}, signal);
      const post = await transport.send('POST', url, {}, { body: '{}' });
      assert.equal(get.kind === 'fault' && get.fault.kind, 'proxy');
      // over plain HTTP the request itself went to the proxy, and who knows what that did with it
      assert.equal(post.kind, encrypted ? 'notSent' : 'fault');
      assert.deepEqual(service.requests, []);
      await transport.close();
    });

  it('is passed by for this machine and for http.noProxy', async () => {
    await start(false);
    const transport = new UndiciTransport({ strictCertificates: true, proxy: proxy.url, noProxy: ['other.test'] });
    assert.equal((await transport.get(new URL(`http://127.0.0.1:${service.port}/a`), {}, signal)).kind, 'answer');
    assert.equal((await transport.get(new URL(`http://localhost:${service.port}/b`), {}, signal)).kind, 'answer');
    assert.equal((await transport.get(new URL('http://other.test/c'), {}, signal)).kind, 'fault');
    assert.deepEqual(proxy.seen, []);
    await transport.close();
  });

  it('that is down: not sent', async () => {
    const url = await start(true);
    await proxy.close();
    const reply = await new UndiciTransport({ strictCertificates: false, proxy: proxy.url }).send('POST', url, {}, { body: '{}' });
    assert.equal(reply.kind, 'notSent');
  });
});

describe('krea: the network, auto', () => {
  it('a GET that fails directly goes the editor’s way, and the POST goes the way that worked, once', async () => {
    const service = await Service.start(false);
    // only fetch, the editor's way for a GET, sends this header
    service.act = (request, response) => {
      if (request.method === 'GET' && !request.headers['sec-fetch-mode']) request.socket.destroy();
      else response.end('{}');
    };
    const network = new Network('auto', strict);
    const url = new URL(`http://127.0.0.1:${service.port}/jobs`);
    assert.equal(network.way, 'direct');
    assert.equal((await network.get(url, {}, signal)).kind, 'answer');
    assert.equal(network.way, 'editor');
    assert.equal((await network.send('POST', url, {}, { body: '{}' })).kind, 'answer');
    assert.deepEqual(service.requests, ['GET /jobs', 'GET /jobs', 'POST /jobs']);
    await network.close();
    await service.close();
  });

  it('a POST that fails is not tried the other way', async () => {
    const service = await Service.start(false);
    service.act = (request) => void request.socket.resetAndDestroy();
    const network = new Network('auto', strict);
    const reply = await network.send('POST', new URL(`http://127.0.0.1:${service.port}/`), {}, { body: '{}' });
    assert.equal(reply.kind, 'fault');
    assert.equal(service.requests.length, 1);
    await network.close();
    await service.close();
  });

  const nonsense = [
    ['a proxy that is no address', new UndiciTransport({ strictCertificates: true, proxy: 'no address' }), {}],
    ['a header that cannot be sent', new UndiciTransport(strict), { 'x-webhook-url': 'https://例え.test' }],
    ['a header that cannot be sent', new EditorTransport(), { 'x-webhook-url': 'https://例え.test' }],
  ] as const;
  for (const [name, transport, headers] of nonsense)
    it(`${name} (${transport.way}) is a fault like others, and nothing is sent`, async () => {
      const service = await Service.start(false);
      const url = new URL(`http://127.0.0.1:${service.port}/`);
      assert.equal((await transport.send('POST', url, headers, { body: '{}' })).kind, 'notSent');
      assert.equal((await transport.get(url, headers, signal)).kind, 'fault');
      await transport.close();
      assert.deepEqual(service.requests, []);
      await service.close();
    });

  it('stays where it is when both ways fail', async () => {
    const network = new Network('auto', strict);
    assert.equal((await network.get(new URL('http://127.0.0.1:1/'), {}, signal)).kind, 'fault');
    assert.equal(network.way, 'direct');
    await network.close();
  });
});

describe('krea: addresses of files', () => {
  const addresses: readonly (readonly [string, boolean])[] = [
    ['8.8.8.8', true],
    ['172.15.0.1', true],
    ['172.32.0.1', true],
    ['2606:4700::1111', true],
    ['10.1.2.3', false],
    ['127.0.0.1', false],
    ['169.254.169.254', false],
    ['172.16.0.1', false],
    ['192.168.1.1', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['255.255.255.255', false],
    ['::1', false],
    ['::', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:7f00:1', false],
    ['[::1]', false],
    ['no address', false],
  ];
  for (const [address, isPublic] of addresses)
    it(`${address}: ${isPublic ? 'public' : 'private'}`, () => assert.equal(isPublicAddress(address), isPublic));

  const urls: readonly (readonly [string, boolean])[] = [
    ['https://gen.krea.ai/videos/1.mp4', false],
    ['https://2130706433/1.mp4', true],
    ['https://0x7f.1/1.mp4', true],
    ['https://[::ffff:127.0.0.1]/1.mp4', true],
    ['https://localhost/1.mp4', true],
    ['https://api.localhost./1.mp4', true],
    ['https://169.254.169.254/latest', true],
  ];
  for (const [url, isPrivate] of urls)
    it(`${url} ${isPrivate ? 'is private by itself' : 'may be looked up'}`, () =>
      assert.equal(namesPrivateAddress(new URL(url)), isPrivate));

  const openings: readonly (readonly [string, string, string, string])[] = [
    ['an unencrypted address', 'https://api.krea.ai/', 'http://gen.krea.ai/1.mp4', 'notHttps'],
    ['a private address', 'https://api.krea.ai/', 'https://10.0.0.1/1.mp4', 'private'],
    ['a name of this machine', 'https://api.krea.ai/', 'https://localhost:1/1.mp4', 'private'],
    ['another scheme', 'http://127.0.0.1:1/', 'ftp://127.0.0.1/1.mp4', 'notHttps'],
  ];
  for (const way of ['direct', 'editor'] as const)
    for (const [name, apiBase, address, why] of openings)
      it(`${name} is not opened (${way})`, async () => {
        const network = new Network(way, strict);
        assert.deepEqual(await openClip(network, address, new URL(apiBase), signal), { kind: 'refusedAddress', why });
        await network.close();
      });

  it('a name that leads to a private address is not opened', async () => {
    // every system knows its own name for 127.0.0.1; it is the look-up, not the name, that is refused
    const reply = await new UndiciTransport(strict).open(new URL('https://localhost:1/1.mp4'), {}, signal, true);
    assert.equal(reply.kind === 'fault' && reply.fault.code, 'PRIVATE_ADDRESS');
  });

  it('a redirect from a public to a private address is not followed', async () => {
    const network = new Network('direct', strict);
    network.open = async () => ({
      kind: 'open',
      file: { status: 302, headers: { location: 'https://192.168.1.1/x' }, body: (async function* () {})() },
    });
    assert.deepEqual(await openClip(network, 'https://gen.krea.ai/1.mp4', new URL('https://api.krea.ai'), signal), {
      kind: 'refusedAddress',
      why: 'private',
    });
    await network.close();
  });

  it('knows a simulator of this machine by its address', () => {
    for (const [base, local] of [
      ['http://127.0.0.1:3', true],
      ['http://localhost:3', true],
      ['http://[::1]:3', true],
      ['https://api.krea.ai', false],
      ['https://127.0.0.1.evil.test', false],
    ] as const)
      assert.equal(isLocalHost(new URL(base)), local, base);
  });
});
