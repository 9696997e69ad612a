import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Fault } from '../../src/simulator/faults';
import type { LoggedRequest } from '../../src/simulator/requestLog';
import type { SwitchChange } from '../../src/simulator/switches';
import { heavyClip } from '../support/heavyClip';
import { tinyClip } from '../support/tinyClip';
import { Lab } from './jobsLab';

type Files = NonNullable<SwitchChange['files']>;

const size = 1024 * 1024;
/** Bytes that a break may cost: what is compared, and what was on its way. */
const lossPerBreak = 16 * 1024 + 3 * 64 * 1024;
const twice: Files = { cut: { share: 0.5, times: 2 }, pauseMs: 10 };
const once: Files = { cut: { share: 0.5, times: 1 }, pauseMs: 10 };

describe('jobs: a download that broke off', () => {
  let lab: Lab;
  let clip: Buffer;
  before(async () => {
    clip = await heavyClip(size);
  });
  beforeEach(async () => {
    lab = await Lab.open({ clip });
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
    lab.assertNowhere(lab.simulator.token);
  });

  const downloads = (): readonly LoggedRequest[] =>
    lab.simulator.requests.filter(({ origin, answer }) => origin !== 'api' && answer !== 302);
  const fetched = (): number => downloads().reduce((sum, { fileBytes }) => sum + fileBytes, 0);
  /** `rest` or `whole`, as each download was asked for. */
  const asked = (): readonly string[] => downloads().map(({ headers }) => (headers.range === undefined ? 'whole' : 'rest'));
  const savedBytes = async (id: string): Promise<Buffer> => {
    const { state } = await lab.job(id);
    assert.ok(state.name === 'done', lab.story());
    return readFileSync(state.saved.clip);
  };

  const continued: readonly (readonly [string, Files, number])[] = [
    ['at a host with a strong ETag', twice, 2],
    ['at a host with an old date', { ...twice, etag: false, lastModified: 'dayAgo' }, 2],
    ['after a redirect', { ...twice, redirect: 'otherHost' }, 2],
    ['at a host that breaks off every 100,000 bytes', { cut: { bytes: 100_000, times: 99 }, pauseMs: 10 }, 12],
    ['at a host that drips and breaks off', { ...twice, pieceBytes: 8192, pauseMs: 300 }, 2],
    ['at a host that gives less than the rest', { ...once, ranges: 'short' }, 2],
    ['at a host that does not heed If-Range, and has the same file', { ...once, ranges: 'unconditional' }, 1],
  ];
  for (const way of ['direct', 'editor'] as const)
    for (const [name, files, rests] of continued)
      it(`${name} (${way}): only the rest is fetched`, async () => {
        lab.simulator.set({ files });
        const job = await lab.window({ way }).run();
        await lab.assertSaved(job.id);
        const [first, ...others] = asked();
        assert.equal(first, 'whole');
        assert.deepEqual(new Set(others), new Set(['rest']));
        assert.ok(others.length >= rests && others.length <= rests + 3, `${others.length} rests`);
        assert.ok(fetched() <= size + others.length * lossPerBreak, `${fetched()} bytes`);
        assert.deepEqual(lab.files(join(lab.storage, 'clips')), []);
      });

  const begunAnew: readonly (readonly [string, Files, readonly string[]])[] = [
    ['that knows no ranges', { ...once, ranges: false }, ['whole', 'rest']],
    ['that gives another range', { ...once, ranges: 'shifted' }, ['whole', 'rest', 'whole']],
    ['that says 416', { ...once, ranges: 'none' }, ['whole', 'rest', 'whole']],
    ['with a weak ETag', { ...once, etag: 'weak' }, ['whole', 'whole']],
    ['with a weak ETag beside an old date', { ...once, etag: 'weak', lastModified: 'dayAgo' }, ['whole', 'whole']],
    ['without validators', { ...once, etag: false }, ['whole', 'whole']],
    ['whose file changed in that minute', { ...once, etag: false, lastModified: 'justNow' }, ['whole', 'whole']],
    ['that says no ETag with a range', { ...once, etag: 'ofWhole' }, ['whole', 'rest', 'whole']],
    ['that announces no length', { ...once, length: 'none' }, ['whole', 'whole']],
    ['that sends chunks', { ...once, length: 'chunked' }, ['whole', 'whole']],
    ['that has other bytes under the same ETag', { ...once, content: 'otherRest' }, ['whole', 'rest', 'whole']],
    ['that has other bytes later on, under the same ETag', { ...once, content: 'lateOtherRest' }, ['whole', 'rest', 'whole']],
    [
      'that has them, and goes on breaking off',
      { ...twice, cut: { share: 0.5, times: 4 }, content: 'lateOtherRest' },
      ['whole', 'rest', 'rest', 'whole', 'whole'],
    ],
  ];
  for (const way of ['direct', 'editor'] as const)
    for (const [name, files, requests] of begunAnew)
      it(`at a host ${name} (${way}): the whole is fetched anew, and nothing else is saved`, async () => {
        lab.simulator.set({ files });
        const job = await lab.window({ way }).run();
        await lab.assertSaved(job.id);
        assert.deepEqual(asked().slice(0, requests.length), requests);
        assert.deepEqual(lab.files(join(lab.storage, 'clips')), []);
      });

  const replaced: readonly (readonly [string, Files, readonly string[]])[] = [
    ['one of the same length', { content: 'newVersion' }, ['whole', 'rest']],
    ['one of the same length and age, but for hours', { content: 'newVersion', etag: false, lastModified: 'dayAgo' }, ['whole', 'rest']],
    ['a longer one', { content: 'longerVersion' }, ['whole', 'rest']],
    ['one of the same length, whatever If-Range says', { content: 'newVersion', ranges: 'unconditional' }, ['whole', 'rest', 'whole']],
    ['a longer one, whatever If-Range says', { content: 'longerVersion', ranges: 'unconditional' }, ['whole', 'rest', 'whole']],
  ];
  for (const way of ['direct', 'editor'] as const)
    for (const [name, files, requests] of replaced)
      it(`when the file is replaced by ${name} (${way}): the new one is saved whole`, async () => {
        lab.simulator.set({ files: { ...once, ...files } });
        const job = await lab.window({ way }).run();
        const other = Buffer.concat([clip, Buffer.alloc(files.content === 'longerVersion' ? 1 : 0)]);
        other[size - 1] = (clip[size - 1] ?? 0) ^ 0xff;
        assert.equal(Buffer.compare(await savedBytes(job.id), other), 0);
        assert.deepEqual(asked(), requests);
      });

  const refusing = (status: number, count: number): readonly Fault[] => [
    { origin: 'files', nth: 2, count, act: { kind: 'answer', status, body: 'html' } },
  ];
  for (const [status, count, last] of [
    [503, 1, 'rest'],
    [503, 2, 'whole'],
    [403, 1, 'rest'],
    [403, 2, 'whole'],
    [400, 1, 'whole'],
  ] as const)
    it(`and the host says ${status} to the rest, ${count} times: the next is asked for the ${last}`, async () => {
      lab.simulator.set({ files: once, faults: refusing(status, count) });
      const job = await lab.window().run();
      await lab.assertSaved(job.id);
      assert.deepEqual(asked(), ['whole', ...Array.from({ length: count }, () => 'rest'), last]);
    });

  it('comes in the end, however often it breaks off, as long as it goes on', async () => {
    lab.simulator.set({ files: { cut: { bytes: 50_000, times: 999 }, pauseMs: 10 } });
    const job = await lab.window().run();
    await lab.assertSaved(job.id);
    assert.ok(downloads().length > 25, `${downloads().length} downloads`);
  });

  it('and brings nothing more ends as not fetched', async () => {
    lab.simulator.set({ files: { cut: { bytes: 16_384, times: 999 }, pauseMs: 10 } });
    const { state } = await lab.window().run();
    assert.equal(state.name === 'notFetched' && state.why, 'network');
    assert.deepEqual([lab.files(), lab.files(join(lab.storage, 'clips'))], [[], []]);
  });

  it('asks the file host for nothing but the bytes, and tells it nothing of the account', async () => {
    lab.simulator.set({ files: once });
    await lab.window().run();
    const rest = downloads().at(-1);
    assert.equal(rest?.token, 'none');
    assert.match(rest.headers.range ?? '', /^bytes=\d+-$/);
    assert.equal(rest.headers['if-range'], `"${rest.jobId}"`);
    assert.deepEqual(readdirSync(join(lab.storage, 'clips')), []);
  });

  it('is not joined to other bytes, even where the container of the clip would not show it', async () => {
    await lab.close();
    const head = await tinyClip();
    const free = Buffer.alloc(size - head.length, 7);
    free.writeUInt32BE(free.length);
    free.write('free', 4, 'latin1');
    lab = await Lab.open({ clip: Buffer.concat([head, free]), switches: { files: { ...once, content: 'otherRest' } } });
    const job = await lab.window().run();
    await lab.assertSaved(job.id);
    assert.deepEqual(asked(), ['whole', 'rest', 'whole']);
  });
});
