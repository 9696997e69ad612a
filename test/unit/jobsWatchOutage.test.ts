import assert from 'node:assert/strict';
import { Network } from '../../src/krea/network';
import type { Reply } from '../../src/krea/transport';
import type { FaultAct } from '../../src/simulator/faults';
import type { SwitchChange } from '../../src/simulator/switches';
import { Lab } from './jobsLab';

const minute = 60_000;
const hour = 60 * minute;
const answer = (status: number, body: 'json' | 'html' | 'empty', headers: Record<string, string> = {}): FaultAct => ({
  kind: 'answer',
  status,
  body,
  headers,
});
const dated = 'Mon, 12 Oct 2026 09:02:00 GMT';

/** What a poll may meet, and within how many seconds of its end the next poll must go out. */
const outages: readonly (readonly [string, FaultAct, number])[] = [
  ['reset before it is read', { kind: 'reset', moment: 'beforeReading' }, 5],
  ['reset after it is handled', { kind: 'reset', moment: 'afterHandling' }, 5],
  ['a broken answer', { kind: 'halfAnswer' }, 60],
  ['truncated JSON', { kind: 'truncatedJson' }, 60],
  ['a captive portal', { kind: 'captivePortal' }, 60],
  ['a redirect', { kind: 'redirect', status: 302, to: 'files' }, 60],
  ['408', answer(408, 'empty'), 60],
  ['425', answer(425, 'json'), 60],
  ['429', answer(429, 'json'), 60],
  ['429 with Retry-After in seconds', answer(429, 'json', { 'retry-after': '20' }), 60],
  ['429 with Retry-After for an hour', answer(429, 'json', { 'retry-after': '3600' }), 60],
  ['429 with Retry-After as a date', answer(429, 'json', { 'retry-after': dated }), 60],
  ['500', answer(500, 'json'), 60],
  ['502 in HTML', answer(502, 'html'), 60],
  ['503 without a body', answer(503, 'empty'), 60],
  ['504', answer(504, 'html'), 60],
  ['524', answer(524, 'html'), 60],
  ['401', answer(401, 'json'), 60],
  ['403', answer(403, 'json'), 60],
];

describe('jobs: the watch outlasts', () => {
  let lab: Lab;
  const open = async (switches: SwitchChange = {}): Promise<void> => {
    lab = await Lab.open({
      switches: { jobScript: [{ status: 'processing', forMs: 2 * minute }], ...switches },
      deadlines: { connect: 300, get: 300 },
    });
  };
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });
  const polls = (): number[] =>
    lab.simulator.requests.filter(({ method, path }) => method === 'GET' && path.startsWith('/jobs')).map(({ at }) => at);
  const running = async (ids: readonly string[]): Promise<void> =>
    lab.until('all to run', async () => (await Promise.all(ids.map((id) => lab.job(id)))).every(({ state }) => state.name === 'running'));
  const done = async (ids: readonly string[]): Promise<void> =>
    lab.until('all to be done', async () => (await Promise.all(ids.map((id) => lab.job(id)))).every(({ state }) => state.name === 'done'));

  for (const count of [1, 3])
    for (const [name, act, within] of outages)
      it(`${name}, ${count === 1 ? 'one job' : 'three jobs'}: looked at within ${within} s of its end`, async () => {
        await open();
        const window = lab.window();
        const ids: string[] = [];
        for (let index = 0; index < count; index++)
          ids.push((await window.submit({ destination: { ...lab.order().destination, stem: `s${index}` } })).id);
        await running(ids);
        lab.simulator.set({ faults: [{ method: 'GET', path: '/jobs*', count: 1e9, act }] });
        const before = polls().length;
        await lab.turn(5 * minute, 5000);
        const during = polls().length - before;
        assert.ok(during >= 4 && during <= 5 * 12 * 2 + 2, `${during} polls in 5 min`); // a silent one is tried both ways
        for (const id of ids) assert.equal((await lab.job(id)).state.name, 'running');
        lab.simulator.set({ faults: [] });
        const [back, tried] = [lab.clock.now(), polls().length];
        await lab.until('a poll', () => polls().length > tried);
        const late = ((polls()[tried] ?? 0) - back) / 1000;
        assert.ok(late <= within, `${late} s`);
        await done(ids);
        assert.equal(lab.posts.length, count);
      });

  it('an answer that hangs: the next poll does not wait for it', async () => {
    await open();
    const window = lab.window();
    const { id } = await window.submit();
    await running([id]);
    lab.simulator.set({ faults: [{ method: 'GET', path: '/jobs*', count: 3, act: { kind: 'hang', moment: 'afterReading' } }] });
    await done([id]);
    await lab.assertSaved(id);
  });

  it('a name that is not found, and hosts out of reach: within 5 s of the network’s return', async () => {
    await open();
    const network = new CutNetwork();
    const window = lab.window({ network });
    const { id } = await window.submit();
    await running([id]);
    network.cut = true;
    await lab.turn(30 * minute, 5000);
    assert.equal((await lab.job(id)).state.name, 'running');
    network.cut = false;
    const [back, tried] = [lab.clock.now(), polls().length];
    await lab.until('a poll', () => polls().length > tried);
    assert.ok((polls()[tried] ?? 0) - back <= 5000);
    await done([id]);
    await lab.assertSaved(id);
  });

  for (const [name, wall, monotonic] of [
    ['of which the monotonic clock knows', 8 * hour, 8 * hour],
    ['through which the monotonic clock stood still', 8 * hour, 0],
  ] as const)
    it(`a sleep of 8 h ${name}: looked at within 5 s`, async () => {
      await open({ jobScript: [{ status: 'processing', forMs: hour }] });
      const skew = { ms: 0 };
      const window = lab.window({ skew });
      const { id } = await window.submit();
      await running([id]);
      const job = lab.simulator.jobs[0];
      assert.ok(job);
      lab.simulator.finish(job.id);
      skew.ms = wall - monotonic;
      await lab.clock.advance(monotonic);
      const [woke, tried] = [lab.clock.now(), polls().length];
      if (monotonic === 0) {
        await lab.until('a poll', () => polls().length > tried);
        assert.ok((polls()[tried] ?? 0) - woke <= 5000);
      }
      await done([id]);
      assert.ok(lab.clock.now() - woke <= minute);
      await lab.assertSaved(id);
    });

  for (const [name, ms] of [
    ['on by a day', 24 * hour],
    ['back by a day', -24 * hour],
  ] as const)
    for (const count of [1, 3])
      it(`a clock set ${name}, with ${count === 1 ? 'one job' : 'three jobs'}: looked at as before, none overdue`, async () => {
        await open();
        const skew = { ms: 0 };
        const [window, other] = [lab.window({ skew }), lab.window({ skew })];
        const ids: string[] = [];
        for (let index = 0; index < count; index++)
          ids.push((await window.submit({ destination: { ...lab.order().destination, stem: `s${index}` } })).id);
        await running(ids);
        await other.jobs.start();
        await lab.turn(10_000, 1000);
        skew.ms = ms;
        const [jumped, tried] = [lab.clock.now(), polls().length];
        await lab.until('a poll', () => polls().length > tried);
        assert.ok((polls()[tried] ?? 0) - jumped <= 6000);
        await done(ids);
        assert.ok([...window.log, ...other.log].every((line) => !line.includes('overdue') && !line.includes('taken over')));
        assert.equal(lab.posts.length, count);
      });

  it('early 404s and late ones: the job is not gone', async () => {
    await open({ earlyNotFound: 5 });
    const window = lab.window();
    const { id } = await window.submit();
    await running([id]);
    lab.simulator.set({ faults: [{ method: 'GET', path: '/jobs/*', nth: 3, count: 4, act: answer(404, 'json') }] });
    await done([id]);
    await lab.assertSaved(id);
  });
});

/** A network without a way out while `cut`. */
class CutNetwork extends Network {
  cut = false;

  constructor() {
    super('direct', { strictCertificates: true });
  }

  override async get(...args: Parameters<Network['get']>): Promise<Reply> {
    return this.cut ? { kind: 'fault', fault: { kind: 'offline', code: 'ENOTFOUND' } } : super.get(...args);
  }
}
