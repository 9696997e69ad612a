import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { BufferSource, Input, MP4 } from 'mediabunny';
import { clipSpec } from '../../src/simulator/clipSpec';
import { demoClips } from '../../src/simulator/demoClips';
import { encodedClip } from '../../src/simulator/encodedClip';
import { models } from '../../src/simulator/models';
import { startOfflineDemo } from '../../src/simulator/offline';
import { callsTo } from './simulatorCalls';

const mediaFolder = path.resolve('media');
const demoFolder = path.join(mediaFolder, 'demo');

async function read(bytes: Uint8Array) {
  const input = new Input({ formats: [MP4], source: new BufferSource(bytes) });
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  return {
    width: video?.displayWidth ?? 0,
    height: video?.displayHeight ?? 0,
    codec: video?.codec,
    sound: audio?.codec,
    seconds: await input.computeDuration(),
  };
}

const resolved = (id: string, body: Record<string, unknown>) => {
  const model = models.find((model) => model.id === id);
  assert.ok(model);
  const defaults = Object.entries(model.params).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]]));
  return clipSpec(model, body, { ...Object.fromEntries(defaults), ...body });
};

describe('simulator: clips', () => {
  describe('what a model delivers', () => {
    const table = [
      { model: 'kling/kling-2.5', body: {}, expected: [1280, 720, 5.04, false] },
      { model: 'kling/kling-2.5', body: { aspect_ratio: '9:16', duration: 10 }, expected: [720, 1280, 10.08, false] },
      { model: 'kling/kling-2.5', body: { aspect_ratio: '1:1' }, expected: [720, 720, 5.04, false] },
      { model: 'kling/kling-3.0', body: { generate_audio: true }, expected: [1280, 720, 5.04, true] },
      { model: 'minimax/h3-max', body: { resolution: '480p' }, expected: [832, 480, 5.18, false] },
      { model: 'minimax/h3-max', body: { resolution: '768p' }, expected: [1344, 768, 5.18, false] },
      { model: 'bytedance/seedance-2', body: {}, expected: [1280, 704, 5.04, true] },
      { model: 'bytedance/seedance-2', body: { generate_audio: false }, expected: [1280, 704, 5.04, true] },
      { model: 'alibaba/wan-2.1', body: { width: 832, height: 480 }, expected: [832, 480, 5.06, false] },
      { model: 'alibaba/wan-3.0', body: {}, expected: [1280, 704, 5.06, true] },
      { model: 'google/veo-3.1', body: { resolution: '4K', generate_audio: true }, expected: [3840, 2160, 8, true] },
      { model: 'runway/gen-4.5', body: { aspect_ratio: '720:1280' }, expected: [720, 1280, 5, false] },
      { model: 'luma/ray-2', body: {}, expected: [1280, 720, 5, false] },
      {
        model: 'bytedance/seedance-2',
        body: { aspect_ratio: '9:16', start_image: 'https://s.krea.ai/landscape.png' },
        expected: [1280, 704, 5.04, true],
      },
    ];
    for (const { model, body, expected } of table)
      it(`${model} ${JSON.stringify(body)} gives ${expected}`, () => {
        const { width, height, seconds, sound } = resolved(model, body);
        assert.deepEqual([width, height, seconds, sound], expected);
      });
  });

  describe('encoded ones', () => {
    const table = [
      { width: 1280, height: 720, seconds: 5.04, sound: false },
      { width: 720, height: 1280, seconds: 2, sound: true },
      { width: 720, height: 720, seconds: 1, sound: false },
      { width: 1680, height: 720, seconds: 1, sound: true },
      { width: 1280, height: 704, seconds: 1, sound: false },
    ];
    for (const spec of table)
      it(`${spec.width}x${spec.height}, ${spec.seconds} s${spec.sound ? ' with sound' : ''}`, async function () {
        this.timeout(30_000);
        const found = await read(await encodedClip({ prompt: 'a heron at dawn', ...spec }));
        assert.equal(found.codec, 'avc');
        assert.equal(found.sound, spec.sound ? 'aac' : undefined);
        assert.ok(Math.abs(found.seconds - spec.seconds) < 0.05, `${found.seconds} s`);
        assert.ok(Math.abs(found.width / found.height - spec.width / spec.height) < 0.01, `${found.width}x${found.height}`);
        assert.equal(Math.max(found.width, found.height), 640);
      });
    it('are the same for the same request, and made once', async () => {
      const spec = { prompt: 'a fox', width: 320, height: 180, seconds: 0.5, sound: false };
      assert.equal(await encodedClip(spec), await encodedClip({ ...spec }));
      assert.notDeepEqual(await encodedClip(spec), await encodedClip({ ...spec, prompt: 'an owl' }));
    });
  });

  describe('of the offline demo', () => {
    const names = readdirSync(demoFolder);
    const ratios: Readonly<Record<string, number>> = { wide: 16 / 9, tall: 9 / 16, square: 1 };
    for (const name of names)
      it(`${name} plays, is small, and is what its name says`, async () => {
        const { width, height, codec, sound, seconds } = await read(readFileSync(path.join(demoFolder, name)));
        assert.equal(codec, 'avc');
        assert.equal(sound, name.includes('-sound') ? 'aac' : undefined);
        assert.ok(Math.abs(seconds - 5) < 0.2);
        assert.ok(Math.abs(width / height - (ratios[name.split('-')[0] ?? ''] ?? 0)) < 0.01);
        assert.ok(statSync(path.join(demoFolder, name)).size < 150_000);
      });

    const shapes = [
      { width: 1280, height: 720, sound: false, like: /^wide-\d\.mp4$/ },
      { width: 1680, height: 720, sound: true, like: /^wide-\d-sound\.mp4$/ },
      { width: 720, height: 1280, sound: false, like: /^tall-\d\.mp4$/ },
      { width: 720, height: 1280, sound: true, like: /^tall-\d-sound\.mp4$/ },
      { width: 720, height: 720, sound: false, like: /^square-\d\.mp4$/ },
      { width: 704, height: 720, sound: true, like: /^square-\d-sound\.mp4$/ },
    ];
    for (const { like, ...shape } of shapes)
      it(`one like ${like} is chosen for ${JSON.stringify(shape)}`, async () => {
        const clip = await (await demoClips(demoFolder))({ prompt: 'a heron', seconds: 5, ...shape });
        const chosen = names.find((name) => readFileSync(path.join(demoFolder, name)).equals(clip));
        assert.match(chosen ?? '', like);
      });

    it('come out of the demo itself, on the real clock', async () => {
      const demo = await startOfflineDemo(mediaFolder, { runSeconds: { from: 0.05, to: 0.1 } });
      try {
        const { submitted, poll } = callsTo(demo);
        const id = await submitted({ prompt: 'a heron', aspect_ratio: '9:16' });
        await demo.waitFor(() => demo.jobs[0]?.state.kind === 'ended');
        const url = String((await poll(id)).at('result', 'urls', 0));
        const { width, height } = await read(new Uint8Array(await (await fetch(url)).arrayBuffer()));
        assert.ok(height > width);
      } finally {
        await demo.close();
      }
    });
    it('has new job ids at every start', async () => {
      const ids: string[] = [];
      for (let i = 0; i < 2; i++) {
        const demo = await startOfflineDemo(mediaFolder);
        ids.push(await callsTo(demo).submitted());
        await demo.close();
      }
      assert.notEqual(ids[0], ids[1]);
    });
  });
});
