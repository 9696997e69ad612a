import assert from 'node:assert/strict';
import { turnableClock } from '../../src/simulator/clock';
import { models } from '../../src/simulator/models';
import { demoToken, type Simulator, startSimulator } from '../../src/simulator/simulator';
import { plainSwitches } from '../../src/simulator/switches';
import { callsTo, textClip } from './simulatorCalls';

describe('simulator: who may call what', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ clock: turnableClock(), makeClip: textClip });
  });
  afterEach(() => simulator.close());

  const headers = [
    { what: 'no token', authorization: undefined, status: 401 },
    { what: 'a wrong token', authorization: 'Bearer wrong', status: 401 },
    { what: 'a token without a scheme', authorization: demoToken.token, status: 401 },
    { what: 'the scheme Key', authorization: `Key ${demoToken.token}`, status: 401 },
    { what: 'the scheme Key where it is accepted', authorization: `Key ${demoToken.token}`, keyScheme: true, status: 200 },
    { what: 'the right token', authorization: `Bearer ${demoToken.token}`, status: 200 },
  ];
  for (const { what, authorization, status, keyScheme = false } of headers)
    it(`answers ${status} to ${what}`, async () => {
      simulator.set({ keyScheme });
      const response = await fetch(`${simulator.apiBase}/jobs?limit=1`, authorization ? { headers: { authorization } } : {});
      assert.equal(response.status, status);
      if (status === 401) assert.deepEqual(await response.json(), { message: 'Unauthorized' });
    });

  it('tells a 401 in `error` by switch', async () => {
    simulator.set({ unauthorizedShape: 'error' });
    assert.deepEqual(await (await fetch(`${simulator.apiBase}/jobs`)).json(), { error: 'Unauthorized' });
  });

  const unknown = [
    ['GET', '/v1/jobs'],
    ['GET', '/'],
    ['GET', '//jobs'],
    ['POST', '/jobs'],
    ['GET', '/generate/video/kling/kling-2.5'],
    ['POST', '/generate/video/kling/kling-99'],
    ['PUT', '/jobs/1'],
  ] as const;
  for (const [method, path] of unknown)
    it(`answers ${method} ${path} with a 404 in HTML`, async () => {
      const { status, headers, text } = await callsTo(simulator).call(method, path);
      assert.equal(status, 404);
      assert.match(headers.get('content-type') ?? '', /^text\/html/);
      assert.match(text, /<html>/);
    });

  it('sends no CORS headers and allows nothing to OPTIONS', async () => {
    const { call } = callsTo(simulator);
    for (const reply of [await call('OPTIONS', '/jobs'), await call('GET', '/jobs'), await call('GET', '/openapi.json')])
      assert.deepEqual(
        [...reply.headers.keys()].filter((name) => name.startsWith('access-control') || name === 'allow'),
        [],
      );
  });

  it('answers GET /usage with 403', async () => assert.equal((await callsTo(simulator).call('GET', '/usage')).status, 403));

  describe('the published description', () => {
    const spec = async () => {
      const response = await fetch(`${simulator.apiBase}/openapi.json`);
      return { response, text: await response.text() };
    };

    it('needs no token and holds every model with its schema', async () => {
      const { at, status } = await callsTo(simulator, 'wrong').call('GET', '/openapi.json');
      assert.equal(status, 200);
      assert.equal(at('openapi'), '3.1.0');
      for (const model of models) {
        const operation = ['paths', model.endpoint, 'post'] as const;
        const schema = [...operation, 'requestBody', 'content', 'application/json', 'schema'] as const;
        assert.equal(at(...operation, 'deprecated'), model.retired, model.id);
        assert.equal(at(...schema, 'additionalProperties'), false);
        assert.deepEqual(Object.keys(Object(at(...schema, 'properties'))), Object.keys(model.params));
        assert.equal(at(...operation, 'x-krea-pricing') === undefined, model.prices === undefined);
      }
    });

    it('speaks JSON Schema', async () => {
      const { at } = await callsTo(simulator).call('GET', '/openapi.json');
      const field = (model: string, ...names: readonly (string | number)[]) =>
        at('paths', `/generate/video/${model}`, 'post', 'requestBody', 'content', 'application/json', 'schema', 'properties', ...names);
      assert.deepEqual(field('kling/kling-3.0', 'duration'), { type: 'number', default: 5, minimum: 3, maximum: 15 });
      assert.deepEqual(field('google/veo-3.1', 'start_image', 'type'), ['string', 'null']);
      assert.equal(field('kling/kling-3.0', 'multi_prompt', 'items', 'additionalProperties'), false);
      assert.equal(field('minimax/h3-max-camera-controls', 'camera_trajectory', 'items', 'properties', 'distance', 'exclusiveMinimum'), 0);
    });

    it('prices by the request, in text', async () => {
      const { at } = await callsTo(simulator).call('GET', '/openapi.json');
      const points = at('paths', '/generate/video/kling/kling-3.0', 'post', 'x-krea-pricing', 'price_points');
      assert.ok(Array.isArray(points));
      assert.deepEqual(
        points.find(({ dimensions }) => dimensions.mode === 'std' && dimensions.duration === 5 && dimensions.generateAudio === true),
        { amount: '1.323', dimensions: { mode: 'std', generateAudio: true, duration: 5 } },
      );
    });

    it('can be broken', async () => {
      simulator.set({ openapi: 'brokenJson' });
      const { response, text } = await spec();
      assert.equal(response.status, 200);
      assert.throws(() => JSON.parse(text));
    });
    it('can be missing', async () => {
      simulator.set({ openapi: 'missing' });
      assert.equal((await spec()).response.status, 404);
    });
    it('can be very large', async () => {
      simulator.set({ openapi: 'veryLarge' });
      assert.ok((await spec()).text.length > 20e6);
    });
    it('can name a model nobody has heard of, which then works', async () => {
      const { submit, call } = callsTo(simulator);
      const unheardOf = 'lumiere/cinematograph-1';
      assert.equal((await submit({ prompt: 'a train' }, unheardOf)).status, 404);
      simulator.set({ openapi: 'unheardOfModel' });
      assert.ok((await call('GET', '/openapi.json')).at('paths', `/generate/video/${unheardOf}`));
      assert.equal((await submit({ prompt: 'a train' }, unheardOf)).status, 200);
    });
    it('is answered 304 to a known ETag by switch', async () => {
      assert.equal((await spec()).response.headers.get('etag'), null);
      simulator.set({ openapiEtag: true });
      const etag = (await spec()).response.headers.get('etag');
      const { status } = await callsTo(simulator).call('GET', '/openapi.json', undefined, { 'If-None-Match': String(etag) });
      assert.equal(status, 304);
    });
  });

  describe('models on their way out', () => {
    it('answers 410 with six fields for a retired model', async () => {
      const { status, text } = await callsTo(simulator).submit({ prompt: 'a' }, 'kling/kling-1.6');
      assert.equal(status, 410);
      assert.deepEqual(Object.keys(JSON.parse(text)), ['error', 'reason', 'message', 'sunset_date', 'replacement', 'migration_url']);
    });
    it('retires more by switch and takes them out of the description', async () => {
      simulator.set({ retired: ['kling/kling-2.5'] });
      const { submit, call } = callsTo(simulator);
      assert.equal((await submit()).status, 410);
      assert.equal((await call('GET', '/openapi.json')).at('paths', '/generate/video/kling/kling-2.5', 'post', 'deprecated'), true);
    });
    it('announces an end in headers', async () => {
      simulator.set({ sunset: { 'kling/kling-2.5': { date: '2026-12-01' } } });
      const { status, headers } = await callsTo(simulator).submit();
      assert.equal(status, 200);
      assert.equal(headers.get('deprecation'), 'true');
      assert.equal(headers.get('sunset'), 'Tue, 01 Dec 2026 00:00:00 GMT');
      assert.match(headers.get('link') ?? '', /rel="deprecation"/);
    });
    it('answers 403 for a model outside the plan', async () => {
      simulator.set({ forbidden: ['kling/kling-2.5'] });
      assert.equal((await callsTo(simulator).submit()).status, 403);
    });
  });

  describe('money', () => {
    it('charges each submit, the same body twice included', async () => {
      simulator.setBalance(10);
      const { submitted } = callsTo(simulator);
      const ids = [await submitted(), await submitted()];
      assert.equal(new Set(ids).size, 2);
      assert.equal(simulator.balance(), 10 - 2 * 0.367);
    });
    it('refuses at zero, and what runs goes on', async () => {
      const { submit, submitted, status } = callsTo(simulator);
      const id = await submitted();
      simulator.setBalance(0);
      const reply = await submit();
      assert.equal(reply.status, 402);
      assert.match(String(reply.at('message')), /top up your API balance/);
      simulator.finish(id);
      assert.equal(await status(id), 'completed');
    });
    for (const [text, words] of [
      ['code', 'INSUFFICIENT_BALANCE'],
      ['credits', 'Insufficient credits'],
    ] as const)
      it(`says "${words}" by switch`, async () => {
        simulator.set({ balanceText: text });
        simulator.setBalance(0);
        assert.equal((await callsTo(simulator).submit()).at('error'), words);
      });
    for (const ending of ['failed', 'cancelled'] as const)
      it(`gives back what a ${ending} job cost`, async () => {
        simulator.setBalance(10);
        simulator.finish(await callsTo(simulator).submitted(), ending);
        assert.equal(simulator.balance(), 10);
      });
  });

  it('starts with plain switches', () => assert.deepEqual(simulator.switches, plainSwitches));
});
