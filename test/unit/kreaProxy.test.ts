import assert from 'node:assert/strict';
import { createSecureServer } from 'node:http2';
import { createServer } from 'node:net';
import { type ProxySettings, proxiesOf } from '../../src/krea/proxySettings';
import { usualDeadlines } from '../../src/krea/transport';
import { UndiciTransport } from '../../src/krea/undiciTransport';
import { type LocalProxy, startLocalProxy } from '../support/localProxy';
import { privateAuthority } from '../support/privateAuthority';
import { TestService } from '../support/testService';

const signal = new AbortController().signal;
const secret = 'kr-test-token-of-nobody';
const authorized = { authorization: `Bearer ${secret}` };
const certificates = async () => [privateAuthority.ca];
const strict = { strictCertificates: true } as const;
const direct = (settings: Omit<ProxySettings, 'strictCertificates'>, deadlines = usualDeadlines): UndiciTransport =>
  new UndiciTransport({ ...strict, ...settings }, deadlines, certificates);

describe('krea: a proxy', () => {
  let service: TestService;
  let proxy: LocalProxy;
  const start = async (encrypted: boolean, password?: string, refusal?: number): Promise<URL> => {
    service = await TestService.start(encrypted ? privateAuthority : undefined);
    proxy = await startLocalProxy(service.port, password, refusal);
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
        const transport = direct({ proxy: proxy.url });
        assert.equal((await transport.get(url, authorized, signal)).kind, 'answer');
        assert.equal((await transport.send('POST', url, authorized, { body: '{}' })).kind, 'answer');
        const file = await transport.open(url, {}, signal, true);
        assert.equal(file.kind, 'open');
        if (file.kind === 'open') for await (const _ of file.file.body);
        assert.deepEqual(service.requests, ['GET /jobs', 'POST /jobs', 'GET /jobs']);
        assert.ok(proxy.seen.length >= 3);
        if (encrypted) {
          assert.deepEqual([...new Set(proxy.seen)], ['CONNECT krea.test:443']);
          assert.equal(proxy.overheard().includes(secret), false, 'the token is inside the tunnel only');
        }
        assert.deepEqual([...service.versions], ['1.1']);
        await transport.close();
      });

  it('is given the header of http.proxyAuthorization', async () => {
    const url = await start(true, 'pa55');
    const authorization = `Basic ${Buffer.from('user:pa55').toString('base64')}`;
    const transport = direct({ proxy: proxy.url.replace('user:pa55@', ''), authorization });
    assert.equal((await transport.get(url, {}, signal)).kind, 'answer');
    await transport.close();
  });

  const refusals: readonly (readonly [string, boolean, string | undefined, number | undefined, string, string])[] = [
    ['another password', true, 'pa55', undefined, 'proxyPassword', 'HTTP 407'],
    ['another password', false, 'pa55', undefined, 'proxyPassword', 'HTTP 407'],
    ['no way to Krea', true, undefined, 403, 'proxy', 'HTTP 403'],
    ['no service behind it', true, undefined, 502, 'proxy', 'HTTP 502'],
  ];
  for (const [name, encrypted, password, refusal, kind, code] of refusals)
    it(`that answers ${refusal ?? 407} (${name}, ${encrypted ? 'TLS' : 'plain HTTP'}): nothing reaches the service`, async () => {
      const url = await start(encrypted, password, refusal);
      const transport = direct({ proxy: proxy.url.replace('pa55', 'wrong') });
      const get = await transport.get(url, authorized, signal);
      assert.deepEqual(get.kind === 'fault' && get.fault.kind, kind);
      if (encrypted) assert.deepEqual(get.kind === 'fault' && get.fault.code, code);
      const post = await transport.send('POST', url, authorized, { body: '{}' });
      // over plain HTTP the request itself went to the proxy, and who knows what that did with it
      assert.equal(post.kind, encrypted ? 'notSent' : 'fault');
      assert.deepEqual(service.requests, []);
      if (encrypted) assert.equal(proxy.overheard().includes(secret), false);
      await transport.close();
    });

  it('that is down: not sent, and it is the proxy that is named', async () => {
    const url = await start(true);
    await proxy.close();
    const transport = direct({ proxy: proxy.url });
    const get = await transport.get(url, {}, signal);
    assert.deepEqual(get.kind === 'fault' && get.fault, { kind: 'proxyDown', code: 'ECONNREFUSED' });
    const post = await transport.send('POST', url, {}, { body: '{}' });
    assert.deepEqual(post, { kind: 'notSent', fault: { kind: 'proxyDown', code: 'ECONNREFUSED' } });
    await transport.close();
  });

  it('that breaks the connection after the service took the POST: not known, and not sent again', async () => {
    const url = await start(true);
    const transport = direct({ proxy: proxy.url });
    assert.equal((await transport.get(url, {}, signal)).kind, 'answer');
    service.act = (request) => void request.socket.destroy();
    assert.equal((await transport.send('POST', url, {}, { body: '{}' })).kind, 'fault');
    assert.deepEqual(service.requests, ['GET /jobs', 'POST /jobs']);
    await transport.close();
  });

  it('is passed by for this machine and for http.noProxy', async () => {
    await start(false);
    const transport = direct({ proxy: proxy.url, noProxy: ['other.test'] });
    assert.equal((await transport.get(new URL(`http://127.0.0.1:${service.port}/a`), {}, signal)).kind, 'answer');
    assert.equal((await transport.get(new URL(`http://localhost:${service.port}/b`), {}, signal)).kind, 'answer');
    assert.equal((await transport.get(new URL('http://sub.other.test/c'), {}, signal)).kind, 'fault');
    assert.deepEqual(proxy.seen, []);
    await transport.close();
  });
});

describe('krea: a proxy that takes the connection and says nothing', () => {
  it('is given as long as a connection, and nothing is sent', async () => {
    const held = new Set<{ destroy(): unknown }>();
    const silent = createServer((socket) => void held.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    assert.ok(address !== null && typeof address === 'object');
    const transport = direct({ proxy: `http://127.0.0.1:${address.port}` }, { ...usualDeadlines, connect: 1000 });
    const reply = await transport.send('POST', new URL('https://krea.test/'), {}, { body: '{}' });
    assert.equal(reply.kind === 'notSent' && reply.fault.kind, 'timeout');
    for (const socket of held) socket.destroy();
    await new Promise((resolve) => silent.close(resolve));
  });
});

describe('krea: a service that offers HTTP/2 behind a proxy', () => {
  it('is spoken to in HTTP/1.1, in which nothing is replayed', async () => {
    const versions: string[] = [];
    const server = createSecureServer({ ...privateAuthority, allowHTTP1: true }, (request, response) => {
      versions.push(request.httpVersion);
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const proxy = await startLocalProxy(address.port);
    const transport = direct({ proxy: proxy.url });
    const url = new URL('https://krea.test/');
    assert.equal((await transport.get(url, {}, signal)).kind, 'answer');
    assert.equal((await transport.send('POST', url, {}, { body: '{}' })).kind, 'answer');
    assert.deepEqual(versions, ['1.1', '1.1']);
    await transport.close();
    await proxy.close();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('krea: a proxy that is no address', () => {
  const rows = [
    ['http://', 'ERR_INVALID_URL'],
    ['http://user:50%off@proxy.test:1', 'URIError'],
  ] as const;
  for (const [proxy, code] of rows)
    it(`${proxy}: nothing is sent, and it is the proxy that is named`, async () => {
      const transport = direct({ proxy });
      const fault = { kind: 'proxyDown', code };
      assert.deepEqual(await transport.send('POST', new URL('https://krea.test/'), {}, { body: '{}' }), { kind: 'notSent', fault });
      assert.deepEqual(await transport.get(new URL('https://krea.test/'), {}, signal), { kind: 'fault', fault });
      await transport.close();
    });
});

describe('krea: which proxy', () => {
  const here = 'localhost,127.0.0.1,::1';
  const rows: readonly (readonly [string, Omit<ProxySettings, 'strictCertificates'>, Readonly<Record<string, string>>, object])[] = [
    ['none', {}, {}, { httpProxy: '', httpsProxy: '', noProxy: here }],
    ['that of the environment', {}, { HTTPS_PROXY: 'http://a:1' }, { httpProxy: '', httpsProxy: 'http://a:1/', noProxy: here }],
    ['one variable for both', {}, { http_proxy: 'http://a:1' }, { httpProxy: 'http://a:1/', httpsProxy: 'http://a:1/', noProxy: here }],
    ['an address without its scheme', {}, { https_proxy: 'a:1' }, { httpProxy: '', httpsProxy: 'http://a:1/', noProxy: here }],
    [
      'http.proxy before the environment',
      { proxy: 'http://b:2' },
      { HTTPS_PROXY: 'http://a:1' },
      { httpProxy: 'http://b:2/', httpsProxy: 'http://b:2/', noProxy: here },
    ],
    [
      'NO_PROXY over http.proxy',
      { proxy: 'http://b:2', noProxy: [] },
      { NO_PROXY: 'krea.test' },
      { httpProxy: 'http://b:2/', httpsProxy: 'http://b:2/', noProxy: `krea.test,${here}` },
    ],
    [
      'http.noProxy before NO_PROXY',
      { proxy: 'http://b:2', noProxy: ['x.test', 'y.test'] },
      { NO_PROXY: 'krea.test' },
      { httpProxy: 'http://b:2/', httpsProxy: 'http://b:2/', noProxy: `x.test,y.test,${here}` },
    ],
    [
      'only the environment when http.proxySupport is off',
      { proxy: 'http://b:2', noProxy: ['x.test'], support: 'off' },
      { HTTPS_PROXY: 'http://a:1' },
      { httpProxy: '', httpsProxy: 'http://a:1/', noProxy: here },
    ],
    ...(['on', 'fallback', 'override'] as const).map(
      (support) =>
        [
          `http.proxy when http.proxySupport is ${support}`,
          { proxy: 'http://b:2', support },
          {},
          { httpProxy: 'http://b:2/', httpsProxy: 'http://b:2/', noProxy: here },
        ] as const,
    ),
    [
      'SOCKS in the word that undici knows',
      { proxy: 'socks5h://c:3' },
      {},
      { httpProxy: 'socks5://c:3', httpsProxy: 'socks5://c:3', noProxy: here },
    ],
  ];
  for (const [name, settings, environment, proxies] of rows)
    it(name, () => assert.deepEqual(proxiesOf({ ...strict, ...settings }, environment), proxies));
});
