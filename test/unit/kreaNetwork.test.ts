import assert from 'node:assert/strict';
import { Network } from '../../src/krea/network';
import { TestService } from '../support/testService';

const signal = new AbortController().signal;
const strict = { strictCertificates: true } as const;

describe('krea: the network, auto', () => {
  let service: TestService;
  beforeEach(async () => {
    service = await TestService.start();
  });
  afterEach(() => service.close());

  it('a GET that fails directly goes the editor’s way, and the POST goes the way that worked, once', async () => {
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
  });

  it('keeps to what worked, and comes back when only that works again', async () => {
    let byFetch = 'works';
    service.act = (request, response) => {
      const fetched = request.headers['sec-fetch-mode'] !== undefined;
      if (fetched === (byFetch === 'works')) response.end('{}');
      else request.socket.destroy();
    };
    const network = new Network('auto', strict);
    const url = new URL(`http://127.0.0.1:${service.port}/jobs`);
    for (let times = 0; times < 3; times++) assert.equal((await network.get(url, {}, signal)).kind, 'answer');
    assert.equal(network.way, 'editor');
    assert.equal(service.requests.length, 4, 'the direct way was tried once');
    byFetch = 'fails';
    assert.equal((await network.get(url, {}, signal)).kind, 'answer');
    assert.equal(network.way, 'direct');
    await network.close();
  });

  it('a POST that fails is not tried the other way', async () => {
    service.act = (request) => void request.socket.resetAndDestroy();
    const network = new Network('auto', strict);
    const reply = await network.send('POST', new URL(`http://127.0.0.1:${service.port}/`), {}, { body: '{}' });
    assert.equal(reply.kind, 'fault');
    assert.equal(service.requests.length, 1);
    await network.close();
  });

  it('stays where it is when both ways fail', async () => {
    const network = new Network('auto', strict);
    assert.equal((await network.get(new URL('http://127.0.0.1:1/'), {}, signal)).kind, 'fault');
    assert.equal(network.way, 'direct');
    await network.close();
  });
});
