import assert from 'node:assert/strict';
import { request as httpsRequest } from 'node:https';
import { ProxyAgent, request as undiciRequest } from 'undici';
import { type EditorCalls, EditorTransport, editorCalls } from '../../src/krea/editorTransport';
import { Network } from '../../src/krea/network';
import type { ProxySupport } from '../../src/krea/proxySettings';
import { type LocalProxy, startLocalProxy } from '../support/localProxy';
import { privateAuthority } from '../support/privateAuthority';
import { TestService } from '../support/testService';
import { TunnelAgent } from '../support/tunnelAgent';

const signal = new AbortController().signal;
const secret = 'kr-test-token-of-nobody';
const authorized = { authorization: `Bearer ${secret}` };
const url = new URL('https://krea.test/jobs');

/*
 * A network where only the editor knows the way, as with a proxy script: the names do not exist for us, and its
 * fetch and its node:https go through a proxy that no setting names.
 */
describe('krea: a network that only the editor knows its way through', () => {
  let service: TestService;
  let proxy: LocalProxy;
  let agent: ProxyAgent;
  /** Methods that came by fetch. */
  let fetched: string[];

  const start = async (password?: string, refusal?: number): Promise<void> => {
    service = await TestService.start(privateAuthority);
    proxy = await startLocalProxy(service.port, password, refusal);
    agent = new ProxyAgent({ uri: proxy.url, requestTls: { ca: privateAuthority.ca } });
    fetched = [];
  };
  afterEach(async () => {
    await agent.destroy();
    await proxy.close();
    await service.close();
  });

  const calls = (): EditorCalls => {
    const tunnel = new TunnelAgent(new URL(proxy.url), { ca: privateAuthority.ca });
    return {
      fetch: async (input, init) => {
        fetched.push(init?.method ?? 'GET');
        assert.ok(input instanceof URL);
        const headers = Object.fromEntries(new Headers(init?.headers));
        const { statusCode, body } = await undiciRequest(input, { dispatcher: agent, headers });
        return new Response(await body.arrayBuffer(), { status: statusCode });
      },
      request: (to, options) => httpsRequest(to, { ...options, agent: tunnel }),
    };
  };
  const network = (way: 'auto' | 'editor' | 'direct'): Network =>
    new Network(way, { strictCertificates: true }, undefined, { editor: calls(), certificates: async () => [] });

  for (const way of ['auto', 'editor'] as const)
    it(`${way}: GET and file go by its fetch, the POST by node:https, once each and in the tunnel`, async () => {
      await start();
      const net = network(way);
      assert.equal((await net.get(url, authorized, signal)).kind, 'answer');
      assert.equal((await net.send('POST', url, authorized, { body: '{}' })).kind, 'answer');
      assert.equal((await net.send('DELETE', url, authorized)).kind, 'answer');
      const file = await net.open(new URL('https://files.krea.test/clip'), {}, signal, true);
      if (file.kind === 'open') for await (const _ of file.file.body);
      assert.equal(net.way, 'editor');
      assert.deepEqual(service.requests, ['GET /jobs', 'POST /jobs', 'DELETE /jobs', 'GET /clip']);
      assert.deepEqual(fetched, ['GET', 'GET']);
      assert.equal(proxy.overheard().includes(secret), false);
      await net.close();
    });

  it('direct: is not to be had, and nothing reaches the proxy', async () => {
    await start();
    const net = network('direct');
    assert.equal((await net.get(url, authorized, signal)).kind, 'fault');
    assert.equal((await net.send('POST', url, authorized, { body: '{}' })).kind, 'notSent');
    assert.deepEqual(proxy.seen, []);
    await net.close();
  });

  it('each POST has a connection of its own, and leaves none behind', async () => {
    await start();
    const net = network('editor');
    const before = service.connections;
    for (let times = 0; times < 3; times++) await net.send('POST', url, authorized, { body: '{}' });
    assert.equal(service.connections - before, 3);
    await net.close();
  });

  it('a connection that breaks after the service took the POST: not known, and not sent again', async () => {
    await start();
    const net = network('auto');
    await net.get(url, authorized, signal);
    service.act = (request) => void request.socket.destroy();
    assert.equal((await net.send('POST', url, authorized, { body: '{}' })).kind, 'fault');
    assert.deepEqual(service.requests, ['GET /jobs', 'POST /jobs']);
    assert.deepEqual(fetched, ['GET']);
    await net.close();
  });

  const refusals = [
    [407, 'pa55', undefined, 'proxyPassword'],
    // the service itself says 403 when a token is not allowed: it must not be taken for that
    [403, undefined, 403, 'proxy'],
    [502, undefined, 502, 'proxy'],
  ] as const;
  for (const [status, password, refusal, kind] of refusals)
    it(`a proxy that now answers ${status} has let nothing through, and is no answer of the service`, async () => {
      await start(password, refusal);
      const transport = new EditorTransport(undefined, {
        ...calls(),
        request: (to, options) => httpsRequest(to, { ...options, agent: new TunnelAgent(new URL(proxy.url.replace('pa55', 'wrong'))) }),
      });
      const reply = await transport.send('POST', url, authorized, { body: '{}' });
      assert.deepEqual(reply, { kind: 'notSent', fault: { kind, code: `HTTP ${status}` } });
      assert.deepEqual(service.requests, []);
      assert.equal(proxy.overheard().includes(secret), false);
    });

  it('a proxy that is down: not sent', async () => {
    await start();
    await proxy.close();
    const reply = await network('editor').send('POST', url, authorized, { body: '{}' });
    assert.equal(reply.kind, 'notSent');
  });
});

describe('krea: a POST by node:https', () => {
  const supports: readonly ProxySupport[] = ['off', 'on', 'fallback', 'override'];
  for (const support of supports)
    it(`has a connection of its own and keeps none open, with http.proxySupport ${support}`, async () => {
      const service = await TestService.start();
      const heads: (string | undefined)[] = [];
      service.act = ({ headers }, response) => {
        heads.push(headers.connection);
        response.end('{}');
      };
      const transport = new EditorTransport(undefined, editorCalls(support));
      for (let times = 0; times < 3; times++)
        assert.equal((await transport.send('POST', new URL(`http://127.0.0.1:${service.port}/`), {}, { body: '{}' })).kind, 'answer');
      assert.deepEqual(heads, ['close', 'close', 'close']);
      assert.equal(service.connections, 3);
      await service.close();
    });
});
