import assert from 'node:assert/strict';
import type { Job, Order } from '../../src/jobs/job';
import type { JobScript } from '../../src/simulator/jobScript';
import { Lab, type LabWindow } from './jobsLab';

const running = (seconds: number): JobScript => [{ status: 'processing', forMs: seconds * 1000 }];

describe('jobs: the watch learns how long jobs run', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { jobScript: running(60), balanceText: 'live' } });
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  /** Rows of jobs that ran so long (s), as if they had been watched before. */
  const remember = async (window: LabWindow, seconds: readonly number[], change: { apiBase?: string; order?: Partial<Order> } = {}) => {
    const sha = { sha256: 'a', bytes: 1, container: 'mp4', width: 1, height: 1, seconds: 1, videoCodec: null, audioCodec: null } as const;
    for (const [index, ran] of seconds.entries()) {
      const job: Job = {
        id: `old${index}-${JSON.stringify(change).length}`,
        account: 'account-1',
        apiBase: change.apiBase ?? window.apiBase,
        createdAt: lab.clock.now() - 86_400_000 + index,
        order: lab.order(change.order),
        owner: 'gone-1',
        epoch: 1,
        state: {
          name: 'done',
          jobId: `k${index}-${JSON.stringify(change).length}`,
          status: 'completed',
          submittedAt: 1,
          acceptedAt: 2,
          attempts: 1,
          ranMs: ran * 1000,
          endedAt: 3,
          savedAt: 4,
          saved: { ...sha, clip: '/gone.mp4', sidecar: '/gone.json', take: 1 },
        },
      };
      await window.parts.ledger.insert(job);
    }
  };
  const likeSixty = [55, 57, 58, 59, 60, 60, 61, 62, 64, 66];
  /** Seconds after the POST at which the job was looked at. */
  const looks = (): number[] => {
    const sent = lab.posts[0]?.at ?? 0;
    return lab.simulator.requests
      .filter(({ method, path }) => method === 'GET' && path.startsWith('/jobs/'))
      .map(({ at }) => Math.round((at - sent) / 100) / 10);
  };
  const ranOf = (job: Job): number | undefined => ('ranMs' in job.state ? job.state.ranMs : undefined);

  it('looks rarely at first and often when the end is near', async () => {
    const window = lab.window();
    await remember(window, likeSixty);
    const job = await window.run();
    await lab.assertSaved(job.id);
    const at = looks();
    assert.ok(at.filter((second) => second > 16 && second < 45).length <= 3, at.join());
    assert.ok((at.at(-1) ?? 0) - 60 < 2.5, at.join());
  });

  const notLearnt: readonly (readonly [string, { apiBase?: string; order?: Partial<Order> }])[] = [
    ['another address', { apiBase: 'https://elsewhere.example/' }],
    ['another model', { order: { model: { id: 'google/veo-3', name: 'Veo 3' } } }],
    ['another length', { order: { parameters: { duration: 10, aspect_ratio: '16:9' } } }],
    ['another resolution', { order: { parameters: { duration: 5, resolution: '1080p' } } }],
    ['with sound', { order: { parameters: { duration: 5, generate_audio: true } } }],
  ];
  for (const [name, change] of notLearnt)
    it(`nothing from ${name}: every 5 s`, async () => {
      const window = lab.window();
      await remember(window, likeSixty, change);
      await window.run();
      const at = looks();
      assert.deepEqual(at, [2.5, 7.5, 12.5, 17.5, 22.5, 27.5, 32.5, 37.5, 42.5, 47.5, 52.5, 57.5, 62.5]);
    });

  it('a run that was watched to its end is known from then on', async () => {
    const job = await lab.window().run();
    assert.ok(Math.abs((ranOf(job) ?? 0) - 60_000) <= 2600, String(ranOf(job)));
  });

  it('a run that began in a queue counts from its first *processing*', async () => {
    lab.simulator.set({ jobScript: [{ status: 'queued', forMs: 50_000 }, ...running(60)] });
    const ran = ranOf(await lab.window().run()) ?? 0;
    assert.ok(ran > 48_000 && ran < 63_000, `${ran} ms`);
  });

  const unseen: readonly (readonly [string, (window: LabWindow, id: string, skew: { ms: number }) => Promise<void>])[] = [
    [
      'a machine that slept while it ended',
      async (_window, _id, skew) => {
        skew.ms = 3 * 3_600_000; // the monotonic clock stood still
      },
    ],
    [
      'a clock that was set while it ran',
      async (_window, _id, skew) => {
        skew.ms = -86_400_000;
      },
    ],
    [
      'an outage while it ended',
      async () => {
        lab.simulator.set({ faults: [{ path: '/jobs/*', count: 6, act: { kind: 'answer', status: 503, body: 'html' } }] });
      },
    ],
    ['one that failed', async () => lab.simulator.set({ ending: 'failed' })],
  ];
  for (const [name, happen] of unseen)
    it(`nothing from ${name}`, async () => {
      if (name === 'one that failed') lab.simulator.set({ ending: 'failed', jobScript: [...running(60), { status: 'failed' }] });
      const skew = { ms: 0 };
      const window = lab.window({ skew });
      const { id } = await window.submit();
      await lab.until('it to run', () => looks().length >= 3);
      if (name !== 'one that failed') await happen(window, id, skew);
      await lab.until('the end', async () => ['done', 'failed'].includes((await lab.job(id)).state.name));
      assert.equal(ranOf(await lab.job(id)), undefined);
    });
});
