import assert from 'node:assert/strict';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { EditorTransport } from '../../src/krea/editorTransport';
import { type Transport, usualDeadlines } from '../../src/krea/transport';
import { UndiciTransport } from '../../src/krea/undiciTransport';
import { testCertificate } from '../support/testCertificate';
import { TestService } from '../support/testService';

const signal = new AbortController().signal;
const strict = { strictCertificates: true } as const;

for (const encrypted of [false, true])
  describe(`krea: one call over ${encrypted ? 'TLS' : 'plain HTTP'}`, () => {
    let service: TestService;
    const usualCertificates = getCACertificates('default');
    before(() => {
      if (encrypted) setDefaultCACertificates([testCertificate.cert]);
    });
    after(() => setDefaultCACertificates(usualCertificates));
    beforeEach(async () => {
      service = await TestService.start(encrypted ? testCertificate : undefined);
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

      const lost: readonly (readonly [string, TestService['act'], string])[] = [
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

describe('krea: a call that cannot be made', () => {
  const nonsense = [
    ['a proxy that is no address', new UndiciTransport({ strictCertificates: true, proxy: 'no address' }), {}],
    ['a header that cannot be sent', new UndiciTransport(strict), { 'x-webhook-url': 'https://例え.test' }],
    ['a header that cannot be sent', new EditorTransport(), { 'x-webhook-url': 'https://例え.test' }],
  ] as const;
  for (const [name, transport, headers] of nonsense)
    it(`${name} (${transport.way}) is a fault like others, and nothing is sent`, async () => {
      const service = await TestService.start();
      const url = new URL(`http://127.0.0.1:${service.port}/`);
      assert.equal((await transport.send('POST', url, headers, { body: '{}' })).kind, 'notSent');
      assert.equal((await transport.get(url, headers, signal)).kind, 'fault');
      await transport.close();
      assert.deepEqual(service.requests, []);
      await service.close();
    });
});
