import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { Fault, FaultAct } from '../../src/simulator/faults';
import type { SwitchChange } from '../../src/simulator/switches';
import { kling, Lab } from './jobsLab';

const onPost = (act: FaultAct, count = 1): Fault => ({ method: 'POST', path: '/generate/*', act, count });
const answer = (status: number, body: 'json' | 'html' | 'empty' | { text: string; contentType: string }): FaultAct => ({
  kind: 'answer',
  status,
  body,
});
const busy = (act: 'none' | { seconds: number; as: 'seconds' | 'date' }): SwitchChange => ({
  concurrency: { running: 1, heldByOthers: 1, overflow: 429, retryAfter: act },
});

describe('jobs: Krea has no free place (429)', () => {
  const waits = [
    { name: 'without Retry-After', retryAfter: 'none', from: 10_000, to: 16_000 },
    { name: 'with Retry-After in seconds', retryAfter: { seconds: 40, as: 'seconds' }, from: 40_000, to: 43_000 },
    {
      name: 'with Retry-After as a date, read by the server’s clock',
      retryAfter: { seconds: 40, as: 'date' },
      from: 38_000,
      to: 43_000,
      skewMs: 7_200_000,
    },
    { name: 'with Retry-After of a day, which counts as none', retryAfter: { seconds: 86_400, as: 'seconds' }, from: 10_000, to: 16_000 },
  ] as const;
  for (const { name, retryAfter, from, to, ...rest } of waits)
    it(`is tried again in time ${name}, then accepted`, async () => {
      const lab = await Lab.open({ switches: { ...busy(retryAfter), clockSkewMs: 'skewMs' in rest ? rest.skewMs : 0 } });
      const window = lab.window();
      const { id } = await window.submit();
      await lab.until('the first 429', async () => {
        const { state } = await lab.job(id);
        return state.name === 'intended' && state.refusals === 1;
      });
      assert.ok(lab.markerIsThere);
      lab.simulator.set({ concurrency: { heldByOthers: 0 } });
      await lab.until('the job to be saved', async () => (await lab.job(id)).state.name === 'done');
      const [first, second] = lab.posts.map(({ at }) => at);
      assert.ok(first && second && second - first >= from && second - first <= to, `${second && first && second - first} ms`);
      await lab.assertSaved(id, { posts: 2 });
      assert.equal(lab.simulator.jobs.length, 1);
      const done = await lab.job(id);
      assert.equal('attempts' in done.state && done.state.attempts, 2);
      await lab.close();
      lab.assertClean();
    });

  it('is given up after about an hour, and nothing was sent', async () => {
    const lab = await Lab.open({ switches: busy({ seconds: 110, as: 'seconds' }) });
    const job = await lab.window().run();
    assert.deepEqual(job.state.name === 'notSent' && job.state.why, 'tooBusy');
    const span = lab.clock.now() - job.createdAt;
    assert.ok(span > 50 * 60_000 && span < 75 * 60_000, `${span / 60_000} min`);
    await lab.close();
  });

  it('is waited out when the GET before the POST gets it', async () => {
    const lab = await Lab.open({ switches: { faults: [{ method: 'GET', path: '/jobs', act: answer(429, 'json'), count: 2 }] } });
    const window = lab.window();
    const job = await window.run();
    await lab.assertSaved(job.id);
    assert.deepEqual(window.warnings[0], { kind: 'noPlace', id: job.id });
    await lab.close();
  });
});

describe('jobs: a request that cannot leave', () => {
  const cases: readonly { name: string; way: 'direct' | 'editor'; apiBase: (closedPort: number) => string; kind: string }[] = (
    ['direct', 'editor'] as const
  ).flatMap((way) => [
    { name: 'connection refused', way, apiBase: (port) => `http://127.0.0.1:${port}/`, kind: 'refused' },
    { name: 'no such host', way, apiBase: () => 'http://krea.invalid/', kind: 'offline' },
    { name: 'no TLS at the other end', way, apiBase: () => '', kind: 'other' },
  ]);
  for (const { name, way, apiBase, kind } of cases)
    it(`${name} (${way}) → not sent, by the GET and by the POST itself`, async () => {
      const lab = await Lab.open({ way });
      const base = apiBase(await closedPort()) || lab.simulator.apiBase.replace('http:', 'https:');
      const window = lab.window({ apiBase: base });
      const job = await window.run();
      assert.equal(job.state.name === 'notSent' && job.state.why, 'network', lab.story());
      const reply = await window.network.send('POST', new URL(`${base}${kling}`), {}, { body: '{}' });
      assert.equal(reply.kind, 'notSent');
      if (kind !== 'other') assert.equal(reply.kind === 'notSent' && reply.fault.kind, kind);
      assert.equal(lab.posts.length, 0);
      await lab.close();
    });

  it('is sent by the user’s wish later, in the same row', async () => {
    const lab = await Lab.open({
      switches: { faults: [{ method: 'GET', path: '/jobs', act: { kind: 'reset', moment: 'afterReading' } }] },
    });
    const window = lab.window();
    const job = await window.run();
    assert.equal(job.state.name, 'notSent');
    await window.jobs.sendNow(job.id);
    await lab.until('it to be saved', async () => (await lab.job(job.id)).state.name === 'done');
    await lab.assertSaved(job.id);
    await lab.close();
  });

  it('says without a token that nothing was sent', async () => {
    const lab = await Lab.open();
    const job = await lab.window({ token: 'none' }).run();
    assert.equal(job.state.name === 'notSent' && job.state.why, 'noToken');
    assert.equal(lab.simulator.requests.length, 0);
    await lab.close();
  });

  it('is not sent after 30 s between writing it down and sending it: the machine may have slept', async () => {
    const lab = await Lab.open();
    const skew = { ms: 0 };
    const window = lab.window({ skew });
    const { ledger } = window.parts;
    ledger.events.on('changed', () => {
      if (lab.simulator.requests.length === 1) skew.ms = 31_000; // the commit of *submitting* has just returned
    });
    const job = await window.run();
    assert.equal(job.state.name === 'notSent' && job.state.why, 'asleep', lab.story());
    assert.equal(lab.posts.length, 0);
    await lab.turn(3_600_000);
    assert.equal(lab.posts.length, 0);
    await lab.close();
  });
});

describe('jobs: what a service says that is not to be trusted', () => {
  it('a page that echoes the request leaves no token in the ledger', async () => {
    const lab = await Lab.open();
    lab.simulator.set({
      faults: [onPost(answer(500, { text: `Error for Authorization: Bearer ${lab.simulator.token}`, contentType: 'text/plain' }))],
    });
    const job = await lab.window().run();
    assert.match(job.state.name === 'unknown' ? (job.state.evidence?.body ?? '') : '', /Error for Authorization/);
    lab.assertNowhere(lab.simulator.token);
    await lab.close();
  });

  it('an id that another row has leaves the job unclear', async () => {
    const lab = await Lab.open();
    const window = lab.window();
    const first = await window.run();
    const text = JSON.stringify({ job_id: lab.simulator.jobs[0]?.id, status: 'queued' });
    lab.simulator.set({ faults: [onPost(answer(200, { text, contentType: 'application/json' }))] });
    const second = await window.run();
    assert.equal(second.state.name, 'unknown', lab.story());
    assert.equal((await lab.job(first.id)).state.name, 'done');
    await lab.close();
  });
});

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  assert.ok(address !== null && typeof address === 'object');
  return address.port;
}
