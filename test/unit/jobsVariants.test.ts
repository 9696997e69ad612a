import assert from 'node:assert/strict';
import type { StateName } from '../../src/jobs/job';
import { jobStatuses } from '../../src/simulator/jobScript';
import { type SwitchChange, type Switches, urlsShapes } from '../../src/simulator/switches';
import { Lab } from './jobsLab';

/** One way in which the service may behave, and how a job ends there: *done* when nothing is said. */
interface Variant {
  readonly name: string;
  readonly switches: SwitchChange;
  readonly end?: StateName;
  /** USD that the workspace has. */
  readonly balance?: number;
  /** The user cancels as soon as the job is known to run. */
  readonly cancel?: boolean;
  /** POSTs that the service refuses for want of a place before it takes one. */
  readonly busy?: number;
}

const of = <K extends keyof SwitchChange>(name: K, values: readonly NonNullable<SwitchChange[K]>[], more: Partial<Variant> = {}) =>
  values.map((value): Variant => ({ name: JSON.stringify(value), switches: { [name]: value }, ...more }));
const typical = { jobScript: 'typical' } as const;
const withTypical = (variants: readonly Variant[]): readonly Variant[] =>
  variants.map((variant) => ({ ...variant, switches: { ...typical, ...variant.switches } }));
const cancelled = (variants: readonly Variant[], end: StateName): readonly Variant[] =>
  variants.map((variant) => ({ ...variant, name: `${variant.name}, cancelled by the user`, cancel: true, end }));

const withoutVideo: ReadonlySet<string> = new Set(['noResult', 'nullResult', 'nullUrls', 'emptyList', 'emptyMap', 'listOfNull']);
const files = (change: NonNullable<SwitchChange['files']>, end: StateName = 'done'): Variant => ({
  name: JSON.stringify(change),
  switches: { files: change },
  end,
});
const allDeletable = ['backlogged', 'queued', 'scheduled', 'processing', 'sampling', 'intermediate-complete'];

/** Every switch has to be here: the compiler asks for those that are added. */
const variants: Readonly<Record<keyof Switches, readonly Variant[]>> = {
  unauthorizedShape: of('unauthorizedShape', ['message', 'error']),
  keyScheme: of('keyScheme', [false, true]),
  openapi: of('openapi', ['good', 'brokenJson', 'missing', 'veryLarge', 'notOpenApi', 'unheardOfModel']),
  openapiShape: of('openapiShape', ['october', 'may', 'references']),
  nestedFields: of('nestedFields', ['refused', 'ignored']),
  dependentFields: of('dependentFields', ['ignored', 'refused']),
  priceFactor: of('priceFactor', [{}, { 'kling/kling-2.5': 3 }]),
  withdrawn: [...of('withdrawn', [[], ['google/veo-2']]), ...of('withdrawn', [['kling/kling-2.5']], { end: 'refused' })],
  openapiEtag: of('openapiEtag', [false, true]),
  validationShape: of('validationShape', ['error', 'detail', 'nested', 'issues']),
  inputHosts: of('inputHosts', ['own', 'any']),
  dataUris: of('dataUris', [false, true]),
  uriLength: of('uriLength', [false, true]),
  retired: [...of('retired', [[], ['google/veo-2']]), ...of('retired', [['kling/kling-2.5']], { end: 'refused' })],
  sunset: of('sunset', [{}, { 'kling/kling-2.5': { date: '2026-12-01' } }]),
  forbidden: [...of('forbidden', [[]]), ...of('forbidden', [['kling/kling-2.5']], { end: 'refused' })],
  balanceText: [
    ...of('balanceText', ['live', 'code', 'credits', 'plan']),
    ...of('balanceText', ['live', 'code', 'credits', 'plan'], { balance: 0, end: 'refused' }),
  ],
  firstStatus: withTypical(of('firstStatus', ['queued', 'scheduled', 'processing', 'backlogged'])),
  submitResult: of('submitResult', ['null', 'empty']),
  jobType: of('jobType', [true, false]),
  estimatedTime: of('estimatedTime', [true, false]),
  webhook: of('webhook', ['once', 'never', 'twice']),
  earlyNotFound: of('earlyNotFound', [0, 1, 15]),
  listLagMs: of('listLagMs', [0, 60_000]),
  sameTimes: of('sameTimes', [false, true]),
  jobsVisibleTo: of('jobsVisibleTo', ['token', 'workspace']),
  cursorName: of('cursorName', ['next_cursor', 'nextCursor']),
  jobScript: of('jobScript', [
    'typical',
    jobStatuses.filter((status) => !['failed', 'cancelled'].includes(status)).map((status) => ({ status, forMs: 3000 })),
    [
      { status: 'processing', forMs: 4000 },
      { status: 'queued', forMs: 4000 },
      { status: 'processing', forMs: 4000 },
    ],
    [{ status: 'warming-up', forMs: 60_000 }],
    [
      { status: 'backlogged', forMs: 1_200_000 },
      { status: 'queued', forMs: 1_200_000 },
    ],
    [{ status: 'processing', forMs: 3_000_000 }],
    [{ status: 'completed' }],
    [
      { status: 'processing', forMs: 4000 },
      { status: 'archived', endsAs: 'completed' },
    ],
  ]),
  ending: [
    ...withTypical(of('ending', ['completed'])),
    ...withTypical(of('ending', ['failed'], { end: 'failed' })),
    ...withTypical(of('ending', ['cancelled'], { end: 'cancelled' })),
  ],
  failure: [
    ...(['codeAndMessage', 'code', 'resultError', 'nothing'] as const).map((form) => ({ form, code: 'internal' })),
    ...['nsfw', 'ip_detected', 'violence', 'personal_info', 'tomorrows_code'].map((code) => ({ form: 'code' as const, code })),
  ].flatMap((failure) =>
    of('failure', [failure], { end: 'failed' }).map((variant) => ({
      ...variant,
      switches: { ...typical, ending: 'failed', ...variant.switches },
    })),
  ),
  progress: of('progress', ['absent', 'percent', 'fraction', 'nonMonotonic', 'above100', 'string']),
  urlsShape: urlsShapes.flatMap((shape) =>
    of('urlsShape', [shape], { end: shape === 'http' ? 'notFetched' : withoutVideo.has(shape) ? 'failed' : 'done' }),
  ),
  serverTimeoutMs: [...of('serverTimeoutMs', [7_200_000]), ...of('serverTimeoutMs', [10_000], { end: 'failed' })],
  clockSkewMs: of('clockSkewMs', [0, 3_600_000, -3_600_000, 40 * 86_400_000, -400]),
  deletable: [...cancelled(of('deletable', [allDeletable]), 'cancelled'), ...cancelled(of('deletable', [['queued']]), 'done')],
  afterDelete: cancelled(of('afterDelete', ['cancelled', 'notFound']), 'cancelled'),
  lateDelete: cancelled(
    of('lateDelete', [400, 404, 409, 'accepted but completes']).map((variant) => ({
      ...variant,
      switches: { ...variant.switches, deletable: [] },
    })),
    'done',
  ),
  deleteLosesRace: [...cancelled(of('deleteLosesRace', [false]), 'cancelled'), ...cancelled(of('deleteLosesRace', [true]), 'done')],
  concurrency: [
    ...of('concurrency', [{ running: 1 }, { running: 12, backlog: 0 }, { text: 'Too many requests' }]),
    ...(['CONCURRENCY_LIMIT_REACHED', 'Too many requests', 'You have reached the maximum number of concurrent jobs'] as const).flatMap(
      (text) =>
        (['none', { seconds: 20, as: 'seconds' }, { seconds: 20, as: 'date' }] as const).flatMap((retryAfter) =>
          of('concurrency', [{ running: 1, heldByOthers: 1, overflow: 429, text, retryAfter }], { busy: 1 }),
        ),
    ),
  ],
  requestsPerMinute: of('requestsPerMinute', [Number.POSITIVE_INFINITY, 6]),
  files: [
    ...(['video/mp4', 'application/octet-stream', 'text/plain', 'none'] as const).map((contentType) => files({ contentType })),
    ...(['exact', 'none', 'chunked'] as const).map((length) => files({ length })),
    ...(['short', 'long'] as const).map((length) => files({ length }, 'notFetched')),
    ...[true, false].flatMap((ranges) => [true, false].map((etag) => files({ ranges, etag, cut: { share: 0.4, times: 1 } }))),
    ...[0, 0.5, 1].map((share) => files({ cut: { share, times: 2 } })),
    ...([403, 404] as const).map((status) => files({ expiry: { status, afterMs: 0 } }, 'notFetched')),
    files({ redirect: 'otherHost' }),
    files({ redirect: 'loopback' }, 'notFetched'),
    files({ redirect: 'loop' }, 'notFetched'),
    files({ body: 'html' }, 'notFetched'),
    files({ body: 'empty' }, 'notFetched'),
    files({ pauseMs: 500 }),
  ],
  assets: of('assets', [{ tooLarge: 413 }, { tooLarge: 400 }, { details: false }]),
  strangers: of('strangers', [{ atSubmit: 4 }, { perMinute: 60 }]),
  http2: of('http2', [
    { afterAccepting: 'goaway', times: 1 },
    { afterAccepting: 'refusedStream', times: 1 },
  ]),
  faults: of('faults', [[], [{ method: 'POST', path: '/generate/*', act: { kind: 'halfAnswer' } }]]),
};

describe('jobs: a whole job, however the service behaves', () => {
  for (const [name, those] of Object.entries(variants))
    describe(`${name}:`, () => {
      for (const { name: variant, switches, end = 'done', balance, cancel, busy = 0 } of those)
        it(`${variant} → ${end}`, async () => {
          const lab = await Lab.open({ switches });
          try {
            if (balance !== undefined) lab.simulator.setBalance(balance);
            const window = lab.window();
            const { id } = await window.submit();
            if (cancel) {
              await lab.until('running', async () => (await lab.job(id)).state.name === 'running');
              await window.jobs.cancel(id);
            }
            if (busy > 0) {
              await lab.until('the refusals', () => lab.posts.length === busy && lab.posts.every(({ answer }) => answer === 429));
              lab.simulator.set({ concurrency: { heldByOthers: 0 } });
            }
            await lab.until('the end', async () => !lab.markerIsThere && window.atRest);
            assert.equal((await lab.job(id)).state.name, end, lab.story());
            assert.equal(lab.posts.length, busy + 1);
            const made = lab.simulator.jobs.filter(({ stranger }) => !stranger).length;
            assert.equal(made, end === 'refused' ? 0 : 1);
            if (end === 'done') await lab.assertSaved(id, { posts: busy + 1 });
            else assert.deepEqual(lab.files(), []);
            lab.assertNowhere(lab.simulator.token);
          } finally {
            await lab.close();
          }
          lab.assertClean();
        });
    });
});
