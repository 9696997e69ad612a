import assert from 'node:assert/strict';
import type { JobState } from '../../src/jobs/job';
import { type JobScript, jobStatuses } from '../../src/simulator/jobScript';
import type { SwitchChange } from '../../src/simulator/switches';
import { Lab } from './jobsLab';

const minute = 60_000;
const hour = 60 * minute;
const endless: JobScript = [{ status: 'processing' }];

describe('jobs: what the service says of a job', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open();
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  describe('statuses', () => {
    const scripts: readonly (readonly [string, JobScript, readonly string[]])[] = [
      [
        'all nine but the bad ends, in order',
        [
          ...jobStatuses
            .filter((status) => !['completed', 'failed', 'cancelled'].includes(status))
            .map((status) => ({ status, forMs: 12_000 })),
          { status: 'completed' },
        ],
        ['intended', 'submitting', 'queued', 'running', 'downloading', 'done'],
      ],
      [
        'repeated and skipped',
        [
          { status: 'processing', forMs: 12_000 },
          { status: 'queued', forMs: 12_000 },
          { status: 'sampling', forMs: 12_000 },
          { status: 'scheduled', forMs: 12_000 },
          { status: 'processing', forMs: 12_000 },
        ],
        ['intended', 'submitting', 'running', 'downloading', 'done'],
      ],
      ['finished at the first look', [{ status: 'queued', forMs: 1 }], ['intended', 'submitting', 'queued', 'downloading', 'done']],
      [
        'a word outside the nine, at work',
        [
          { status: 'queued', forMs: 6000 },
          { status: 'warming-up', forMs: 30_000 },
        ],
        ['intended', 'submitting', 'queued', 'running', 'downloading', 'done'],
      ],
      [
        'a word outside the nine that ends with a file',
        [
          { status: 'queued', forMs: 6000 },
          { status: 'succeeded', endsAs: 'completed' },
        ],
        ['intended', 'submitting', 'queued', 'downloading', 'done'],
      ],
      [
        'long in the backlog',
        [
          { status: 'backlogged', forMs: 20 * minute },
          { status: 'queued', forMs: 20 * minute },
          { status: 'processing', forMs: minute },
        ],
        ['intended', 'submitting', 'queued', 'running', 'downloading', 'done'],
      ],
    ];
    for (const [name, jobScript, states] of scripts)
      it(name, async () => {
        lab.simulator.set({ jobScript, serverTimeoutMs: 9 * hour });
        const window = lab.window();
        const job = await window.run();
        assert.deepEqual(window.statesOf(job.id), states);
        await lab.assertSaved(job.id);
      });

    it('shows the service’s own word', async () => {
      lab.simulator.set({ jobScript: [{ status: 'warming-up' }] });
      const window = lab.window();
      const { id } = await window.submit();
      await lab.until('the word', async () => {
        const { state } = await lab.job(id);
        return 'status' in state && state.status === 'warming-up';
      });
    });

    it('does not download what an intermediate state shows', async () => {
      lab.simulator.set({ jobScript: [{ status: 'intermediate-complete', forMs: minute }, { status: 'failed' }] });
      const job = await lab.window().run();
      assert.equal(job.state.name, 'failed');
      assert.ok(lab.simulator.requests.every(({ origin }) => origin === 'api'));
    });
  });

  describe('the end', () => {
    const ends: readonly (readonly [string, SwitchChange, (state: JobState) => void])[] = [
      [
        'failed with code and message',
        { ending: 'failed', failure: { form: 'codeAndMessage', code: 'nsfw' } },
        failed({ code: 'nsfw', message: /content filter/ }),
      ],
      ['failed with a code only', { ending: 'failed', failure: { form: 'code', code: 'ip_detected' } }, failed({ code: 'ip_detected' })],
      ['failed with a code nobody knows', { ending: 'failed', failure: { form: 'code', code: 'gremlins' } }, failed({ code: 'gremlins' })],
      [
        'failed with result.error',
        { ending: 'failed', failure: { form: 'resultError', code: 'internal' } },
        failed({ message: /internal error/ }),
      ],
      ['failed without a word', { ending: 'failed', failure: { form: 'nothing', code: 'internal' } }, failed({})],
      [
        'failed in a word of its own',
        { jobScript: [{ status: 'gave-up', endsAs: 'failed', failure: { form: 'code', code: 'internal' } }] },
        failed({ code: 'internal' }),
      ],
      ['cancelled by the service', { ending: 'cancelled' }, (state) => assert.equal(state.name === 'cancelled' && state.by, 'krea')],
      ...(['noResult', 'nullResult', 'nullUrls', 'emptyList', 'listOfNull'] as const).map(
        (urlsShape) =>
          [
            `completed without a video: ${urlsShape}`,
            { urlsShape },
            (state: JobState) => assert.ok(state.name === 'failed' && state.withoutVideo),
          ] as const,
      ),
    ];
    for (const [name, switches, check] of ends)
      it(name, async () => {
        lab.simulator.set({ jobScript: 'typical', ...switches });
        const window = lab.window();
        const job = await window.run();
        check(job.state);
        await lab.until('the watch to rest', () => window.atRest);
        await lab.turn(hour);
        assert.equal(lab.simulator.jobs[0]?.pollsAfterEnd, 0);
        assert.deepEqual(lab.files(), []);
      });
  });

  describe('the addresses of the result', () => {
    for (const urlsShape of ['strings', 'objects', 'map', 'topLevel', 'videoUrl', 'fragment', 'noExtension'] as const)
      it(`as ${urlsShape}`, async () => {
        lab.simulator.set({ urlsShape });
        const job = await lab.window().run();
        await lab.assertSaved(job.id);
      });
  });

  describe('404', () => {
    it('is passed over just after the submit', async () => {
      lab.simulator.set({ earlyNotFound: 15, jobScript: [{ status: 'processing', forMs: 2 * minute }] });
      const job = await lab.window().run();
      await lab.assertSaved(job.id);
    });

    it('for good makes the job overdue after ten minutes, never ended', async () => {
      lab.simulator.set({ earlyNotFound: 1e9, listLagMs: 1e12, jobScript: endless });
      const window = lab.window();
      const { id, createdAt } = await window.submit();
      await lab.until('overdue', async () => (await lab.job(id)).state.name === 'overdue');
      assert.ok(lab.clock.now() - createdAt >= 10 * minute);
      assert.ok(lab.markerIsThere, 'the next start must look again');
    });
  });

  describe('overdue', () => {
    it('comes 2 h 15 min after the first processing, is looked at hourly for a day, and ends when the service says so', async () => {
      lab.simulator.set({ jobScript: endless, serverTimeoutMs: Number.POSITIVE_INFINITY });
      const window = lab.window();
      const { id, createdAt } = await window.submit();
      await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
      await lab.turn(2.2 * hour);
      assert.equal((await lab.job(id)).state.name, 'running');
      await lab.until('overdue', async () => (await lab.job(id)).state.name === 'overdue');
      const age = lab.clock.now() - createdAt;
      assert.ok(age >= 2.25 * hour && age < 2.3 * hour, `${age / hour} h`);
      const polls = (): number => lab.simulator.jobs[0]?.polls ?? 0;
      const before = polls();
      await lab.turn(23.5 * hour, 0.25 * hour);
      assert.ok(polls() - before >= 22 && polls() - before <= 24, `${polls() - before} looks`);
      await lab.until('the watch to rest', () => window.atRest);
      const late = polls();
      await lab.turn(24 * hour);
      assert.equal(polls(), late);

      const [job] = lab.simulator.jobs;
      assert.ok(job);
      lab.simulator.finish(job.id);
      window.jobs.lookNow();
      await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
      await lab.assertSaved(id);
      assert.ok(!lab.markerIsThere);
    });

    it('is looked at by the next window that starts', async () => {
      lab.simulator.set({ earlyNotFound: 1e9, listLagMs: 1e12, jobScript: endless });
      const first = lab.window();
      const { id } = await first.submit();
      await lab.until('overdue', async () => (await lab.job(id)).state.name === 'overdue');
      await first.close();
      lab.simulator.set({ earlyNotFound: 0, listLagMs: 0 });
      const [job] = lab.simulator.jobs;
      assert.ok(job);
      lab.simulator.finish(job.id);
      const second = lab.window();
      await second.jobs.start();
      await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
      await lab.assertSaved(id);
    });

    it('does not come of an evening without network', async () => {
      lab.simulator.set({ jobScript: endless });
      const window = lab.window();
      const { id } = await window.submit();
      await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
      lab.simulator.set({ faults: [{ path: '/jobs/*', act: { kind: 'reset', moment: 'beforeReading' }, count: 1e9 }] });
      await lab.turn(3 * hour);
      assert.equal((await lab.job(id)).state.name, 'running');
      const [job] = lab.simulator.jobs;
      assert.ok(job);
      lab.simulator.set({ faults: [], ending: 'completed' });
      window.jobs.lookNow();
      await lab.until('the end', async () => !lab.markerIsThere);
      assert.equal((await lab.job(id)).state.name, 'failed'); // the service gave up after two hours, and says so
    });
  });

  describe('trouble while watching', () => {
    const troubles: readonly (readonly [string, SwitchChange])[] = [
      ['502 pages', { faults: [{ path: '/jobs/*', nth: 2, count: 5, act: { kind: 'answer', status: 502, body: 'html' } }] }],
      ['resets', { faults: [{ path: '/jobs/*', nth: 1, count: 4, act: { kind: 'reset', moment: 'afterHandling' } }] }],
      ['a captive portal', { faults: [{ path: '/jobs/*', nth: 1, count: 3, act: { kind: 'captivePortal' } }] }],
      ['truncated JSON', { faults: [{ path: '/jobs/*', nth: 2, count: 2, act: { kind: 'truncatedJson' } }] }],
      ['a redirect', { faults: [{ path: '/jobs/*', nth: 1, count: 2, act: { kind: 'redirect', status: 302, to: 'files' } }] }],
      [
        '429',
        {
          faults: [
            { path: '/jobs/*', nth: 1, count: 3, act: { kind: 'answer', status: 429, body: 'json', headers: { 'retry-after': '30' } } },
          ],
        },
      ],
      [
        'a token that is refused for a while',
        { faults: [{ path: '/jobs/*', nth: 1, count: 2, act: { kind: 'answer', status: 401, body: 'json' } }] },
      ],
    ];
    for (const [name, switches] of troubles)
      it(`${name}: the job goes on`, async () => {
        lab.simulator.set({ ...switches, jobScript: [{ status: 'processing', forMs: 3 * minute }] });
        const window = lab.window();
        const job = await window.run();
        await lab.assertSaved(job.id);
        if (name.startsWith('a token')) assert.deepEqual(window.warnings[0], { kind: 'noAccess', status: 401 });
      });
  });

  it('looks on when the clock was set back', async () => {
    const skew = { ms: 0 };
    const window = lab.window({ skew });
    const { id } = await window.submit();
    await lab.until('queued', async () => (await lab.job(id)).state.name === 'queued');
    skew.ms = -5 * hour;
    const before = lab.clock.now();
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
    assert.ok(lab.clock.now() - before < hour);
  });

  it('looks early, then rarely in a long queue, then every 5 s while too little is known of its kind', async () => {
    lab.simulator.set({
      jobScript: [
        { status: 'queued', forMs: 5 * minute },
        { status: 'processing', forMs: 2 * minute },
      ],
    });
    const window = lab.window();
    await window.run();
    const polls = lab.simulator.requests.filter(({ method, path }) => method === 'GET' && path.startsWith('/jobs/')).map(({ at }) => at);
    const gaps = polls.slice(1).map((at, index) => at - (polls[index] ?? 0));
    assert.ok((polls[0] ?? 0) - (lab.posts[0]?.at ?? 0) >= 2500);
    assert.ok(
      gaps.every((gap) => gap >= 4400 && gap <= 20_100),
      gaps.join(),
    );
    assert.ok(polls.length < 65, `${polls.length} polls in 7 min`);
  });
});

function failed(expected: { readonly code?: string; readonly message?: RegExp }): (state: JobState) => void {
  return (state) => {
    assert.equal(state.name, 'failed');
    if (state.name !== 'failed') return;
    assert.equal(state.withoutVideo, false);
    assert.equal(state.failure.code, expected.code);
    assert.match(state.failure.message ?? '', expected.message ?? /^$/);
  };
}
