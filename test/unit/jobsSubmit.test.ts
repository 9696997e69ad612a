import assert from 'node:assert/strict';
import type { JobState } from '../../src/jobs/job';
import type { Fault, FaultAct } from '../../src/simulator/faults';
import type { SwitchChange } from '../../src/simulator/switches';
import { kling, Lab, type LabOptions, type WindowOptions } from './jobsLab';

const onPost = (act: FaultAct, count = 1): Fault => ({ method: 'POST', path: '/generate/*', act, count });
const answer = (status: number, body: 'json' | 'html' | 'empty' | { text: string; contentType: string }): FaultAct => ({
  kind: 'answer',
  status,
  body,
});

interface Case {
  readonly name: string;
  readonly switches?: SwitchChange;
  readonly body?: { readonly prompt: string; readonly [field: string]: string | number };
  readonly endpoint?: string;
  readonly balance?: number;
  readonly window?: WindowOptions;
  readonly options?: Omit<LabOptions, 'switches'>;
  readonly state: JobState['name'];
  /** POSTs that arrived at the service; 1 when nothing is said. */
  readonly posts?: number;
  /** Jobs that exist at the service afterwards; 0 when nothing is said. */
  readonly jobs?: number;
  readonly check?: (state: JobState) => void;
}

const refusedWith =
  (status: number, message: RegExp, replacement?: string) =>
  (state: JobState): void => {
    assert.equal(state.name, 'refused');
    if (state.name !== 'refused') return;
    assert.equal(state.status, status);
    assert.match(state.message, message);
    assert.doesNotMatch(state.message, /[<{]|\[object/);
    assert.equal(state.replacement, replacement);
    assert.ok(state.evidence.body.length > 0);
  };

const refusals: readonly Case[] = [
  ...(['error', 'detail', 'nested', 'issues'] as const).map(
    (validationShape): Case => ({
      name: `a body that the schema does not allow, told as ${validationShape}`,
      switches: { validationShape },
      body: { prompt: 'a heron', duration: 7 },
      state: 'refused',
      check: refusedWith(validationShape === 'error' ? 400 : 422, /duration/),
    }),
  ),
  {
    name: '422 for a retired field, with its replacement',
    body: { prompt: 'a heron', aspectRatio: '16:9' },
    state: 'refused',
    check: refusedWith(422, /aspectRatio/, 'aspect_ratio'),
  },
  {
    name: '401 when the token was revoked a moment ago',
    switches: { faults: [onPost(answer(401, 'json'))] },
    state: 'refused',
    check: refusedWith(401, /401/),
  },
  { name: '402 without balance', balance: 0, state: 'refused', check: refusedWith(402, /balance is separate/) },
  {
    name: '402 as a code',
    balance: 0,
    switches: { balanceText: 'code' },
    state: 'refused',
    check: refusedWith(402, /INSUFFICIENT_BALANCE/),
  },
  {
    name: '403 for a model of another plan',
    switches: { forbidden: ['kling/kling-2.5'] },
    state: 'refused',
    check: refusedWith(403, /plan/),
  },
  { name: '404 in JSON', switches: { faults: [onPost(answer(404, 'json'))] }, state: 'refused', check: refusedWith(404, /404/) },
  { name: '404 as a page', endpoint: '/generate/video/kling/kling-99', state: 'refused', check: refusedWith(404, /^$/) },
  {
    name: '410 for a retired model',
    switches: { retired: ['kling/kling-2.5'] },
    state: 'refused',
    check: refusedWith(410, /no longer available/),
  },
  {
    name: '410 that names a replacement',
    switches: {
      faults: [
        onPost(
          answer(410, {
            text: '{"error":"model_unavailable","reason":"deprecated","replacement":"kling/kling-2.6"}',
            contentType: 'application/json',
          }),
        ),
      ],
    },
    state: 'refused',
    check: refusedWith(410, /^$/, 'kling/kling-2.6'),
  },
  { name: '413', switches: { faults: [onPost(answer(413, 'html'))] }, state: 'refused', check: refusedWith(413, /^$/) },
];

const unclear: readonly Case[] = [
  ...[408, 425, 500, 502, 503, 504, 524].flatMap((status) =>
    (['json', 'html', 'empty'] as const).map(
      (body): Case => ({
        name: `${status} with ${body}`,
        switches: { faults: [onPost(answer(status, body))] },
        state: 'unknown',
        check: (state) => assert.equal(state.name === 'unknown' && state.evidence?.status, status),
      }),
    ),
  ),
  {
    name: '504 although the job was made',
    switches: { faults: [onPost({ kind: 'answer', moment: 'afterHandling', status: 504, body: 'html' })] },
    state: 'unknown',
    jobs: 1,
  },
  { name: '200 with the page of a captive portal', switches: { faults: [onPost({ kind: 'captivePortal' })] }, state: 'unknown' },
  { name: '200 and nothing', switches: { faults: [onPost(answer(200, 'empty'))] }, state: 'unknown' },
  {
    name: 'truncated JSON without an id',
    switches: { faults: [onPost(answer(200, { text: '{"job_id":"0cafe-', contentType: 'application/json' }))] },
    state: 'unknown',
  },
  ...([302, 307, 308] as const).map(
    (status): Case => ({
      name: `a redirect (${status}), which is not followed`,
      switches: { faults: [onPost({ kind: 'redirect', status, to: 'files' })] },
      state: 'unknown',
    }),
  ),
  ...([307, 308] as const).map(
    (status): Case => ({
      name: `a redirect to the same origin (${status}), which is not followed`,
      switches: { faults: [onPost({ kind: 'redirect', status, to: 'self' })] },
      state: 'unknown',
    }),
  ),
  {
    name: 'a reset before the request is read',
    switches: { faults: [onPost({ kind: 'reset', moment: 'beforeReading' })] },
    state: 'unknown',
  },
  { name: 'a reset after it was read', switches: { faults: [onPost({ kind: 'reset', moment: 'afterReading' })] }, state: 'unknown' },
  {
    name: 'a job made, and the connection dropped',
    switches: { faults: [onPost({ kind: 'reset', moment: 'afterHandling' })] },
    state: 'unknown',
    jobs: 1,
  },
  {
    name: 'no answer until the deadline',
    switches: { faults: [onPost({ kind: 'hang', moment: 'afterReading' })] },
    options: { deadlines: { send: 1000 } },
    state: 'unknown',
    check: (state) => assert.equal(state.name === 'unknown' && state.fault?.kind, 'timeout'),
  },
  {
    name: 'no answer until the deadline although the job was made',
    switches: { faults: [onPost({ kind: 'hang', moment: 'afterHandling' })] },
    options: { deadlines: { send: 1000 } },
    state: 'unknown',
    jobs: 1,
  },
];

const accepted: readonly Case[] = [
  { name: 'an answer that breaks off after the id', switches: { faults: [onPost({ kind: 'halfAnswer' })] }, state: 'done', jobs: 1 },
  { name: 'truncated JSON with an id', switches: { faults: [onPost({ kind: 'truncatedJson' })] }, state: 'done', jobs: 1 },
  {
    name: 'an answer that stalls after the id',
    switches: { faults: [onPost({ kind: 'stalledAnswer' })] },
    options: { deadlines: { get: 1000, send: 1000 } },
    state: 'done',
    jobs: 1,
  },
  {
    name: 'a 504 whose body holds the id',
    switches: {
      faults: [
        onPost({
          kind: 'answer',
          moment: 'afterHandling',
          status: 504,
          body: { text: '{"error":"timeout","job_id":"{id}"}', contentType: 'application/json' },
        }),
      ],
    },
    state: 'done',
    jobs: 1,
  },
  ...(['queued', 'scheduled', 'processing', 'backlogged'] as const).map(
    (firstStatus): Case => ({
      name: `first status ${firstStatus}`,
      switches: { firstStatus, jobScript: 'typical' },
      state: 'done',
      jobs: 1,
    }),
  ),
  { name: 'result {} and no type', switches: { submitResult: 'empty', jobType: false, estimatedTime: true }, state: 'done', jobs: 1 },
  {
    name: 'a model about to be retired',
    switches: { sunset: { 'kling/kling-2.5': { date: '2026-12-01', replacement: 'kling/kling-2.6' } } },
    state: 'done',
    jobs: 1,
    check: (state) =>
      assert.deepEqual('sunset' in state && state.sunset, {
        date: '2026-12-01',
        link: 'https://docs.krea.ai/developers/deprecations',
        replacement: '/generate/video/kling/kling-2.6',
      }),
  },
];

for (const way of ['direct', 'editor'] as const)
  describe(`jobs: the answer to the POST (${way})`, () => {
    const groups = { 'is a clear no:': refusals, 'leaves it unclear:': unclear, 'holds the id of a job:': accepted };
    for (const [title, cases] of Object.entries(groups))
      describe(title, () => {
        for (const one of cases)
          it(`${one.name} → ${one.state}, and nothing more is sent`, async () => {
            const lab = await Lab.open({ way, ...one.options, ...(one.switches && { switches: one.switches }) });
            try {
              if (one.balance !== undefined) lab.simulator.setBalance(one.balance);
              const window = lab.window(one.window);
              const job = await window.run({ ...(one.body && { body: one.body }), endpoint: one.endpoint ?? kling });
              const unclear = one.state === 'unknown';
              const found = unclear && one.jobs === 1 && job.state.name === 'perhaps';
              assert.equal(found ? 'unknown' : job.state.name, one.state, lab.story());
              one.check?.(job.state);
              if (!unclear) await lab.until('the watch to rest', () => window.atRest);
              await lab.turn(3_600_000);
              assert.equal(lab.posts.length, one.posts ?? 1);
              assert.equal(lab.simulator.jobs.length, one.jobs ?? 0);
              assert.ok(
                lab.simulator.requests.every(({ origin }) => origin !== 'files' || one.state === 'done' || one.jobs === 1),
                'a redirect was followed',
              );
              assert.equal(lab.markerIsThere, unclear, 'unclear jobs are looked for at the next start too');
              if (unclear) assert.equal((await lab.job(job.id)).state.name, one.jobs === 1 ? 'perhaps' : 'unknown');
              if (one.state === 'done') await lab.assertSaved(job.id);
              lab.assertNowhere(lab.simulator.token);
            } finally {
              await lab.close();
            }
            lab.assertClean();
          });
      });
  });
