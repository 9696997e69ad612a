import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Lab } from './jobsLab';
import { openFilesBelow } from './openFilesBelow';

describe('jobs: from the request to the clip on disk', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open();
  });
  afterEach(async () => {
    await lab.close();
    lab.assertClean();
  });

  it('sends one POST, shows its states in order and saves clip and sidecar', async () => {
    const window = lab.window();
    const job = await window.run();
    assert.deepEqual(window.statesOf(job.id), ['intended', 'submitting', 'queued', 'running', 'downloading', 'done']);
    await lab.assertSaved(job.id);
    assert.deepEqual(lab.files(), ['a-heron_take-001.json', 'a-heron_take-001.mp4']);
    assert.deepEqual(lab.posts[0]?.body, { prompt: 'a heron at dawn', duration: 5 });

    const sidecar = lab.sidecar(join(lab.takes, 'a-heron_take-001.json'));
    const { times, output, ...rest } = sidecar;
    assert.deepEqual(rest, {
      schema: 'krea-video/take/1',
      shot: null,
      take: 1,
      state: 'completed',
      job_id: lab.simulator.jobs[0]?.id,
      endpoint: '/generate/video/kling/kling-2.5',
      request: { prompt: 'a heron at dawn', duration: 5 },
      request_hash: 'hash-of-heron',
      source: { file: 'birds.md', shot_hash: null, commit: null, dirty: null },
      inputs: [],
      price: { estimate: 0.367, currency: 'USD', catalogue_date: '2026-05-25' },
      submit: { attempts: 1, ambiguous: false },
    });
    assert.equal(output.bytes, lab.clip.length);
    assert.deepEqual([output.width, output.height, output.video_codec, output.audio_codec], [64, 36, 'h264', null]);
    assert.ok(
      times.intended <= String(times.submitted) &&
        String(times.submitted) < String(times.completed) &&
        String(times.completed) <= times.saved,
    );
  });

  it('has the row on disk and the marker beside it before a byte is sent', async () => {
    const window = lab.window({ token: 'none' });
    const job = await window.submit();
    assert.equal(job.state.name, 'intended');
    assert.ok(lab.markerIsThere);
    assert.equal((await lab.job(job.id)).state.name, 'intended');
  });

  it('leaves nothing open and asks nothing after the end', async () => {
    const window = lab.window();
    const seen: boolean[] = [];
    window.jobs.events.on('step', () => seen.push(lab.markerIsThere));
    const job = await window.run();
    await lab.until('the watch to rest', () => window.atRest);
    assert.deepEqual(
      seen.slice(0, -1),
      seen.slice(0, -1).map(() => true),
    );
    assert.ok(!lab.markerIsThere);
    assert.deepEqual(readdirSync(join(lab.storage, 'windows')), []);
    assert.deepEqual(readdirSync(join(lab.storage, 'clips')), []);
    assert.ok(
      !existsSync(join(lab.storage, 'ledger.sqlite-journal')) || readFileSync(join(lab.storage, 'ledger.sqlite-journal')).length === 0,
    );
    assert.deepEqual(openFilesBelow(lab.folder), []);
    const before = lab.simulator.requests.length;
    await lab.turn(3_600_000);
    assert.equal(lab.simulator.requests.length, before);
    assert.equal(lab.simulator.jobs[0]?.pollsAfterEnd, 0);
    assert.equal((await lab.job(job.id)).state.name, 'done');
  });

  it('writes the token nowhere', async () => {
    const window = lab.window();
    await window.run();
    lab.assertNowhere(lab.simulator.token);
  });

  it('sends jobs one after the other and watches them together', async () => {
    const window = lab.window();
    const jobs = await Promise.all(['one', 'two', 'three'].map((prompt) => window.submit({ prompt, body: { prompt } })));
    await lab.until('all to be done', async () =>
      (await Promise.all(jobs.map(({ id }) => lab.job(id)))).every(({ state }) => state.name === 'done'),
    );
    assert.equal(lab.posts.length, 3);
    assert.deepEqual(
      lab.files(),
      [1, 2, 3].flatMap((take) => [`a-heron_take-00${take}.json`, `a-heron_take-00${take}.mp4`]),
    );
    await lab.until('the watch to rest', () => window.atRest);
  });
});
