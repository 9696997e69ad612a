import assert from 'node:assert/strict';
import { turnableClock } from '../../src/simulator/clock';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { jpeg, png, sampleFiles } from '../support/inputFiles';
import { callsTo, textClip } from './simulatorCalls';

const tokens = [
  { name: 'ann', token: 'token-of-ann', workspace: 'studio' },
  { name: 'cem', token: 'token-of-cem', workspace: 'elsewhere' },
];

describe('simulator: assets', () => {
  const clock = turnableClock();
  let simulator: Simulator;
  let calls: ReturnType<typeof callsTo>;
  beforeEach(async () => {
    simulator = await startSimulator({ clock, makeClip: textClip, tokens });
    calls = callsTo(simulator);
  });
  afterEach(() => simulator.close());

  const upload = async (file: Blob | string, { field = 'file', token = simulator.token, description = '' } = {}) => {
    const form = new FormData();
    if (typeof file === 'string') form.set(field, file);
    else form.set(field, file, 'picture');
    if (description) form.set('description', description);
    const response = await fetch(`${simulator.apiBase}/assets`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}` },
      body: form,
    });
    const body = (await response.json()) as Record<string, unknown>;
    return { status: response.status, body };
  };
  const picture = (type = 'image/png', bytes = png(640, 360)) => new Blob([new Uint8Array(bytes)], { type });

  it('takes a file and tells its address, size and type', async () => {
    const { status, body } = await upload(picture(), { description: 'a still' });
    assert.equal(status, 200);
    const { id, image_url: url, uploaded_at: at, ...rest } = body;
    assert.deepEqual(rest, { width: 640, height: 360, size_bytes: 33, mime_type: 'image/png', description: 'a still' });
    assert.equal(at, new Date(clock.now()).toISOString());
    assert.equal(url, `${simulator.fileBase}/assets/${id}.png`);
    const served = await fetch(String(url));
    assert.deepEqual(Buffer.from(await served.arrayBuffer()), png(640, 360));
    assert.equal(served.headers.get('content-type'), 'image/png');
  });
  it('reads the size of a JPEG past its other segments', async () => {
    const { body } = await upload(picture('image/jpeg', jpeg(720, 1280)));
    assert.deepEqual([body.width, body.height], [720, 1280]);
  });
  it('may keep size and type to itself', async () => {
    simulator.set({ assets: { details: false } });
    const { body } = await upload(picture());
    assert.deepEqual([body.width, body.height, body.size_bytes, body.mime_type], [null, null, null, null]);
  });

  for (const [type, bytes] of Object.entries(sampleFiles))
    it(`takes a file of type ${type}, by its content`, async () => {
      assert.equal((await upload(picture(type, bytes))).status, 200);
      assert.equal((await upload(picture(type === 'image/png' ? 'image/jpeg' : 'image/png', bytes))).status, 400);
      simulator.set({ assets: { typeByContent: false } });
      assert.equal((await upload(picture('image/png', bytes))).status, 200);
    });
  for (const type of ['image/jpg', 'audio/mp3', 'image/gif', 'text/plain', ''])
    it(`takes no file of type “${type}”`, async () => assert.equal((await upload(picture(type))).status, 400));

  it('reads the size of a WebP', async () => {
    const { body } = await upload(picture('image/webp', sampleFiles['image/webp']));
    assert.deepEqual([body.width, body.height], [800, 600]);
  });

  const refused: readonly (readonly [string, () => Promise<{ status: number }>, number])[] = [
    ['another field than file', () => upload(picture(), { field: 'image' }), 400],
    ['text in the field', () => upload('a picture'), 400],
    ['an empty file', () => upload(picture('image/png', Buffer.alloc(0))), 400],
    ['a body that is no form', () => calls.call('POST', '/assets', { file: 'x' }), 400],
    ['a form without its boundary', () => calls.call('POST', '/assets', '--x\r\n', { 'Content-Type': 'multipart/form-data' }), 400],
    ['no token', () => upload(picture(), { token: 'nobody' }), 401],
  ];
  for (const [what, act, status] of refused)
    it(`refuses ${what}`, async () => {
      assert.equal((await act()).status, status);
      assert.equal((await calls.call('GET', '/assets')).text, '{"items":[],"next_cursor":null}');
    });

  for (const tooLarge of [413, 400] as const)
    it(`refuses what is too large with ${tooLarge}, and takes the largest`, async () => {
      assert.equal(simulator.switches.assets.mostBytes, 75 * 1024 * 1024);
      simulator.set({ assets: { tooLarge, mostBytes: 32 } });
      assert.equal((await upload(picture())).status, tooLarge);
      simulator.set({ assets: { mostBytes: 33 } });
      assert.equal((await upload(picture())).status, 200);
    });

  it('lists them by pages, newest first, shows one and deletes it, in its workspace only', async () => {
    const ids: unknown[] = [];
    for (let i = 0; i < 3; i++) {
      ids.unshift((await upload(picture())).body.id);
      await clock.advance(1000);
    }
    const first = await calls.call('GET', '/assets?limit=2');
    assert.deepEqual([first.at('items', 0, 'id'), first.at('items', 1, 'id'), first.at('items', 2)], [ids[0], ids[1], undefined]);
    const second = await calls.call('GET', `/assets?limit=2&cursor=${first.at('next_cursor')}`);
    assert.deepEqual([second.at('items', 0, 'id'), second.at('next_cursor')], [ids[2], null]);

    const strange = callsTo(simulator, 'token-of-cem');
    assert.equal((await strange.call('GET', `/assets/${ids[0]}`)).status, 404);
    assert.equal((await strange.call('DELETE', `/assets/${ids[0]}`)).status, 404);
    assert.equal((await calls.call('GET', `/assets/${ids[0]}`)).at('id'), ids[0]);
    const gone = await calls.call('DELETE', `/assets/${ids[0]}`);
    assert.deepEqual([gone.status, gone.at('success')], [200, true]);
    assert.equal((await calls.call('GET', `/assets/${ids[0]}`)).status, 404);
    assert.equal((await calls.call('DELETE', `/assets/${ids[0]}`)).status, 404);
  });

  it('knows whether a start image that it should hold is there', async () => {
    const { body } = await upload(picture());
    const start = (url: unknown, token = simulator.token) => callsTo(simulator, token).submit({ prompt: 'a heron', start_image: url });
    assert.equal((await start(body.image_url)).status, 200);
    assert.equal((await start(`${simulator.fileBase}/assets/00000000.png`)).status, 422);
    assert.equal((await start(body.image_url, 'token-of-cem')).status, 422);
    await calls.call('DELETE', `/assets/${body.id}`);
    const late = await start(body.image_url);
    assert.deepEqual([late.status, late.at('error')], [422, 'Invalid asset URL']);
  });

  const start = async (bytes: Buffer) => {
    const { status, body } = await upload(picture('image/png', bytes));
    if (status !== 200) return { upload: status };
    return { upload: status, submit: (await calls.submit({ prompt: 'a heron', start_image: body.image_url })).status };
  };
  const [small, large] = [png(400, 800), png(512, 800)];
  const forbidden = Buffer.concat([png(640, 640), Buffer.from('forbidden')]);
  for (const at of ['upload', 'submit'] as const) {
    const no = at === 'upload' ? { upload: 422 } : { upload: 200, submit: 422 };
    it(`may refuse small pictures at the ${at}`, async () => {
      assert.deepEqual(await start(small), { upload: 200, submit: 200 });
      simulator.set({ assets: { tooSmall: { below: 512, at } } });
      assert.deepEqual([await start(small), await start(large)], [no, { upload: 200, submit: 200 }]);
    });
    it(`may look at pictures at the ${at}`, async () => {
      assert.deepEqual(await start(forbidden), { upload: 200, submit: 200 });
      simulator.set({ assets: { moderation: at } });
      assert.deepEqual([await start(forbidden), await start(large)], [no, { upload: 200, submit: 200 }]);
    });
  }

  it('may forget what was uploaded, and may have no address for one upload', async () => {
    simulator.set({ assets: { lifetimeMs: 1000 } });
    const { body } = await upload(picture());
    assert.equal((await calls.call('GET', `/assets/${body.id}`)).status, 200);
    simulator.set({ assets: { getOne: 'unknownPath' } });
    const unknown = await calls.call('GET', `/assets/${body.id}`);
    assert.deepEqual([unknown.status, unknown.headers.get('content-type')], [404, 'text/html; charset=utf-8']);
    simulator.set({ assets: { getOne: 'answers' } });
    await clock.advance(1000);
    assert.equal((await calls.call('GET', `/assets/${body.id}`)).status, 404);
    assert.equal((await calls.submit({ prompt: 'a heron', start_image: body.image_url })).status, 422);
  });

  it('lets a landscape upload override a portrait ratio', async () => {
    const shape = async (bytes: Buffer) => {
      const { body } = await upload(picture('image/png', bytes));
      await calls.submitted({ prompt: 'a heron', aspect_ratio: '9:16', start_image: body.image_url });
      const { width, height } = simulator.jobs.at(-1)?.clip ?? { width: 0, height: 0 };
      return width > height ? 'landscape' : 'portrait';
    };
    assert.equal(await shape(png(640, 360)), 'landscape');
    assert.equal(await shape(png(360, 640)), 'portrait');
  });
});
