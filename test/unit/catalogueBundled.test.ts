import assert from 'node:assert/strict';
import { limitsOf } from '../../src/catalogue/limits';
import { findModel } from '../../src/catalogue/model';
import { withDefaults, withoutDefaults } from '../../src/catalogue/requestDefaults';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { leastBody, loadCatalogue, modelOf } from '../support/models';

describe('the bundled catalogue', () => {
  it('holds 41 models and the 7 that Krea no longer offers, and says how old it is', async () => {
    const { models, retired, date, origin } = await loadCatalogue();
    assert.deepEqual([models.length, retired.length, date, origin], [41, 7, '2026-10-09', 'bundled']);
    assert.equal(new Set([...models, ...retired].map(({ id }) => id)).size, 48);
  });

  it('is read once', async () => {
    assert.equal(await loadCatalogue(), await loadCatalogue());
  });

  it('gives every model what the code counts on', async () => {
    for (const { id, name, endpoint, schema, parameters, prices, sound, retiredAliases } of (await loadCatalogue()).models) {
      assert.equal(endpoint, `/generate/video/${id}`);
      assert.match(name, /^[A-Z][^*_]*$/, id);
      assert.equal(schema.additionalProperties, false, id);
      assert.ok(
        parameters.some((parameter) => parameter.name === 'prompt' && parameter.required),
        id,
      );
      assert.equal(
        parameters.some((parameter) => parameter.name === 'generate_audio' && !parameter.deprecated),
        sound === 'switch',
        id,
      );
      for (const { microUsd, date } of prices.points) {
        assert.ok(Number.isSafeInteger(microUsd) && microUsd > 0, id);
        assert.match(date, /^2026-\d\d(-\d\d)?$/, id);
      }
      for (const { name } of parameters) assert.equal(Object.hasOwn(retiredAliases, name), false, `${id} ${name}`);
    }
  });

  it('finds models, retired models and strangers by id', async () => {
    const catalogue = await loadCatalogue();
    const kinds = ['kling/kling-2.5', 'runway/aleph', 'openai/sora-2', '__proto__'].map((id) => findModel(catalogue, id).kind);
    assert.deepEqual(kinds, ['model', 'retired', 'unknown', 'unknown']);
  });

  it('has every field known as a key of a storyboard', async () => {
    const names = (await loadCatalogue()).models.flatMap(({ parameters }) => parameters.map(({ name }) => name));
    assert.deepEqual(
      names.filter((name) => name !== 'prompt' && !knownKeys().has(name)),
      [],
    );
  });
});

describe('the limits of a model', () => {
  const table = [
    [
      'kling/kling-2.5',
      {
        seconds: { kind: 'list', values: [5, 10] },
        ratios: ['16:9', '9:16', '1:1'],
        startImage: 'optional',
        endImage: 'optional',
        sound: 'never',
        seed: false,
        needs: [],
      },
    ],
    ['kling/kling-3.0', { seconds: { kind: 'range', min: 3, max: 15 }, sound: 'switch', references: { images: 0, videos: 0, audios: 0 } }],
    ['kling/kling-o1', { references: { images: Infinity, videos: 1, audios: 0 } }],
    ['minimax/hailuo', { seconds: { kind: 'fixed' }, ratios: [], resolutions: [] }],
    ['bytedance/seedance-1.0-pro', { seconds: { kind: 'any' }, startVideo: 'optional' }],
    [
      'bytedance/seedance-2',
      { sound: 'always', seed: true, references: { images: 9, videos: 3, audios: 3 }, resolutions: ['480p', '720p', '1080p', '4k'] },
    ],
    ['black-forest-labs/flux-video-edit', { startVideo: 'required', startImage: 'no', needs: ['start_video'] }],
    ['minimax/h3-max-camera-controls', { startImage: 'required', needs: ['start_image', 'camera_trajectory'] }],
    ['alibaba/wan-2.1', { needs: ['width', 'height'] }],
  ] as const;
  for (const [id, expected] of table) {
    it(`says what ${id} can do`, async () => {
      assert.partialDeepStrictEqual(limitsOf(await modelOf(id)), expected);
    });
  }
});

describe('defaults', () => {
  it('are filled in and taken out again, for every model', async () => {
    for (const model of (await loadCatalogue()).models) {
      const body = leastBody(model);
      const full = withDefaults(model, body);
      for (const { name, default: value } of model.parameters) if (value !== undefined) assert.deepEqual(full[name], value, model.id);
      assert.deepEqual(withoutDefaults(model, full), body, model.id);
    }
  });

  it('never replace what was said', async () => {
    const model = await modelOf('kling/kling-2.6');
    const body = { prompt: 'x', duration: 10, generate_audio: true };
    assert.partialDeepStrictEqual(withDefaults(model, body), body);
    assert.deepEqual(withoutDefaults(model, body), body);
  });
});
