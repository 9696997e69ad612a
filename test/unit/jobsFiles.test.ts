import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Job, NotFetched } from '../../src/jobs/job';
import type { SwitchChange } from '../../src/simulator/switches';
import { Lab } from './jobsLab';

type Files = NonNullable<SwitchChange['files']>;

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
