import assert from 'node:assert/strict';
import { type IncomingMessage, request } from 'node:http';
import { turnableClock } from '../../src/simulator/clock';
import type { FaultAct } from '../../src/simulator/faults';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { callsTo, textClip } from './simulatorCalls';

describe('simulator: faults', () => {
  const clock = turnableClock();
  let simulator: Simulator;
  let calls: ReturnType<typeof callsTo>;
  beforeEach(async () => {
    simulator = await startSimulator({ clock, makeClip: textClip });
    calls = callsTo(simulator);
  });
  afterEach(() => simulator.close());

  const fail = (act: FaultAct, more: object = {}) => simulator.set({ faults: [{ method: 'POST', path: '/generate/*', act, ...more }] });
  const listed = async () => Object((await calls.call('GET', '/jobs')).at('items')).length;

  /** What reaches a client byte by byte: the head, the body so far, and how it ended. */
  const rawSubmit = async (until: 'end' | 'firstBytes' = 'end') => {
    const body = JSON.stringify({ prompt: 'a heron' });
    const headers = { Authorization: `Bearer ${simulator.token}`, 'Content-Type': 'application/json', 'Content-Length': body.length };
    const call = request(`${simulator.apiBase}/generate/video/kling/kling-2.5`, { method: 'POST', agent: false, headers });
    call.end(body);
    const response = await new Promise<IncomingMessage>((resolve, reject) => call.on('response', resolve).on('error', reject));
    let text = '';
    try {
      for await (const piece of response) {
        text += piece;
        if (until === 'firstBytes') break;
      }
    } catch (failure) {
      return { response, text, failure };
    }
    return { response, text, failure: undefined };
  };

  for (const status of [408, 425, 500, 502, 503, 504, 524])
    for (const body of ['json', 'html', 'empty'] as const)
      it(`answers ${status} with ${body} and makes no job`, async () => {
        fail({ kind: 'answer', status, body });
        const reply = await calls.submit();
        assert.equal(reply.status, status);
        assert.equal(reply.text === '', body === 'empty');
        if (body !== 'empty') assert.match(reply.headers.get('content-type') ?? '', body === 'json' ? /json/ : /text\/html/);
        assert.equal(await listed(), 0);
      });
  it('answers 524 although the job exists and is paid', async () => {
    fail({ kind: 'answer', moment: 'afterHandling', status: 524, body: 'html' });
    const before = simulator.balance();
    assert.equal((await calls.submit()).status, 524);
    assert.equal(await listed(), 1);
    assert.ok(simulator.balance() < before);
  });
  it('puts the id of the job it made into a text of its own', async () => {
    fail({ kind: 'answer', moment: 'afterHandling', status: 502, body: { text: 'lost {id}', contentType: 'text/plain' } });
    assert.equal((await calls.submit()).text, `lost ${simulator.jobs[0]?.id}`);
  });

  const resets = [
    { moment: 'beforeReading', jobs: 0, bodySeen: false },
    { moment: 'afterReading', jobs: 0, bodySeen: true },
    { moment: 'afterHandling', jobs: 1, bodySeen: true },
  ] as const;
  for (const { moment, jobs, bodySeen } of resets)
    it(`resets the connection ${moment}: ${jobs} jobs, and the list shows as many`, async () => {
      fail({ kind: 'reset', moment });
      await assert.rejects(calls.submit());
      await simulator.waitFor(() => simulator.submits()[0]?.answer === 'reset');
      assert.equal(simulator.submits()[0]?.body !== undefined, bodySeen);
      assert.equal(await listed(), jobs);
      assert.equal(simulator.submits().length, 1);
    });
  for (const { moment, jobs } of resets)
    it(`hangs ${moment}: ${jobs} jobs`, async () => {
      fail({ kind: 'hang', moment });
      const leaving = new AbortController();
      const call = fetch(`${simulator.apiBase}/generate/video/kling/kling-2.5`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${simulator.token}`, 'Content-Type': 'application/json' },
        body: '{"prompt":"a"}',
        signal: leaving.signal,
      });
      await simulator.waitFor(() => simulator.submits()[0]?.answer === 'hanging');
      leaving.abort();
      await assert.rejects(call, { name: 'AbortError' });
      assert.equal(await listed(), jobs);
    });

  it('answers late, on its own clock', async () => {
    fail({ kind: 'slow', delayMs: 30_000 });
    let answered = false;
    const call = calls.submit().then((reply) => {
      answered = true;
      return reply;
    });
    await simulator.waitFor(() => simulator.jobs.length === 1);
    await clock.advance(29_999);
    assert.equal(await listed(), 1);
    assert.equal(answered, false);
    await clock.advance(1);
    assert.equal((await call).status, 200);
  });
  it('ends the JSON in the middle of a whole answer', async () => {
    fail({ kind: 'truncatedJson' });
    const { text, failure } = await rawSubmit();
    assert.equal(failure, undefined);
    assert.throws(() => JSON.parse(text));
    assert.equal(simulator.jobs.length, 1);
  });
  it('breaks off just after the job id', async () => {
    fail({ kind: 'halfAnswer' });
    const { text, failure, response } = await rawSubmit();
    assert.ok(failure, 'the client notices');
    assert.equal(text, `{"job_id":"${simulator.jobs[0]?.id}",`);
    assert.ok(Number(response.headers['content-length']) > text.length);
  });
  it('stalls in the middle of an answer', async () => {
    fail({ kind: 'stalledAnswer' });
    const { text } = await rawSubmit('firstBytes');
    assert.equal(text, `{"job_id":"${simulator.jobs[0]?.id}",`);
    assert.equal(simulator.submits()[0]?.answer, 'hanging');
  });
  it('answers 200 with a log-in page', async () => {
    fail({ kind: 'captivePortal' });
    const reply = await calls.submit();
    assert.equal(reply.status, 200);
    assert.match(reply.text, /<html>/);
    assert.equal(simulator.jobs.length, 0);
  });
  for (const status of [301, 302, 303, 307, 308] as const)
    it(`redirects with ${status}, and a client that follows with its token is caught`, async () => {
      fail({ kind: 'redirect', status, to: 'files' });
      const reply = await calls.submit();
      assert.equal(reply.status, status);
      const location = String(reply.headers.get('location'));
      assert.equal(location, `${simulator.fileBase}/generate/video/kling/kling-2.5`);
      assert.deepEqual(simulator.violations, []);
      await fetch(location, { headers: { Authorization: `Bearer ${simulator.token}` } });
      assert.equal(simulator.violations.length, 1);
      assert.match(simulator.violations[0] ?? '', /Authorization was sent to the file host/);
    });
  it('redirects to itself or anywhere', async () => {
    fail({ kind: 'redirect', status: 307, to: 'self' });
    assert.equal((await calls.submit()).headers.get('location'), '/generate/video/kling/kling-2.5');
    fail({ kind: 'redirect', status: 302, to: { url: 'https://login.example/' } });
    assert.equal((await calls.submit()).headers.get('location'), 'https://login.example/');
  });

  describe('which requests', () => {
    const act: FaultAct = { kind: 'answer', status: 503, body: 'empty' };
    const statuses = async (count: number) => {
      const seen: number[] = [];
      for (let i = 0; i < count; i++) seen.push((await calls.submit()).status);
      return seen;
    };
    const table = [
      { fault: {}, seen: [503, 200, 200, 200] },
      { fault: { count: 2 }, seen: [503, 503, 200, 200] },
      { fault: { nth: 2 }, seen: [200, 503, 200, 200] },
      { fault: { nth: 2, count: Number.POSITIVE_INFINITY }, seen: [200, 503, 503, 503] },
      { fault: { method: 'DELETE' }, seen: [200, 200, 200, 200] },
      { fault: { path: '/generate/video/google/*' }, seen: [200, 200, 200, 200] },
      { fault: { path: '/generate/video/kling/kling-2.5' }, seen: [503, 200, 200, 200] },
      { fault: { path: '/generate/video/kling/kling-2x5' }, seen: [200, 200, 200, 200] },
    ];
    for (const { fault, seen } of table)
      it(`${JSON.stringify(fault)} disturbs ${seen}`, async () => {
        fail(act, fault);
        assert.deepEqual(await statuses(4), seen);
      });
    it('takes several faults in turn and counts anew when they are set again', async () => {
      const faults = [{ act }, { nth: 2, act: { kind: 'answer', status: 500, body: 'empty' } as const }];
      simulator.set({ faults });
      assert.deepEqual(await statuses(3), [503, 500, 200]);
      simulator.set({ faults });
      assert.deepEqual(await statuses(1), [503]);
      simulator.set({ progress: 'percent' });
      assert.deepEqual(await statuses(2), [500, 200]);
    });
    it('spoils polls, the list, DELETE and the description alike', async () => {
      const id = await calls.submitted();
      for (const [method, path] of [
        ['GET', `/jobs/${id}`],
        ['GET', '/jobs'],
        ['DELETE', `/jobs/${id}`],
        ['GET', '/openapi.json'],
      ] as const) {
        simulator.set({ faults: [{ method, path, act }] });
        assert.equal((await calls.call(method, path)).status, 503);
        assert.equal((await calls.call(method, path)).status, 200);
      }
    });
  });

  describe('at the file host', () => {
    let url: string;
    beforeEach(async () => {
      const id = await calls.submitted();
      simulator.finish(id);
      url = `${simulator.fileBase}/videos/${id}.mp4`;
    });
    const failFile = (act: FaultAct) => simulator.set({ faults: [{ origin: 'files', act }] });

    it('answers a status', async () => {
      failFile({ kind: 'answer', status: 503, body: 'html' });
      assert.equal((await fetch(url)).status, 503);
      assert.equal((await fetch(url)).status, 200);
    });
    it('resets', async () => {
      failFile({ kind: 'reset', moment: 'beforeReading' });
      await assert.rejects(fetch(url));
    });
    it('stops in the middle', async () => {
      failFile({ kind: 'halfAnswer' });
      const response = await fetch(url);
      assert.equal(response.status, 200);
      await assert.rejects(response.arrayBuffer());
    });
    it('waits on the simulator’s clock', async () => {
      failFile({ kind: 'slow', delayMs: 5000 });
      const call = fetch(url);
      await simulator.waitFor(() => simulator.requests.some(({ origin }) => origin === 'files'));
      await clock.advance(5000);
      assert.equal((await call).status, 200);
    });
  });
});
