import assert from 'node:assert/strict';
import { turnableClock } from '../../src/simulator/clock';
import type { JobScript } from '../../src/simulator/jobScript';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { type SwitchChange, type UrlsShape, urlsShapes } from '../../src/simulator/switches';
import { callsTo, textClip } from './simulatorCalls';

const minute = 60_000;
const startMs = Date.UTC(2026, 9, 12, 9);
const tokens = [
  { name: 'ann', token: 'token-of-ann', workspace: 'studio' },
  { name: 'ben', token: 'token-of-ben', workspace: 'studio' },
  { name: 'cleo', token: 'token-of-cleo', workspace: 'elsewhere' },
];

describe('simulator: jobs', () => {
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

  describe('the answer to a submit', () => {
    const variants: readonly (readonly [SwitchChange, Record<string, unknown>])[] = [
      [{}, { status: 'queued', completed_at: null, result: null, type: 'videoV2' }],
      [{ firstStatus: 'scheduled' }, { status: 'scheduled' }],
      [{ firstStatus: 'processing' }, { status: 'processing' }],
      [{ firstStatus: 'backlogged' }, { status: 'backlogged' }],
      [{ submitResult: 'empty' }, { result: {} }],
      [{ jobType: false }, { type: undefined }],
      [{ estimatedTime: true }, { estimated_time: '60-120 seconds' }],
      [{ clockSkewMs: 90 * minute }, { created_at: '2026-10-12T10:30:00.000Z' }],
    ];
    for (const [switches, expected] of variants)
      it(`with ${JSON.stringify(switches)} holds ${JSON.stringify(expected)}`, async () => {
        simulator.set(switches);
        const reply = await ann.submit();
        assert.equal(reply.status, 200);
        assert.match(String(reply.at('job_id')), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        for (const [field, value] of Object.entries(expected)) assert.deepEqual(reply.at(field), value, field);
      });
    it('never tells prompt, model or price', async () => {
      const { text } = await ann.submit({ prompt: 'a very particular heron' });
      assert.doesNotMatch(text, /heron|kling|usd/);
    });
    it('carries the date of the server’s own clock', async () => {
      simulator.set({ clockSkewMs: -90 * minute });
      assert.equal((await ann.submit()).headers.get('date'), 'Mon, 12 Oct 2026 07:30:00 GMT');
    });
  });

  describe('statuses', () => {
    it('follows a script through all nine and one unknown, each as long as it says', async () => {
      const words = ['backlogged', 'queued', 'scheduled', 'queued', 'processing', 'warming-up', 'sampling', 'intermediate-complete'];
      const jobScript: JobScript = [...words.map((status) => ({ status, forMs: minute })), { status: 'completed' }];
      simulator.set({ jobScript });
      const id = await ann.submitted();
      const seen: unknown[] = [];
      for (let i = 0; i <= words.length; i++) {
        seen.push(await ann.status(id));
        await clock.advance(minute);
      }
      assert.deepEqual(seen, [...words, 'completed']);
    });
    it('changes at the very moment the script says, not before', async () => {
      simulator.set({ jobScript: [{ status: 'queued', forMs: 1000 }, { status: 'completed' }] });
      const id = await ann.submitted();
      await clock.advance(999);
      assert.equal(await ann.status(id), 'queued');
      await clock.advance(1);
      assert.equal(await ann.status(id), 'completed');
      assert.equal((await ann.poll(id)).at('completed_at'), new Date(startMs + 1000).toISOString());
    });
    it('can be put on another script', async () => {
      simulator.set({ jobScript: [{ status: 'queued' }] });
      const id = await ann.submitted();
      await clock.advance(60 * minute);
      assert.equal(await ann.status(id), 'queued');
      simulator.follow(id, [{ status: 'sampling', forMs: 10 }, { status: 'completed' }]);
      assert.equal(await ann.status(id), 'sampling');
      await clock.advance(10);
      assert.equal(await ann.status(id), 'completed');
    });
    it('can end with a word of its own', async () => {
      simulator.set({ jobScript: [{ status: 'succeeded', endsAs: 'completed' }] });
      const reply = await ann.poll(await ann.submitted());
      assert.equal(reply.at('status'), 'succeeded');
      assert.ok(reply.at('completed_at'));
      assert.ok(reply.at('result', 'urls', 0));
    });
    it('shows a preview that is not the clip while intermediate-complete', async () => {
      simulator.set({ jobScript: [{ status: 'intermediate-complete' }] });
      const url = String((await ann.poll(await ann.submitted())).at('result', 'urls', 0));
      const file = await fetch(url);
      assert.equal(file.headers.get('content-type'), 'image/png');
    });
    it('gives up after 2 hours', async () => {
      simulator.set({ jobScript: [{ status: 'processing' }] });
      const id = await ann.submitted();
      await clock.advance(120 * minute - 1);
      assert.equal(await ann.status(id), 'processing');
      await clock.advance(1);
      assert.equal(await ann.status(id), 'failed');
    });
    it('cancels by itself where the script says so', async () => {
      simulator.set({ jobScript: [{ status: 'processing', forMs: 10 }, { status: 'cancelled' }] });
      const id = await ann.submitted();
      await clock.advance(10);
      assert.equal(await ann.status(id), 'cancelled');
    });
    it('lasts about as long as the model usually does', async () => {
      const ids = await Promise.all(Array.from({ length: 12 }, () => ann.submitted()));
      await clock.advance(20 * minute);
      const seconds = simulator.jobs.map(({ state, createdAt }) => (state.kind === 'ended' ? (state.at - createdAt) / 1000 : Number.NaN));
      assert.equal(seconds.length, ids.length);
      assert.ok(new Set(seconds).size > 6, 'they differ');
      for (const value of seconds) assert.ok(value > 94 / 3 && value < 94 * 3, `${value} s`);
    });
  });

  describe('a completed result', () => {
    const file = (id: string) => `${simulator.fileBase}/videos/${id}.mp4`;
    const shapes: Partial<Record<UrlsShape, (id: string) => Record<string, unknown>>> = {
      strings: (id: string) => ({ result: { urls: [file(id)] } }),
      map: (id: string) => ({ result: { urls: { video: file(id) } } }),
      topLevel: (id: string) => ({ result: {}, urls: [file(id)] }),
      fragment: (id: string) => ({ result: { urls: [`${file(id)}#t=0.1`] } }),
      noExtension: (id: string) => ({ result: { urls: [`${simulator.fileBase}/videos/${id}`] } }),
      http: (id: string) => ({ result: { urls: [`http://gen.krea.invalid/videos/${id}.mp4`] } }),
      noResult: () => ({ result: {} }),
      nullResult: () => ({ result: null }),
      nullUrls: () => ({ result: { urls: null } }),
      emptyList: () => ({ result: { urls: [] } }),
      listOfNull: () => ({ result: { urls: [null] } }),
    };
    for (const urlsShape of urlsShapes) {
      const expected = shapes[urlsShape];
      if (!expected) continue;
      it(`has the shape "${urlsShape}"`, async () => {
        simulator.set({ urlsShape });
        const id = await ann.submitted();
        simulator.finish(id);
        const reply = await ann.poll(id);
        for (const [field, value] of Object.entries(expected(id))) assert.deepEqual(reply.at(field), value);
      });
    }
    it('has typed objects, a preview first', async () => {
      simulator.set({ urlsShape: 'objects' });
      const id = await ann.submitted();
      simulator.finish(id);
      const reply = await ann.poll(id);
      assert.equal(reply.at('result', 'urls', 0, 'type'), 'preview');
      assert.deepEqual(reply.at('result', 'urls', 1), { type: 'model', url: file(id) });
    });
    it('has the fields of former years', async () => {
      simulator.set({ urlsShape: 'videoUrl' });
      const id = await ann.submitted();
      simulator.finish(id);
      assert.equal((await ann.poll(id)).at('result', 'video_url'), file(id));
    });
    it('is found without an extension too', async () => {
      const id = await ann.submitted();
      simulator.finish(id);
      assert.equal(await (await fetch(`${simulator.fileBase}/videos/${id}`)).text(), 'clip of a heron at dawn');
    });
  });

  describe('a failure', () => {
    const forms = [
      ['codeAndMessage', 'nsfw', { result: null, error: { code: 'nsfw', message: 'The output was flagged by the content filter.' } }],
      ['codeAndMessage', 'gremlins', { error: { code: 'gremlins', message: 'Generation failed.' } }],
      ['code', 'ip_detected', { error: { code: 'ip_detected' } }],
      ['resultError', 'internal', { error: undefined, result: { error: 'An internal error occurred.' } }],
      ['nothing', 'internal', { error: undefined, result: {} }],
    ] as const;
    for (const [form, code, expected] of forms)
      it(`tells ${code} in the form "${form}"`, async () => {
        simulator.set({ ending: 'failed', failure: { form, code } });
        const id = await ann.submitted();
        await clock.advance(20 * minute);
        const reply = await ann.poll(id);
        assert.equal(reply.at('status'), 'failed');
        for (const [field, value] of Object.entries(expected)) assert.deepEqual(reply.at(field), value);
      });
    it('comes without a word when the frames are too different', async () => {
      const id = await ann.submitted({ prompt: 'a', end_image: 'https://app-uploads.krea.ai/too-different.png' });
      await clock.advance(20 * minute);
      assert.deepEqual((await ann.poll(id)).at('result'), {});
      assert.equal(await ann.status(id), 'failed');
    });
  });

  describe('progress', () => {
    const halfWay = [
      ['absent', undefined],
      ['percent', 50],
      ['fraction', 0.5],
      ['above100', 125],
      ['string', '50%'],
    ] as const;
    for (const [progress, expected] of halfWay)
      it(`"${progress}" is ${expected} half way`, async () => {
        simulator.set({ progress, jobScript: [{ status: 'processing', forMs: 1000 }, { status: 'completed' }] });
        const id = await ann.submitted();
        await clock.advance(500);
        assert.equal((await ann.poll(id)).at('progress'), expected);
      });
    it('can go backwards', async () => {
      simulator.set({ progress: 'nonMonotonic', jobScript: [{ status: 'processing', forMs: 1000 }] });
      const id = await ann.submitted();
      await clock.advance(500);
      const seen = [await ann.poll(id), await ann.poll(id)].map(({ at }) => Number(at('progress')));
      assert.ok((seen[1] ?? 0) < (seen[0] ?? 0), String(seen));
    });
  });

  describe('who sees a job', () => {
    it('hides the first polls by switch', async () => {
      simulator.set({ earlyNotFound: 2 });
      const id = await ann.submitted();
      const statuses = [await ann.poll(id), await ann.poll(id), await ann.poll(id)].map(({ status }) => status);
      assert.deepEqual(statuses, [404, 404, 200]);
    });
    const others = [
      { who: 'ben', visibleTo: 'token', status: 404 },
      { who: 'ben', visibleTo: 'workspace', status: 200 },
      { who: 'cleo', visibleTo: 'workspace', status: 404 },
    ] as const;
    for (const { who, visibleTo, status } of others)
      it(`answers ${status} to ${who} where jobs are visible to the ${visibleTo}`, async () => {
        simulator.set({ jobsVisibleTo: visibleTo });
        const other = callsTo(simulator, tokens.find(({ name }) => name === who)?.token);
        const id = await ann.submitted();
        assert.equal((await other.poll(id)).status, status);
        assert.equal((await other.call('DELETE', `/jobs/${id}`)).status, status);
        assert.equal(Object(other && (await other.call('GET', '/jobs')).at('items')).length, status === 200 ? 1 : 0);
      });
    it('counts the polls after the end was told', async () => {
      const id = await ann.submitted();
      await ann.poll(id);
      simulator.finish(id);
      for (let i = 0; i < 3; i++) await ann.poll(id);
      assert.deepEqual([simulator.jobs[0]?.polls, simulator.jobs[0]?.pollsAfterEnd], [4, 2]);
    });
  });

  describe('DELETE', () => {
    for (const status of ['queued', 'scheduled', 'processing', 'backlogged'] as const)
      it(`stops a job that is ${status}, with an empty answer`, async () => {
        simulator.set({ jobScript: [{ status }] });
        const id = await ann.submitted();
        const reply = await ann.call('DELETE', `/jobs/${id}`);
        assert.deepEqual([reply.status, reply.text], [200, '']);
        assert.equal(await ann.status(id), 'cancelled');
      });
    it('hides the job afterwards by switch', async () => {
      simulator.set({ afterDelete: 'notFound' });
      const id = await ann.submitted();
      await ann.call('DELETE', `/jobs/${id}`);
      assert.equal((await ann.poll(id)).status, 404);
      assert.deepEqual((await ann.call('GET', '/jobs')).at('items'), []);
    });
    it('answers 404 the second time', async () => {
      const id = await ann.submitted();
      await ann.call('DELETE', `/jobs/${id}`);
      assert.equal((await ann.call('DELETE', `/jobs/${id}`)).status, 404);
    });
    for (const lateDelete of [400, 404, 409] as const)
      for (const script of [[{ status: 'sampling' }], [{ status: 'completed' }]])
        it(`refuses a job that is ${script[0]?.status} with ${lateDelete} by switch`, async () => {
          simulator.set({ lateDelete, jobScript: script });
          const id = await ann.submitted();
          assert.equal((await ann.call('DELETE', `/jobs/${id}`)).status, lateDelete);
          assert.equal(await ann.status(id), script[0]?.status);
        });
    it('can come too late and still be answered with 200', async () => {
      simulator.set({ lateDelete: 'accepted but completes', jobScript: [{ status: 'sampling', forMs: 10 }, { status: 'completed' }] });
      const id = await ann.submitted();
      assert.equal((await ann.call('DELETE', `/jobs/${id}`)).status, 200);
      await clock.advance(10);
      assert.equal(await ann.status(id), 'completed');
    });
    it('can lose the race against the job', async () => {
      simulator.set({ deleteLosesRace: true, jobScript: [{ status: 'queued', forMs: 10 }, { status: 'completed' }] });
      const id = await ann.submitted();
      assert.equal((await ann.call('DELETE', `/jobs/${id}`)).status, 200);
      await clock.advance(10);
      assert.ok((await ann.poll(id)).at('result', 'urls', 0));
      assert.ok((simulator.jobs[0]?.chargedUsd ?? 0) > 0, 'it is charged');
    });
    it('answers 404 for a job that never was', async () => assert.equal((await ann.call('DELETE', '/jobs/no-such-job')).status, 404));
  });
});
