import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { turnableClock } from '../../src/simulator/clock';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { callsTo, textClip } from './simulatorCalls';

describe('simulator: what a test can read and turn', () => {
  const clock = turnableClock(Date.UTC(2026, 9, 12, 9));
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({ clock, makeClip: textClip, control: true });
  });
  afterEach(() => simulator.close());

  describe('the log', () => {
    it('keeps method, path, query, headers, body, time and answer, and never the token', async () => {
      const { submit, call } = callsTo(simulator);
      await submit({ prompt: 'a heron' }, 'kling/kling-2.5', { 'X-Particular': 'yes' });
      await clock.advance(5000);
      await call('GET', '/jobs?limit=3&cursor=2026-10-12T10:00:00.000Z');
      const [post, list] = simulator.requests;
      assert.equal(post?.method, 'POST');
      assert.equal(post.path, '/generate/video/kling/kling-2.5');
      assert.deepEqual(post.body, { prompt: 'a heron' });
      assert.equal(post.headers['x-particular'], 'yes');
      assert.equal(post.headers.authorization, '(demo)');
      assert.equal(post.jobId, simulator.jobs[0]?.id);
      assert.equal(post.answer, 200);
      assert.deepEqual(list?.query, { limit: '3', cursor: '2026-10-12T10:00:00.000Z' });
      assert.equal(list.at - post.at, 5000);
      assert.doesNotMatch(JSON.stringify(simulator.requests), new RegExp(simulator.token));
      assert.deepEqual(simulator.violations, []);
    });
    const tokens = [
      [undefined, 'none'],
      ['Bearer sim-demo-token', 'demo'],
      ['Bearer of-somebody-else', 'unknown'],
      ['Basic c2ltOg==', 'unknown'],
    ] as const;
    for (const [authorization, name] of tokens)
      it(`says "${name}" for ${authorization ?? 'no authorization'}`, async () => {
        await fetch(`${simulator.apiBase}/jobs`, authorization ? { headers: { authorization } } : {});
        assert.equal(simulator.requests[0]?.token, name);
        assert.doesNotMatch(JSON.stringify(simulator.requests), /of-somebody-else|c2ltOg/);
      });
    const strayings = [
      ['the path', () => callsTo(simulator).call('GET', `/jobs/${simulator.token}`)],
      ['the query', () => callsTo(simulator).call('GET', `/jobs?key=${simulator.token}`)],
      ['another header', () => callsTo(simulator).call('GET', '/jobs', undefined, { 'X-Key': simulator.token })],
      ['the body', () => callsTo(simulator).submit({ prompt: simulator.token })],
    ] as const;
    for (const [where, call] of strayings)
      it(`counts a token in ${where} as a violation and keeps it out`, async () => {
        await call();
        assert.equal(simulator.violations.length, 1);
        assert.doesNotMatch(JSON.stringify(simulator.requests), new RegExp(simulator.token));
      });
    it('counts every POST to /generate as a submit, and tells which made a job', async () => {
      const { submit, call } = callsTo(simulator);
      await submit();
      await submit({ nonsense: 1 });
      await call('GET', '/jobs');
      assert.deepEqual(
        simulator.submits().map(({ jobId }) => jobId !== undefined),
        [true, false],
      );
    });
    it('tells that a client left before the answer', async () => {
      simulator.set({ faults: [{ act: { kind: 'slow', delayMs: 60_000 } }] });
      const leaving = new AbortController();
      const call = fetch(`${simulator.apiBase}/openapi.json`, { signal: leaving.signal });
      await simulator.waitFor(() => simulator.requests.length === 1);
      leaving.abort();
      await assert.rejects(call);
      await simulator.waitFor(() => simulator.requests[0]?.answer === 'clientLeft');
    });
  });

  describe('waitFor', () => {
    it('holds at once when it holds already', () => simulator.waitFor(() => true));
    it('holds when the log or a job changes', async () => {
      const { submitted } = callsTo(simulator);
      const [id] = await Promise.all([submitted(), simulator.waitFor((simulator) => simulator.jobs.length === 1)]);
      const ended = simulator.waitFor(({ jobs }) => jobs[0]?.state.kind === 'ended');
      simulator.finish(id);
      await ended;
    });
    it('ends with its deadline', () =>
      assert.rejects(
        simulator.waitFor(() => false, undefined, 10),
        /within 10 ms/,
      ));
    it('ends with its signal', async () => {
      const stop = new AbortController();
      const waiting = simulator.waitFor(() => false, stop.signal);
      stop.abort(new Error('enough'));
      await assert.rejects(waiting, /enough/);
      await assert.rejects(
        simulator.waitFor(() => false, stop.signal),
        /enough/,
      );
    });
  });

  describe('the control origin', () => {
    const order = async (path: string, body?: unknown) => {
      const response = await fetch(
        `${simulator.controlBase}${path}`,
        body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) },
      );
      return { status: response.status, json: await response.json() };
    };

    it('is there only when asked for', async () => {
      const other = await startSimulator({ makeClip: textClip });
      assert.equal(other.controlBase, undefined);
      await other.close();
    });
    it('tells the requests and the jobs with their marks', async () => {
      const id = await callsTo(simulator).submitted({ prompt: 'a heron' });
      const { json: requests } = await order('/requests');
      assert.equal(Object(requests).length, 1);
      const { json: jobs } = await order('/jobs');
      const [job] = Object(jobs);
      assert.deepEqual([job.id, job.status, job.model, job.body], [id, 'queued', 'kling/kling-2.5', { prompt: 'a heron' }]);
      assert.deepEqual((await order('/violations')).json, []);
    });
    it('turns switches, the clock and the balance', async () => {
      await order('/switches', { progress: 'percent', concurrency: { running: 3 } });
      assert.equal(simulator.switches.progress, 'percent');
      assert.deepEqual([simulator.switches.concurrency.running, simulator.switches.concurrency.backlog], [3, 50]);
      const before = clock.now();
      await order('/clock', { advanceMs: 1234 });
      assert.equal(clock.now() - before, 1234);
      await order('/balance', { usd: 7 });
      assert.equal(simulator.balance(), 7);
      assert.deepEqual((await order('/balance')).json, { usd: 7 });
    });
    const turns = [
      [{ finish: true }, 'completed'],
      [{ cancel: true }, 'cancelled'],
      [{ fail: { form: 'code', code: 'nsfw' } }, 'failed'],
      [{ fail: true }, 'failed'],
      [{ script: [{ status: 'sampling' }] }, 'sampling'],
    ] as const;
    for (const [turn, status] of turns)
      it(`turns a job with ${JSON.stringify(turn)}`, async () => {
        const { submitted, poll } = callsTo(simulator);
        const id = await submitted();
        assert.equal(Object((await order(`/jobs/${id}`, turn)).json).status, status);
        assert.equal((await poll(id)).at('status'), status);
        if ('fail' in turn && turn.fail !== true) assert.deepEqual((await poll(id)).at('error'), { code: 'nsfw' });
      });
    it('says what it does not understand', async () => {
      const id = await callsTo(simulator).submitted();
      for (const [path, body, status] of [
        ['/jobs/none', { finish: true }, 400],
        [`/jobs/${id}`, {}, 400],
        ['/balance', { usd: 'much' }, 400],
        ['/nothing', {}, 404],
        ['/switches', [], 400],
      ] as const)
        assert.equal((await order(path, body)).status, status, path);
    });
  });

  describe('repeatability', () => {
    const course = async (seed: number) => {
      const own = turnableClock(0);
      const other = await startSimulator({ clock: own, seed, makeClip: textClip });
      const { submitted } = callsTo(other);
      for (let i = 0; i < 5; i++) await submitted();
      await own.advance(3600_000);
      await other.close();
      return other.jobs.map(({ id, state, script }) => ({ id, state, script }));
    };
    it('gives the same jobs, ids and times for the same seed', async () => assert.deepEqual(await course(5), await course(5)));
    it('gives others for another', async () => assert.notDeepEqual(await course(5), await course(6)));
  });

  describe('webhooks', () => {
    for (const [webhook, times] of [
      ['once', 1],
      ['never', 0],
      ['twice', 2],
    ] as const)
      it(`calls ${webhook} at the end, with the five fields`, async () => {
        const got: string[] = [];
        let arrived: () => void = () => undefined;
        const receiver = createServer((request, response) => {
          let text = '';
          request.on('data', (piece) => {
            text += piece;
          });
          request.on('end', () => {
            got.push(text);
            response.end();
            arrived();
          });
        });
        await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
        const address = receiver.address();
        assert.ok(address !== null && typeof address === 'object');
        simulator.set({ webhook });
        const reply = await callsTo(simulator).submit({ prompt: 'a' }, 'kling/kling-2.5', {
          'X-Webhook-URL': `http://127.0.0.1:${address.port}/done`,
        });
        const all = new Promise<void>((resolve) => {
          arrived = () => {
            if (got.length >= times) resolve();
          };
        });
        simulator.finish(String(reply.at('job_id')));
        if (times > 0) await all;
        // a second simulator call has had its chance to call as well
        await callsTo(simulator).call('GET', '/jobs');
        await new Promise<void>((resolve) => receiver.close(() => resolve()));
        assert.equal(got.length, times);
        for (const text of got)
          assert.deepEqual(Object.keys(JSON.parse(text)), ['job_id', 'status', 'created_at', 'completed_at', 'result']);
      });
  });

  it('closes at once although a connection hangs', async () => {
    simulator.set({ faults: [{ act: { kind: 'hang', moment: 'afterReading' } }] });
    const call = fetch(`${simulator.apiBase}/jobs`);
    await simulator.waitFor(() => simulator.requests.length === 1);
    await Promise.all([simulator.close(), assert.rejects(call)]);
  });
});
