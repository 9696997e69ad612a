import assert from 'node:assert/strict';
import { turnableClock } from '../../src/simulator/clock';
import { jobStatuses } from '../../src/simulator/jobScript';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { callsTo, textClip } from './simulatorCalls';

const minute = 60_000;
const startMs = Date.UTC(2026, 9, 12, 9);
const tokens = [
  { name: 'ann', token: 'token-of-ann', workspace: 'studio' },
  { name: 'ben', token: 'token-of-ben', workspace: 'studio' },
  { name: 'cleo', token: 'token-of-cleo', workspace: 'elsewhere' },
];

describe('simulator: the list of jobs', () => {
  let clock: ReturnType<typeof turnableClock>;
  let simulator: Simulator;
  let ann: ReturnType<typeof callsTo>;
  beforeEach(async () => {
    clock = turnableClock(startMs);
    simulator = await startSimulator({ clock, makeClip: textClip, tokens });
    ann = callsTo(simulator);
  });
  afterEach(async () => {
    assert.deepEqual(simulator.violations, []);
    await simulator.close();
  });

  describe('GET /jobs', () => {
    const ids = (reply: { readonly at: (...path: string[]) => unknown }) => {
      const items = reply.at('items');
      assert.ok(Array.isArray(items));
      return items.map(({ job_id }) => job_id);
    };

    it('lists newest first, without prompt and model', async () => {
      const made = [await ann.submitted(), await ann.submitted(), await ann.submitted()];
      const reply = await ann.call('GET', '/jobs');
      assert.deepEqual(ids(reply), made.reverse());
      assert.equal(reply.at('next_cursor'), null);
      assert.doesNotMatch(reply.text, /heron|kling/);
    });
    for (const cursorName of ['next_cursor', 'nextCursor'] as const)
      it(`pages with ${cursorName}, missing none and repeating none`, async () => {
        simulator.set({ cursorName });
        const made: string[] = [];
        for (let i = 0; i < 7; i++) made.unshift(await ann.submitted());
        const paged: unknown[] = [];
        let cursor: unknown = '';
        while (typeof cursor === 'string') {
          const reply = await ann.call('GET', `/jobs?limit=3${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
          paged.push(...ids(reply));
          cursor = reply.at(cursorName);
        }
        assert.deepEqual(paged, made);
      });
    it('skips jobs of the same millisecond at the edge of a page by switch', async () => {
      simulator.set({ sameTimes: true });
      for (let i = 0; i < 3; i++) await ann.submitted();
      const first = await ann.call('GET', '/jobs?limit=1');
      const second = await ann.call('GET', `/jobs?cursor=${encodeURIComponent(String(first.at('next_cursor')))}`);
      assert.deepEqual(ids(second), []);
    });
    it('shows a new job only after a while by switch', async () => {
      simulator.set({ listLagMs: 5000 });
      const id = await ann.submitted();
      assert.deepEqual(ids(await ann.call('GET', '/jobs')), []);
      assert.equal((await ann.poll(id)).status, 200);
      await clock.advance(5001);
      assert.deepEqual(ids(await ann.call('GET', '/jobs')), [id]);
    });
    it('keeps to its own clock in the cursor', async () => {
      simulator.set({ clockSkewMs: 60 * minute });
      await ann.submitted();
      const olderThan = async (time: number) => ids(await ann.call('GET', `/jobs?cursor=${new Date(time).toISOString()}`)).length;
      assert.deepEqual([await olderThan(startMs + minute), await olderThan(startMs + 61 * minute)], [0, 1]);
    });
    it('filters by status and by type', async () => {
      const [first] = [await ann.submitted(), await ann.submitted()];
      simulator.finish(first);
      const found = async (query: string) => ids(await ann.call('GET', `/jobs?${query}`)).length;
      assert.deepEqual(
        [await found('status=completed'), await found('status=queued'), await found('types=videoV2'), await found('types=flux,k1')],
        [1, 1, 2, 0],
      );
    });
    for (const [query, status] of [
      ['limit=1', 200],
      ['limit=1000', 200],
      ['limit=0', 400],
      ['limit=1001', 400],
      ['limit=', 400],
      ['limit=many', 400],
      ['limit=1.5', 400],
      ['cursor=yesterday', 400],
      ['cursor=2026-10-12T09:00:00.000Z', 200],
      ...jobStatuses.map((status) => [`status=${status}`, 200] as const),
      ['status=done', 400],
    ] as const)
      it(`answers ${status} to ?${query}`, async () => assert.equal((await ann.call('GET', `/jobs?${query}`)).status, status));
  });
});
