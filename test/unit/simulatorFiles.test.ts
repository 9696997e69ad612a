import assert from 'node:assert/strict';
import { type IncomingMessage, request } from 'node:http';
import { turnableClock } from '../../src/simulator/clock';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import type { FileSwitches } from '../../src/simulator/switches';
import { callsTo } from './simulatorCalls';

const clip = Buffer.from(Array.from({ length: 200_000 }, (_, i) => i % 251));

describe('simulator: result files', () => {
  const clock = turnableClock();
  let simulator: Simulator;
  let id: string;
  beforeEach(async () => {
    simulator = await startSimulator({ clock, makeClip: async () => clip });
    id = await callsTo(simulator).submitted();
    simulator.finish(id);
  });
  afterEach(() => simulator.close());

  const serve = (files: Partial<FileSwitches>) => simulator.set({ files });

  const download = async ({ headers = {}, method = 'GET', url = `${simulator.fileBase}/videos/${id}.mp4` } = {}) => {
    const call = request(url, { method, agent: false, headers });
    call.end();
    const response = await new Promise<IncomingMessage>((resolve, reject) => call.on('response', resolve).on('error', reject));
    const pieces: Buffer[] = [];
    let broken = false;
    try {
      for await (const piece of response) pieces.push(piece);
    } catch {
      broken = true;
    }
    return { status: response.statusCode, headers: response.headers, bytes: Buffer.concat(pieces), broken };
  };

  it('serves the whole clip to anyone, with its length, type, ranges and ETag', async () => {
    const { status, headers, bytes, broken } = await download();
    assert.deepEqual([status, broken], [200, false]);
    assert.ok(bytes.equals(clip));
    assert.equal(headers['content-type'], 'video/mp4');
    assert.equal(headers['content-length'], String(clip.length));
    assert.equal(headers['accept-ranges'], 'bytes');
    assert.equal(headers.etag, `"${id}"`);
    assert.equal(simulator.jobs[0]?.downloads, 1);
  });
  it('tells the head alone to HEAD', async () => {
    const { status, headers, bytes } = await download({ method: 'HEAD' });
    assert.deepEqual([status, headers['content-length'], bytes.length], [200, String(clip.length), 0]);
    assert.equal(simulator.jobs[0]?.downloads, 0);
  });
  it('has nothing for a job that has not completed, that failed, or that never was', async () => {
    const { submitted } = callsTo(simulator);
    const running = await submitted();
    const failed = await submitted();
    simulator.finish(failed, 'failed');
    for (const name of [running, failed, '0000'])
      assert.equal((await download({ url: `${simulator.fileBase}/videos/${name}.mp4` })).status, 404);
  });
  it('records a token that is sent to it', async () => {
    assert.deepEqual(simulator.violations, []);
    await download({ headers: { Authorization: 'Bearer something' } });
    assert.equal(simulator.violations.length, 1);
  });

  const types = {
    'video/mp4': 'video/mp4',
    'application/octet-stream': 'application/octet-stream',
    'text/plain': 'text/plain',
    none: undefined,
  };
  for (const [contentType, header] of Object.entries(types) as [FileSwitches['contentType'], string | undefined][])
    it(`declares the type ${contentType}`, async () => {
      serve({ contentType });
      assert.equal((await download()).headers['content-type'], header);
    });

  const lengths = [
    { length: 'exact', declared: String(clip.length), encoding: undefined, broken: false, whole: true },
    { length: 'none', declared: undefined, encoding: undefined, broken: false, whole: true },
    { length: 'chunked', declared: undefined, encoding: 'chunked', broken: false, whole: true },
    { length: 'long', declared: String(clip.length + 1000), encoding: undefined, broken: true, whole: true },
    { length: 'short', declared: String(clip.length / 2), encoding: undefined, broken: false, whole: false },
  ] as const;
  for (const { length, declared, encoding, broken, whole } of lengths)
    it(`declares the length "${length}"`, async () => {
      serve({ length });
      const reply = await download();
      assert.equal(reply.headers['content-length'], declared);
      assert.equal(reply.headers['transfer-encoding'], encoding);
      assert.equal(reply.broken, broken);
      assert.equal(reply.bytes.equals(clip), whole);
    });

  const ranges = [
    { range: 'bytes=100-199', status: 206, from: 100, to: 200 },
    { range: 'bytes=199000-', status: 206, from: 199_000, to: 200_000 },
    { range: 'bytes=199999-999999', status: 206, from: 199_999, to: 200_000 },
    { range: 'bytes=-500', status: 206, from: 199_500, to: 200_000 },
    { range: 'bytes=0-', status: 206, from: 0, to: 200_000 },
    { range: 'bytes=0-1,5-6', status: 200, from: 0, to: 200_000 },
    { range: 'lines=1-2', status: 200, from: 0, to: 200_000 },
  ];
  for (const { range, status, from, to } of ranges)
    it(`answers ${range} with ${status}`, async () => {
      const reply = await download({ headers: { Range: range } });
      assert.equal(reply.status, status);
      assert.ok(reply.bytes.equals(clip.subarray(from, to)));
      assert.equal(reply.headers['content-range'], status === 206 ? `bytes ${from}-${to - 1}/${clip.length}` : undefined);
    });
  it('answers 416 beyond the end', async () => {
    const { status, headers } = await download({ headers: { Range: 'bytes=200000-' } });
    assert.deepEqual([status, headers['content-range']], [416, 'bytes */200000']);
  });
  it('answers a range of another version with the whole', async () => {
    const ask = async (etag: string) => (await download({ headers: { Range: 'bytes=10-', 'If-Range': etag } })).status;
    assert.deepEqual([await ask(`"${id}"`), await ask('"older"')], [206, 200]);
  });
  it('knows no ranges by switch', async () => {
    serve({ ranges: false, etag: false });
    const { status, headers, bytes } = await download({ headers: { Range: 'bytes=100-' } });
    assert.deepEqual([status, headers['accept-ranges'], headers.etag, bytes.length], [200, undefined, undefined, clip.length]);
  });

  it('cuts the first downloads, each of what was left, and can be resumed', async () => {
    serve({ cut: { share: 0.5, times: 2 } });
    const first = await download();
    assert.deepEqual([first.broken, first.bytes.length], [true, 100_000]);
    const second = await download({ headers: { Range: 'bytes=100000-' } });
    assert.deepEqual([second.status, second.broken, second.bytes.length], [206, true, 50_000]);
    const third = await download({ headers: { Range: 'bytes=150000-' } });
    assert.equal(third.broken, false);
    assert.ok(Buffer.concat([first.bytes, second.bytes, third.bytes]).equals(clip));
    assert.deepEqual(
      simulator.requests.filter(({ origin }) => origin === 'files').map(({ answer }) => answer),
      ['reset', 'reset', 206],
    );
  });

  it('breaks off after so many bytes, each time', async () => {
    serve({ cut: { bytes: 30_000, times: 2 } });
    assert.deepEqual([(await download()).bytes.length, (await download()).bytes.length], [30_000, 30_000]);
    assert.equal((await download()).broken, false);
    const sent = simulator.requests.filter(({ origin }) => origin === 'files').map(({ fileBytes }) => fileBytes);
    assert.deepEqual(sent, [30_000, 30_000, clip.length]);
  });

  const rest = { headers: { Range: 'bytes=100000-' } };
  const other = Buffer.from(clip.map((byte) => byte ^ 0xff));
  const changed = Buffer.from(clip);
  changed[clip.length - 1] = (clip.at(-1) ?? 0) ^ 0xff;
  const late = Buffer.concat([clip.subarray(100_000, 120_000), other.subarray(120_000)]);
  const unpleasant: readonly (readonly [string, Partial<FileSwitches>, number, string | undefined, string, Buffer])[] = [
    ['another range', { ranges: 'shifted' }, 206, 'bytes 100001-199999/200000', '', clip.subarray(100_001)],
    ['no range', { ranges: 'none' }, 416, 'bytes */200000', '', Buffer.alloc(0)],
    ['a new version', { content: 'newVersion' }, 206, 'bytes 100000-199999/200000', '-2', changed.subarray(100_000)],
    [
      'a longer version',
      { content: 'longerVersion' },
      206,
      'bytes 100000-200000/200001',
      '-2',
      Buffer.concat([changed, Buffer.alloc(1)]).subarray(100_000),
    ],
    ['other bytes under one ETag', { content: 'otherRest' }, 206, 'bytes 100000-199999/200000', '', other.subarray(100_000)],
    ['other bytes later', { content: 'lateOtherRest' }, 206, 'bytes 100000-199999/200000', '', late],
  ];
  for (const [name, files, status, range, version, bytes] of unpleasant)
    it(`after a cut it has ${name} by switch`, async () => {
      serve({ cut: { share: 0.5, times: 1 }, ...files });
      await download();
      const reply = await download(rest);
      assert.deepEqual([reply.status, reply.headers['content-range'], reply.headers.etag], [status, range, `"${id}${version}"`]);
      assert.ok(reply.bytes.equals(bytes));
    });
  it('gives short ranges by switch', async () => {
    const long = Buffer.alloc(400_000, 7);
    await simulator.close();
    simulator = await startSimulator({ clock, makeClip: async () => long });
    id = await callsTo(simulator).submitted();
    simulator.finish(id);
    serve({ ranges: 'short' });
    const { headers, bytes } = await download({ headers: { Range: 'bytes=1000-' } });
    assert.deepEqual([headers['content-range'], bytes.length], ['bytes 1000-300999/400000', 300_000]);
  });
  it('does not heed If-Range by switch', async () => {
    serve({ ranges: 'unconditional' });
    assert.equal((await download({ headers: { ...rest.headers, 'If-Range': '"other"' } })).status, 206);
  });
  it('has a weak ETag by switch, which holds for no If-Range', async () => {
    serve({ etag: 'weak' });
    const etag = (await download()).headers.etag;
    assert.equal(etag, `W/"${id}"`);
    assert.equal((await download({ headers: { ...rest.headers, 'If-Range': String(etag) } })).status, 200);
  });
  it('says no ETag with a range by switch', async () => {
    serve({ etag: 'ofWhole' });
    assert.deepEqual([(await download()).headers.etag, (await download(rest)).headers.etag], [`"${id}"`, undefined]);
  });
  for (const [lastModified, sameLater] of [
    ['dayAgo', true],
    ['justNow', false],
  ] as const)
    it(`says that it changed: ${lastModified}`, async () => {
      serve({ etag: false, lastModified });
      const changedAt = String((await download()).headers['last-modified']);
      const ago = clock.now() - Date.parse(changedAt);
      assert.ok(sameLater ? ago >= 86_400_000 : ago < 1000, `${ago} ms ago`);
      await clock.advance(5000);
      const reply = await download({ headers: { ...rest.headers, 'If-Range': changedAt } });
      assert.equal(reply.status, sameLater ? 206 : 200);
    });

  for (const status of [403, 404] as const) {
    it(`answers ${status} after two downloads`, async () => {
      serve({ expiry: { status, afterDownloads: 2 } });
      assert.deepEqual([(await download()).status, (await download()).status, (await download()).status], [200, 200, status]);
    });
    it(`answers ${status} an hour after the end`, async () => {
      serve({ expiry: { status, afterMs: 3600_000 } });
      await clock.advance(3599_999);
      assert.equal((await download()).status, 200);
      await clock.advance(1);
      assert.equal((await download()).status, status);
    });
  }

  it('redirects to another host, which serves the clip', async () => {
    serve({ redirect: 'otherHost' });
    const { status, headers } = await download();
    assert.equal(status, 302);
    const location = String(headers.location);
    assert.ok(!location.startsWith(simulator.fileBase) && !location.startsWith(simulator.apiBase));
    assert.ok((await download({ url: location })).bytes.equals(clip));
    assert.equal(simulator.requests.at(-1)?.origin, 'otherFiles');
  });
  it('redirects to the API, a loopback address', async () => {
    serve({ redirect: 'loopback' });
    assert.ok((await download()).headers.location?.startsWith(simulator.apiBase));
  });
  it('redirects in a circle', async () => {
    serve({ redirect: 'loop' });
    await assert.rejects(fetch(`${simulator.fileBase}/videos/${id}.mp4`), 'a client gives up');
  });

  it('serves a page under the name of a clip', async () => {
    serve({ body: 'html' });
    const { status, headers, bytes } = await download();
    assert.deepEqual([status, headers['content-type']], [200, 'text/html']);
    assert.match(bytes.toString(), /<html>/);
  });
  it('serves nothing at all', async () => {
    serve({ body: 'empty' });
    const { status, headers, bytes } = await download();
    assert.deepEqual([status, headers['content-length'], bytes.length], [200, '0', 0]);
  });

  it('pauses between pieces on the simulator’s clock', async () => {
    serve({ pauseMs: 1000 });
    const reply = download();
    await simulator.waitFor(() => simulator.requests.some(({ origin }) => origin === 'files'));
    let pauses = 0;
    let done = false;
    const finished = reply.then(() => {
      done = true;
    });
    while (!done) {
      // a piece that is on its way sets its pause only when it has left
      if (await clock.advanceToNext()) pauses += 1;
      else await new Promise((resolve) => setImmediate(resolve));
    }
    await finished;
    assert.equal(pauses, 3);
    assert.ok((await reply).bytes.equals(clip));
  });
});
