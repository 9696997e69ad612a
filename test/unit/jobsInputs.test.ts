import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobState, Order, OrderInput } from '../../src/jobs/job';
import type { UploadProgress } from '../../src/jobs/jobParts';
import type { Fault, FaultAct } from '../../src/simulator/faults';
import type { SwitchChange } from '../../src/simulator/switches';
import { png } from '../support/inputFiles';
import { Lab, type LabWindow } from './jobsLab';

const still = png(1280, 720);
const onUpload = (act: FaultAct, count = 1): Fault => ({ method: 'POST', path: '/assets', act, count });
const html = (status: number): FaultAct => ({ kind: 'answer', status, body: 'html' });

describe('jobs: files for input', () => {
  let lab: Lab;
  beforeEach(async () => {
    lab = await Lab.open();
  });
  afterEach(() => lab.close());

  const input = (bytes = still, name = 'heron.png', role = 'start_image'): OrderInput => {
    const folder = join(lab.folder, 'project', 'stills');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { role, file: join(folder, name), shown: `stills/${name}`, sha256, bytes: bytes.length, type: 'image/png', ending: 'png' };
  };
  const order = (...inputs: readonly OrderInput[]): Partial<Order> => ({
    inputs,
    body: { prompt: 'a heron at dawn', ...Object.fromEntries(inputs.map(({ role, sha256 }) => [role, `sha256:${sha256}`])) },
  });
  const sent = () => lab.simulator.requests.filter(({ origin }) => origin === 'api').map(({ method, path }) => `${method} ${path}`);
  const uploads = () => lab.simulator.requests.filter(({ method, path }) => method === 'POST' && path === '/assets');
  const set = (change: SwitchChange): void => lab.simulator.set(change);

  it('go up after the row is on disk and before the request, which holds their address', async () => {
    const window = lab.window();
    const file = input();
    let atUpload: JobState | undefined;
    window.jobs.events.on('upload', () => void lab.job('job001').then(({ state }) => (atUpload ??= state)));
    const { id } = await window.run(order(file));
    await lab.assertSaved(id);
    assert.deepEqual(
      sent().filter((call) => call.startsWith('POST')),
      ['POST /assets', 'POST /generate/video/kling/kling-2.5'],
    );
    assert.deepEqual(atUpload, { name: 'intended', uploading: 'start_image' });
    const { state } = await lab.job(id);
    const sidecar = lab.sidecar(state.name === 'done' ? state.saved.sidecar : '');
    assert.deepEqual(sidecar.inputs, [{ role: 'start_image', path: 'stills/heron.png', sha256: file.sha256 }]);
    assert.equal(sidecar.request.start_image, `sha256:${file.sha256}`);
    const { body } = lab.posts[0] ?? assert.fail();
    assert.deepEqual(body, {
      prompt: 'a heron at dawn',
      start_image: `${lab.simulator.fileBase}/assets/${lab.simulator.uploads[0]?.id}.png`,
    });
    assert.deepEqual(lab.simulator.uploads[0]?.bytes, still);
    lab.assertClean();
  });

  it('keep their names and folders to themselves', async () => {
    await lab.window().run(order(input()));
    assert.doesNotMatch(JSON.stringify(lab.simulator.requests), /heron\.png|stills/);
  });

  it('go up once for a content, whatever the file is called and whoever asks again', async () => {
    const window = lab.window();
    await window.run(order(input()));
    await window.run(order(input(still, 'copy of heron.png'), input(still, 'other.png', 'end_image')));
    await window.close();
    await lab.window().run(order(input()));
    assert.deepEqual([uploads().length, lab.posts.length], [1, 3]);
    await lab.window({ token: 'ben', account: 'account-2' }).run(order(input()));
    assert.deepEqual([uploads().length, lab.posts.length], [2, 4]);
  });

  const ageing: readonly (readonly [string, SwitchChange, number])[] = [
    ['are asked after when they are older, and used again', {}, 1],
    ['go up anew when Krea has them no more', { assets: { lifetimeMs: 1_800_000 } }, 2],
    ['are taken to be there where Krea has no address for one', { assets: { getOne: 'unknownPath' } }, 1],
    ['are taken to be there when Krea has trouble', { faults: [{ method: 'GET', path: '/assets/*', act: html(502), count: 2 }] }, 1],
  ];
  for (const [what, change, count] of ageing)
    it(what, async () => {
      const window = lab.window();
      await window.run(order(input()));
      await lab.turn(3_600_000);
      set(change);
      const { id } = await window.run(order(input()));
      assert.equal((await lab.job(id)).state.name, 'done', lab.story());
      assert.equal(sent().filter((call) => call.startsWith('GET /assets/')).length, 1);
      assert.equal(uploads().length, count);
      assert.equal(lab.simulator.jobs.length, 2);
    });

  it('go up anew, once, when Krea refuses the request because it lost them', async () => {
    const window = lab.window();
    await window.run(order(input()));
    lab.simulator.loseUploads();
    const { id } = await window.run(order(input()));
    assert.equal((await lab.job(id)).state.name, 'done', lab.story());
    assert.deepEqual([uploads().length, lab.posts.length, lab.simulator.jobs.length], [2, 3, 2]);
  });

  it('that Krea does not want are named, and sent no second time', async () => {
    set({ assets: { tooSmall: { below: 2000, at: 'submit' } } });
    const { state } = await lab.window().run(order(input()));
    assert.ok(state.name === 'refused', lab.story());
    assert.deepEqual([state.status, state.input], [422, 'start_image']);
    assert.match(state.message, /too small/);
    assert.deepEqual([uploads().length, lab.posts.length, lab.simulator.jobs.length], [1, 1, 0]);
  });

  const refusals: readonly (readonly [string, SwitchChange, string, number])[] = [
    ['413', { assets: { mostBytes: 10 } }, 'tooLarge', 413],
    ['400 for the size', { assets: { mostBytes: 10, tooLarge: 400 } }, 'refused', 400],
    ['422 for few pixels', { assets: { tooSmall: { below: 2000, at: 'upload' } } }, 'refused', 422],
    ['415', { faults: [onUpload(html(415))] }, 'refused', 415],
    ['404 as a page', { faults: [onUpload(html(404))] }, 'refused', 404],
  ];
  for (const [what, change, why, status] of refusals)
    it(`that are refused with ${what} leave the request not sent, with the file's name`, async () => {
      set(change);
      const { state } = await lab.window().run(order(input()));
      assert.ok(state.name === 'notSent' && state.why === 'input', lab.story());
      const { message: _, ...failure } = state.input ?? {};
      assert.deepEqual(failure, { role: 'start_image', name: 'stills/heron.png', why, status });
      assert.deepEqual([uploads().length, lab.posts.length], [1, 0]);
    });

  it('that meet a revoked token leave the request refused', async () => {
    set({ faults: [onUpload({ kind: 'answer', status: 401, body: 'json' })] });
    const { state } = await lab.window().run(order(input()));
    assert.equal(state.name === 'refused' && state.status, 401);
    assert.equal(lab.posts.length, 0);
  });

  const shaky: readonly (readonly [string, FaultAct])[] = [
    ['a reset before they are read', { kind: 'reset', moment: 'beforeReading' }],
    ['a reset after they are taken', { kind: 'reset', moment: 'afterHandling' }],
    ['500 as a page', html(500)],
    ['a captive portal', { kind: 'captivePortal' }],
    ['a redirect, which is not followed', { kind: 'redirect', status: 307, to: 'files' }],
  ];
  for (const way of ['direct', 'editor'] as const)
    for (const [what, act] of shaky)
      it(`come through in spite of ${what} (${way})`, async () => {
        set({ faults: [onUpload(act, 2)] });
        const { id } = await lab.window({ way }).run(order(input()));
        await lab.assertSaved(id);
        assert.equal(uploads().length, 3);
        lab.assertClean();
      });

  it('that do not come through after three tries leave the request not sent, and it can be sent later', async () => {
    set({ faults: [onUpload({ kind: 'reset', moment: 'afterReading' }, 3)] });
    const window = lab.window();
    const { id, state } = await window.run(order(input()));
    assert.ok(state.name === 'notSent' && state.why === 'network' && state.fault?.kind === 'reset', lab.story());
    await window.jobs.sendNow(id);
    await lab.until('the clip', async () => (await lab.job(id)).state.name === 'done');
    await lab.assertSaved(id);
  });

  it('wait with the request when Krea has too much to do', async () => {
    set({ faults: [onUpload({ kind: 'answer', status: 429, body: 'json' })] });
    const window = lab.window();
    const { id } = await window.run(order(input()));
    await lab.assertSaved(id);
    assert.deepEqual(window.warnings, [{ kind: 'noPlace', id }]);
  });

  const spoilt: readonly (readonly [string, (file: string) => unknown, string])[] = [
    ['changed', (file) => writeFileSync(file, png(1280, 721)), 'changed'],
    ['longer', (file) => writeFileSync(file, Buffer.concat([still, still])), 'changed'],
    ['cut off', (file) => writeFileSync(file, still.subarray(0, 9)), 'changed'],
    ['gone', (file) => rmSync(file), 'missing'],
    ['a folder', (file) => [rmSync(file), mkdirSync(file)], 'unreadable'],
  ];
  for (const [what, spoil, why] of spoilt)
    it(`that are ${what} since the user agreed are not sent, nor is the request`, async () => {
      const file = input();
      spoil(file.file);
      const { state } = await lab.window().run(order(file));
      assert.ok(state.name === 'notSent' && state.input?.why === why, lab.story());
      assert.deepEqual([lab.simulator.uploads.length, lab.posts.length], [0, 0]);
    });

  describe('that are on their way', () => {
    const stuck = async (): Promise<{ readonly window: LabWindow; readonly id: string }> => {
      set({ faults: [onUpload({ kind: 'hang', moment: 'afterReading' })] });
      const window = lab.window();
      const { id } = await window.submit(order(input()));
      await lab.until('the upload', () => uploads()[0]?.answer === 'hanging');
      return { window, id };
    };

    it('are called off by a cancel, and nothing is sent', async () => {
      const { window, id } = await stuck();
      await window.jobs.cancel(id);
      await lab.until('rest', () => lab.inFlight === 0);
      assert.deepEqual([(await lab.job(id)).state.name, lab.posts.length, uploads().length], ['cancelled', 0, 1]);
    });

    it('are called off by a cancel in another window', async () => {
      const { id } = await stuck();
      await lab.window().jobs.cancel(id);
      await lab.until('rest', () => lab.inFlight === 0);
      assert.deepEqual([(await lab.job(id)).state.name, lab.posts.length, uploads().length], ['cancelled', 0, 1]);
    });

    it('leave the request not sent when their window ends', async () => {
      const { window, id } = await stuck();
      await window.close();
      const other = lab.window();
      await other.jobs.start();
      await lab.until('the takeover', async () => (await lab.job(id)).state.name === 'notSent');
      const { state } = await lab.job(id);
      assert.deepEqual([state.name === 'notSent' && state.why, lab.posts.length, uploads().length], ['windowEnded', 0, 1]);
    });

    it('are given up when nothing goes on, and tried again', async () => {
      await lab.close();
      lab = await Lab.open({ deadlines: { send: 300 } });
      const { id } = await stuck();
      await lab.until('the clip', async () => (await lab.job(id)).state.name === 'done', { realMs: 30_000 });
      assert.equal(uploads().length, 2);
    });
  });

  it('tell how far they are, in pieces', async () => {
    const window = lab.window();
    const seen: UploadProgress[] = [];
    window.jobs.events.on('upload', (progress) => seen.push(progress));
    const bytes = Buffer.concat([still, Buffer.alloc(3 * 1024 * 1024)]);
    const { id } = await window.run(order(input(bytes)));
    await lab.assertSaved(id);
    assert.ok(seen.length > 10);
    assert.deepEqual(
      seen.map(({ sent }) => sent),
      seen.map(({ sent }) => sent).toSorted((one, other) => one - other),
    );
    assert.deepEqual(seen.at(-1), { id, role: 'start_image', sent: bytes.length, bytes: bytes.length, ended: true });
  });

  it('hold no token on any disk', async () => {
    await lab.window().run(order(input()));
    lab.assertNowhere(lab.simulator.tokens[0]?.token ?? '');
    assert.ok(existsSync(lab.storage));
  });
});
