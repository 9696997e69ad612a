import assert from 'node:assert/strict';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { KreaClient } from '../../src/krea/kreaClient';
import { Network } from '../../src/krea/network';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { testCertificate } from '../support/testCertificate';
import { textClip } from './simulatorCalls';

const endpoint = '/generate/video/kling/kling-2.5';
const body = JSON.stringify({ prompt: 'a heron at dawn' });

describe('simulator: HTTP/2', () => {
  let simulator: Simulator;
  let base: string;
  const usualCertificates = getCACertificates('default');
  before(() => setDefaultCACertificates([testCertificate.cert]));
  after(() => setDefaultCACertificates(usualCertificates));
  beforeEach(async () => {
    simulator = await startSimulator({ makeClip: textClip, certificate: testCertificate });
    base = simulator.secureBase ?? '';
  });
  afterEach(() => simulator.close());

  /** undici as it comes, which speaks HTTP/2 where the other end does. */
  const submitByLibrary = async () => {
    const { Agent, request } = await import('undici');
    const dispatcher = new Agent({ connect: { rejectUnauthorized: false }, allowH2: true });
    const headers = { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' };
    try {
      await (await request(`${base}/jobs`, { dispatcher, headers })).body.dump();
      const answer = await request(`${base}${endpoint}`, { method: 'POST', headers, body, dispatcher, headersTimeout: 3000 });
      return { status: answer.statusCode, text: await answer.body.text() };
    } finally {
      await dispatcher.destroy();
    }
  };
  const versions = () => simulator.requests.map(({ method, httpVersion }) => `${method} ${httpVersion}`);

  it('is spoken, and answers as HTTP/1.1 does', async () => {
    const { status, text } = await submitByLibrary();
    assert.equal(status, 200);
    assert.equal(JSON.parse(text).job_id, simulator.jobs[0]?.id);
    assert.deepEqual(versions(), ['GET 2.0', 'POST 2.0']);
    assert.deepEqual(
      simulator.requests.map(({ token, answer }) => `${token} ${answer}`),
      ['demo 200', 'demo 200'],
    );
  });

  for (const afterAccepting of ['goaway', 'refusedStream'] as const) {
    it(`${afterAccepting} after the job was made lets a library make a second one, behind a clean 200`, async () => {
      simulator.set({ http2: { afterAccepting, times: 1 } });
      assert.equal((await submitByLibrary()).status, 200);
      assert.equal(simulator.jobs.length, 2);
    });

    for (const way of ['direct', 'editor'] as const)
      it(`${afterAccepting}: our client (${way}) never speaks it, and makes one job`, async () => {
        simulator.set({ http2: { afterAccepting, times: 1 } });
        const network = new Network(way, { strictCertificates: true });
        const client = new KreaClient(network, new URL(base), simulator.token, 'krea-video/test');
        const look = await client.jobs({ limit: 1 }, new AbortController().signal);
        assert.equal(look.kind, 'found');
        const answer = await client.submit(endpoint, body);
        assert.equal(answer.kind, 'accepted');
        assert.deepEqual(versions(), ['GET 1.1', 'POST 1.1']);
        assert.equal(simulator.jobs.length, 1);
        await network.close();
      });
  }
});
