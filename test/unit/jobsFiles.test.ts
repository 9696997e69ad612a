import assert from 'node:assert/strict';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job, JobState, NotFetched } from '../../src/jobs/job';
import { sidecarOf } from '../../src/jobs/sidecarOf';
import type { SwitchChange } from '../../src/simulator/switches';
import { inspectClip } from '../../src/takes/inspectClip';
import { writeSidecar } from '../../src/takes/writeSidecar';
import { tinyClip } from '../support/tinyClip';
import { Lab } from './jobsLab';

type Files = NonNullable<SwitchChange['files']>;
type Downloading = Extract<JobState, { name: 'downloading' }>;

describe('jobs: the file host', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open();
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
    lab.assertNowhere(lab.simulator.token);
  });

  const saved: readonly (readonly [string, Files])[] = [
    ...(['video/mp4', 'application/octet-stream', 'text/plain', 'none'] as const).map(
      (contentType) => [`type ${contentType}`, { contentType }] as const,
    ),
    ...(['exact', 'none', 'chunked'] as const).map((length) => [`length ${length}`, { length }] as const),
    ['without ranges and etag', { ranges: false, etag: false }],
    ['cut in the middle four times, then whole', { cut: { share: 0.5, times: 4 } }],
    ['cut at once', { cut: { share: 0, times: 2 } }],
    ['cut without a length', { length: 'none', cut: { share: 0.7, times: 2 } }],
    ['a redirect to another host', { redirect: 'otherHost' }],
  ];
  for (const way of ['direct', 'editor'] as const)
    for (const [name, files] of saved)
      it(`${name} (${way}): one clip, byte for byte`, async () => {
        lab.simulator.set({ files });
        const job = await lab.window({ way }).run();
        await lab.assertSaved(job.id);
        assert.deepEqual(readdirSync(join(lab.storage, 'clips')), []);
      });

  const never: readonly (readonly [string, SwitchChange, NotFetched])[] = [
    ['403 at fresh addresses too', { files: { expiry: { status: 403, afterMs: 0 } } }, 'gone'],
    ['404 at fresh addresses too', { files: { expiry: { status: 404, afterMs: 0 } } }, 'gone'],
    ['a redirect that never ends', { files: { redirect: 'loop' } }, 'refusedAddress'],
    ['a redirect into the API', { files: { redirect: 'loopback' } }, 'gone'],
    ['a page instead of a clip', { files: { body: 'html' } }, 'notAVideo'],
    ['nothing', { files: { body: 'empty' } }, 'notAVideo'],
    ['half of it as if it were all', { files: { length: 'short' } }, 'network'],
    ['less than it promises', { files: { length: 'long' } }, 'network'],
    ['an address that is not encrypted, of another host', { urlsShape: 'http' }, 'network'],
  ];
  for (const [name, switches, why] of never)
    it(`${name}: finished at Krea, not fetched (${why}), and Save Again is free`, async () => {
      lab.simulator.set(switches);
      const window = lab.window();
      const job = await window.run();
      assert.equal(job.state.name === 'notFetched' && job.state.why, why, lab.story());
      await lab.until('the watch to rest', () => window.atRest);
      assert.deepEqual(lab.files(), []);
      assert.deepEqual(lab.files(join(lab.storage, 'clips')), []);
      const before = lab.simulator.requests.length;
      await lab.turn(3_600_000);
      assert.equal(lab.simulator.requests.length, before);
      lab.simulator.set({ urlsShape: 'strings', files: { expiry: 'no', redirect: 'no', body: 'clip', length: 'exact' } });
      await window.jobs.saveAgain(job.id);
      await lab.until('done', async () => (await lab.job(job.id)).state.name === 'done');
      await lab.assertSaved(job.id);
    });

  it('an address that has run out: the service is asked for a fresh one', async () => {
    lab.simulator.set({ faults: [{ origin: 'files', count: 2, act: { kind: 'answer', status: 403, body: 'html' } }] });
    const job = await lab.window().run();
    await lab.assertSaved(job.id);
    const polls = lab.simulator.requests.filter(({ path, method }) => method === 'GET' && path.startsWith('/jobs/'));
    const files = lab.simulator.requests.filter(({ origin }) => origin === 'files');
    assert.equal(files.length, 3);
    assert.equal(polls.filter(({ index }) => index > (files[0]?.index ?? 0)).length, 2);
  });

  it('a file that stops coming is left at the deadline and fetched again', async () => {
    await lab.close();
    lab = await Lab.open({ deadlines: { fileSilence: 1000 }, switches: { faults: [{ origin: 'files', act: { kind: 'stalledAnswer' } }] } });
    const job = await lab.window().run();
    await lab.assertSaved(job.id);
  });

  it('a job that Krea has forgotten after its end is not fetched, and that ends', async () => {
    lab.simulator.set({ files: { expiry: { status: 404, afterMs: 0 } } });
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('downloading', async () => (await lab.job(id)).state.name === 'downloading');
    lab.simulator.set({ earlyNotFound: 1e9 });
    await lab.until('the end', async () => (await lab.job(id)).state.name !== 'downloading');
    const { state } = await lab.job(id);
    assert.equal(state.name === 'notFetched' && state.why, 'gone');
  });

  it('sends no Authorization and no webhook address there', async () => {
    await lab.window().run({ webhookUrl: 'https://hook.example/x' });
    const [file] = lab.simulator.requests.filter(({ origin }) => origin === 'files');
    assert.equal(file?.token, 'none');
    assert.equal(file?.headers['x-webhook-url'], undefined);
    assert.equal(lab.posts[0]?.headers['x-webhook-url'], 'https://hook.example/x');
  });
});

describe('jobs: the takes folder', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open();
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const kept: readonly (readonly [string, () => void, string])[] = [
    [
      'a file in its place',
      () => {
        mkdirSync(join(lab.folder, 'project'));
        writeFileSync(lab.takes, 'a file');
      },
      'notAFolder',
    ],
    [
      'a link that leads outside',
      () => {
        mkdirSync(join(lab.folder, 'project'));
        mkdirSync(join(lab.folder, 'elsewhere'));
        symlinkSync(join(lab.folder, 'elsewhere'), lab.takes);
      },
      'outsideRoot',
    ],
  ];
  for (const [name, arrange, reason] of kept)
    it(`${name}: the clip is kept in the storage, with its sidecar, and the row says why`, async () => {
      arrange();
      const window = lab.window();
      const job = await window.run();
      await lab.assertSaved(job.id, { folder: join(lab.storage, 'clips', 'kept') });
      assert.equal(job.state.name === 'done' && job.state.saved.keptBecause, reason);
      assert.deepEqual(readdirSync(join(lab.storage, 'clips')), ['kept']);
      await lab.until('the watch to rest', () => window.atRest);
    });

  it('Save Again brings a clip that is kept home, once its folder can be written, and fetches nothing', async () => {
    mkdirSync(join(lab.folder, 'project'));
    writeFileSync(lab.takes, 'a file');
    const window = lab.window();
    const { id } = await window.run();
    const kept = join(lab.storage, 'clips', 'kept');
    const again = async (): Promise<Job> => {
      const before = (await lab.job(id)).epoch;
      await window.jobs.saveAgain(id);
      await lab.until('done again', async () => {
        const { epoch, state } = await lab.job(id);
        return epoch > before && state.name === 'done';
      });
      return lab.job(id);
    };
    await again();
    await lab.assertSaved(id, { folder: kept });
    assert.equal(readdirSync(kept).length, 2, 'one clip with its sidecar, as before');
    rmSync(lab.takes);
    const { state } = await again();
    assert.equal(state.name === 'done' && state.saved.keptBecause, undefined);
    await lab.assertSaved(id);
    assert.deepEqual(
      lab.files(join(lab.storage, 'clips')).filter((name) => name !== 'kept'),
      [],
    );
    assert.equal(lab.simulator.requests.filter(({ origin }) => origin === 'files').length, 1);
    assert.equal(lab.posts.length, 1);
  });

  it('no storage either: the job waits, and nothing is lost', async () => {
    mkdirSync(join(lab.storage, 'clips'), { recursive: true });
    writeFileSync(join(lab.storage, 'clips', 'kept'), 'a file');
    mkdirSync(join(lab.folder, 'project'));
    writeFileSync(lab.takes, 'a file');
    const window = lab.window();
    const { id } = await window.submit();
    await lab.until('the trouble', () => window.log.some((line) => line.includes('without a name')));
    await lab.turn(600_000);
    const [part] = lab.files(join(lab.storage, 'clips')).filter((name) => name.endsWith('.part'));
    assert.ok(part);
    assert.deepEqual(readFileSync(join(lab.storage, 'clips', part)), lab.clip);
    rmSync(lab.takes);
    await lab.until('done', async () => (await lab.job(id)).state.name === 'done');
    await lab.assertSaved(id);
    assert.equal(lab.simulator.requests.filter(({ origin }) => origin === 'files').length, 1);
  });

  it('a name that is taken is left alone', async () => {
    mkdirSync(lab.takes, { recursive: true });
    writeFileSync(join(lab.takes, 'a-heron_take-001.mp4'), 'somebody’s');
    const job = await lab.window().run();
    assert.equal(job.state.name === 'done' && job.state.saved.take, 2);
    assert.equal(readFileSync(join(lab.takes, 'a-heron_take-001.mp4'), 'utf8'), 'somebody’s');
  });

  it('two windows that save under one stem at the same time both keep theirs', async () => {
    const windows = [lab.window(), lab.window()];
    const jobs = await Promise.all(windows.map((window) => window.submit()));
    await lab.until('both to be done', async () =>
      (await Promise.all(jobs.map(({ id }) => lab.job(id)))).every(({ state }) => state.name === 'done'),
    );
    assert.deepEqual(lab.files(), ['a-heron_take-001.json', 'a-heron_take-001.mp4', 'a-heron_take-002.json', 'a-heron_take-002.mp4']);
    for (const { id } of jobs) {
      const { state } = await lab.job(id);
      assert.ok(state.name === 'done');
      assert.equal(lab.sidecar(state.saved.sidecar).job_id, state.jobId);
      assert.deepEqual(readFileSync(state.saved.clip), lab.clip);
    }
  });

  it('Save Again fetches a clip that was deleted under a new number, and leaves one that stands', async () => {
    const window = lab.window();
    const job = await window.run();
    await window.jobs.saveAgain(job.id);
    await lab.turn(60_000);
    assert.equal(lab.files().length, 2);
    rmSync(join(lab.takes, 'a-heron_take-001.mp4'));
    await window.jobs.saveAgain(job.id);
    await lab.until('done', async () => (await lab.job(job.id)).state.name === 'done' && lab.files().some((name) => name.endsWith('.mp4')));
    assert.equal(lab.posts.length, 1);
  });
});

/** Each test puts on disk what a kill at that step leaves, then lets another window go on. */
describe('jobs: a kill while saving', () => {
  let lab: Lab;
  let job: Job & { readonly state: Downloading };
  let part: string;
  let verified: NonNullable<Downloading['verified']>;
  beforeEach(async () => {
    lab = await Lab.open({ switches: { faults: [{ origin: 'files', count: 99, act: { kind: 'reset', moment: 'beforeReading' } }] } });
    const first = lab.window();
    const { id } = await first.submit();
    await lab.until('downloading', async () => (await lab.job(id)).state.name === 'downloading');
    await first.close();
    lab.simulator.set({ faults: [] });
    const row = await lab.job(id);
    assert.ok(row.state.name === 'downloading');
    job = { ...row, state: row.state };
    part = join(lab.storage, 'clips', `${id}-${job.epoch}.part`);
    mkdirSync(lab.takes, { recursive: true });
    writeFileSync(part, lab.clip);
    const clip = await inspectClip(part, new AbortController().signal);
    assert.ok(clip.kind === 'clip');
    const { kind: _, ...rest } = clip;
    verified = rest;
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  const sidecarAt = async (take: number, folder = lab.takes): Promise<void> => {
    const sidecar = sidecarOf(job, job.state, verified, take, `a-heron_take-00${take}.mp4`, lab.clock.now());
    assert.equal((await writeSidecar(join(folder, `a-heron_take-00${take}.json`), sidecar)).kind, 'written');
  };
  const clipAt = (take: number): string => join(lab.takes, `a-heron_take-00${take}.mp4`);

  const steps: readonly { name: string; arrange: () => Promise<Partial<Downloading>>; downloads: number }[] = [
    { name: 'in the middle of the download', arrange: async () => halve(part), downloads: 1 },
    { name: 'after the download, before *verified*', arrange: async () => ({}), downloads: 1 },
    { name: 'after *verified*', arrange: async () => ({ verified }), downloads: 0 },
    { name: 'after the name', arrange: async () => ({ verified, placing: { folder: lab.takes, take: 1 } }), downloads: 0 },
    {
      name: 'after the sidecar',
      arrange: async () => {
        await sidecarAt(1);
        return { verified, placing: { folder: lab.takes, take: 1 } };
      },
      downloads: 0,
    },
    {
      name: 'after the clip got its name, the part still there',
      arrange: async () => {
        await sidecarAt(1);
        linkSync(part, clipAt(1));
        return { verified, placing: { folder: lab.takes, take: 1 } };
      },
      downloads: 0,
    },
    {
      name: 'after the clip got its name',
      arrange: async () => {
        await sidecarAt(1);
        linkSync(part, clipAt(1));
        rmSync(part);
        return { verified, placing: { folder: lab.takes, take: 1 } };
      },
      downloads: 0,
    },
    {
      name: 'after *verified*, the part lost since',
      arrange: async () => {
        rmSync(part);
        return { verified };
      },
      downloads: 1,
    },
    {
      name: 'after *verified*, the part spoilt since',
      arrange: async () => {
        writeFileSync(part, await tinyClip({ seconds: 2 }));
        return { verified };
      },
      downloads: 1,
    },
  ];
  for (const { name, arrange, downloads } of steps)
    it(`${name}: one clip, one sidecar, done`, async () => {
      const before = lab.simulator.jobs[0]?.downloads ?? 0;
      const state: Downloading = { ...job.state, ...(await arrange()) };
      const second = lab.window();
      assert.ok(await second.parts.ledger.takeOver(job, 'somebody-gone', state));
      await second.jobs.start();
      await lab.until('done', async () => (await lab.job(job.id)).state.name === 'done');
      await lab.assertSaved(job.id);
      assert.equal((lab.simulator.jobs[0]?.downloads ?? 0) - before, downloads);
      await lab.until('the watch to rest', () => second.atRest);
      assert.deepEqual(readdirSync(join(lab.storage, 'clips')), []);
    });

  it('after the sidecar, the name taken by somebody’s clip since: the next number, and no sidecar is left behind', async () => {
    await sidecarAt(1);
    writeFileSync(clipAt(1), 'somebody’s');
    const second = lab.window();
    assert.ok(
      await second.parts.ledger.takeOver(job, 'somebody-gone', { ...job.state, verified, placing: { folder: lab.takes, take: 1 } }),
    );
    await second.jobs.start();
    await lab.until('done', async () => (await lab.job(job.id)).state.name === 'done');
    assert.deepEqual(lab.files(), ['a-heron_take-001.mp4', 'a-heron_take-002.json', 'a-heron_take-002.mp4']);
    assert.equal(readFileSync(clipAt(1), 'utf8'), 'somebody’s');
    assert.deepEqual(readFileSync(clipAt(2)), lab.clip);
  });
});

function halve(file: string): Record<string, never> {
  writeFileSync(file, readFileSync(file).subarray(0, 600));
  return {};
}
