import assert from 'node:assert/strict';
import { turnableClock } from '../../src/simulator/clock';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { callsTo, textClip } from './simulatorCalls';

const tokens = [
  { name: 'ann', token: 'token-of-ann', workspace: 'studio' },
  { name: 'ben', token: 'token-of-ben', workspace: 'studio' },
  { name: 'cleo', token: 'token-of-cleo', workspace: 'elsewhere' },
];

describe('simulator: limits', () => {
  const clock = turnableClock();
  let simulator: Simulator;
  let ann: ReturnType<typeof callsTo>;
  let ben: ReturnType<typeof callsTo>;
  let cleo: ReturnType<typeof callsTo>;
  beforeEach(async () => {
    simulator = await startSimulator({ clock, makeClip: textClip, tokens, switches: { concurrency: { running: 2, backlog: 1 } } });
    [ann, ben, cleo] = [callsTo(simulator), callsTo(simulator, 'token-of-ben'), callsTo(simulator, 'token-of-cleo')];
  });
  afterEach(() => simulator.close());

  it('runs two, keeps one waiting and refuses the next, for all of a workspace together', async () => {
    const answers = [await ann.submit(), await ben.submit(), await ann.submit(), await ben.submit()];
    assert.deepEqual(
      answers.map(({ at, status }) => at('status') ?? status),
      ['queued', 'queued', 'backlogged', 429],
    );
    assert.equal((await cleo.submit()).at('status'), 'queued');
    assert.equal(simulator.jobs.length, 4, 'a refused submit makes no job');
  });
  it('starts what waits, in the order submitted, when another ends', async () => {
    simulator.set({ concurrency: { backlog: 5 } });
    const ids = [await ann.submitted(), await ann.submitted(), await ben.submitted(), await ann.submitted()] as const;
    simulator.finish(ids[0]);
    assert.deepEqual([await ben.status(ids[2]), await ann.status(ids[3])], ['queued', 'backlogged']);
    await ann.call('DELETE', `/jobs/${ids[1]}`);
    assert.equal(await ann.status(ids[3]), 'queued');
  });
  it('cancels what waits', async () => {
    const ids = [await ann.submitted(), await ann.submitted(), await ann.submitted()] as const;
    await ann.call('DELETE', `/jobs/${ids[2]}`);
    assert.equal(await ann.status(ids[2]), 'cancelled');
  });
  it('refuses at once where there is no backlog', async () => {
    simulator.set({ concurrency: { overflow: 429 } });
    await ann.submit();
    await ann.submit();
    assert.equal((await ann.submit()).status, 429);
  });
  it('counts the slots that others hold, and frees them', async () => {
    simulator.set({ concurrency: { heldByOthers: 2 } });
    const id = await ann.submitted();
    assert.equal(await ann.status(id), 'backlogged');
    simulator.set({ concurrency: { heldByOthers: 0 } });
    assert.equal(await ann.status(id), 'queued');
  });
  it('takes no money for a refused submit', async () => {
    simulator.set({ concurrency: { running: 0, overflow: 429 } });
    const before = simulator.balance();
    await ann.submit();
    assert.equal(simulator.balance(), before);
  });

  const texts = ['CONCURRENCY_LIMIT_REACHED', 'Too many requests', 'You have reached the maximum number of concurrent jobs'] as const;
  for (const text of texts)
    it(`says "${text}"`, async () => {
      simulator.set({ concurrency: { running: 0, overflow: 429, text } });
      assert.deepEqual(JSON.parse((await ann.submit()).text), { error: text });
    });

  const waits = [
    { retryAfter: 'none', header: () => null },
    { retryAfter: { seconds: 20, as: 'seconds' }, header: () => '20' },
    { retryAfter: { seconds: 20, as: 'date' }, header: () => new Date(clock.now() + 20_000).toUTCString() },
  ] as const;
  for (const { retryAfter, header } of waits)
    it(`sends Retry-After ${JSON.stringify(retryAfter)}`, async () => {
      simulator.set({ concurrency: { running: 0, overflow: 429, retryAfter } });
      assert.equal((await ann.submit()).headers.get('retry-after'), header());
    });
  it('reckons the date of Retry-After on the server’s clock', async () => {
    simulator.set({ clockSkewMs: 3600_000, concurrency: { running: 0, overflow: 429, retryAfter: { seconds: 20, as: 'date' } } });
    const { headers } = await ann.submit();
    assert.equal(Date.parse(String(headers.get('retry-after'))) - Date.parse(String(headers.get('date'))), 20_000);
  });

  it('limits the calls of a workspace to so many a minute', async () => {
    await clock.advance(120_000);
    simulator.set({ requestsPerMinute: 3 });
    const statuses = async (calls: ReturnType<typeof callsTo>, count: number) => {
      const found: number[] = [];
      for (let i = 0; i < count; i++) found.push((await calls.call('GET', '/jobs')).status);
      return found;
    };
    assert.deepEqual(await statuses(ann, 2), [200, 200]);
    assert.deepEqual(await statuses(ben, 2), [200, 429]);
    assert.deepEqual(await statuses(cleo, 1), [200]);
    await clock.advance(60_000);
    assert.deepEqual(await statuses(ann, 1), [200]);
  });
});
