import assert from 'node:assert/strict';
import type { Json, JsonObject, Model, PricePoint } from '../../src/catalogue/model';
import { formatUsd, priceOf } from '../../src/catalogue/price';
import { leastBody, loadCatalogue, modelOf } from '../support/models';

const videos = ['https://gen.krea.ai/videos/a.mp4'];
const images = (count: number) => Array.from({ length: count }, (_, index) => `https://gen.krea.ai/images/${index}.png`);

describe('the price of a request', () => {
  const known: readonly (readonly [string, JsonObject, 'exact' | 'about', number, string])[] = [
    ['kling/kling-2.5', {}, 'about', 366_700, '2026-05'],
    ['kling/kling-2.5', { duration: 10 }, 'about', 735_234, '2026-05'],
    ['kling/kling-2.6', { generate_audio: true, duration: 10 }, 'about', 1_470_467, '2026-05'],
    ['kling/kling-3.0', {}, 'exact', 882_000, '2026-10-09'],
    ['kling/kling-3.0', { duration: 7, mode: 'pro', generate_audio: true }, 'exact', 2_469_600, '2026-10-09'],
    ['kling/kling-3.0', { duration: 3.5 }, 'exact', 617_400, '2026-10-09'],
    ['kling/kling-3.0', { mode: '4k', generate_audio: true }, 'exact', 2_205_000, '2026-10-09'],
    ['kling/kling-o1', { video_reference: { url: 'https://gen.krea.ai/v.mp4', tag: 'ref' } }, 'about', 881_914, '2026-05'],
    ['minimax/hailuo', {}, 'about', 451_041, '2026-05'],
    ['minimax/hailuo-02', { resolution: '512p' }, 'exact', 105_000, '2026-10-09'],
    ['minimax/hailuo-02', { duration: 7 }, 'about', 330_030, '2026-05'],
    ['minimax/hailuo-2.3', { resolution: '1080p', duration: 10 }, 'exact', 514_500, '2026-10-09'],
    ['minimax/hailuo-3', {}, 'exact', 682_500, '2026-10-09'],
    ['minimax/hailuo-3', { reference_images: images(5) }, 'exact', 682_500, '2026-10-09'],
    ['minimax/h3-max', {}, 'exact', 400_000, '2026-09-01'],
    ['minimax/h3-max', { reference_images: [] }, 'exact', 400_000, '2026-09-01'],
    ['google/veo-2', {}, 'exact', 2_500_000, '2026-10-09'],
    ['google/veo-2', { start_video: null }, 'exact', 2_500_000, '2026-10-09'],
    ['google/veo-3', {}, 'exact', 1_680_000, '2026-10-09'],
    ['google/veo-3.1', { duration: 4, resolution: '1080p' }, 'exact', 840_000, '2026-10-09'],
    ['google/veo-3.1', { duration: 8, resolution: '4K', generate_audio: true }, 'exact', 5_040_000, '2026-10-09'],
    ['google/veo-3.1', {}, 'about', 1_679_486, '2026-05'],
    ['bytedance/seedance-2', { duration: 15, resolution: '4k' }, 'exact', 43_006_500, '2026-10-09'],
    ['bytedance/seedance-2', { reference_videos: videos }, 'exact', 955_500, '2026-10-09'],
    ['lightricks/ltx-video-2.3-22b', { styles: [{ id: 'a', strength: 1 }] }, 'about', 212_686, '2026-05'],
    ['luma/ray-2', {}, 'about', 419_872, '2026-05'],
    ['xai/grok-video', { resolution: '480p' }, 'exact', 300_000, '2026-10-09'],
  ];
  for (const [id, body, kind, microUsd, date] of known) {
    it(`is ${kind} ${formatUsd(microUsd)} for ${id} with ${JSON.stringify(body)}`, async () => {
      const model = await modelOf(id);
      assert.deepEqual(priceOf(model, { ...leastBody(model), ...body }), { kind, microUsd, date });
    });
  }

  const unknown: readonly (readonly [string, JsonObject])[] = [
    ['kling/kling-2.5', { duration: 7 }],
    ['kling/kling-2.5', { duration: '5' }],
    ['kling/kling-3.0', { mode: 'PRO' }],
    ['kling/kling-3.0', { duration: -5 }],
    ['minimax/h3-max', { resolution: '1080p' }],
    ['minimax/h3-max', { reference_images: images(1) }],
    ['minimax/h3-max', { reference_audios: ['https://gen.krea.ai/a.mp3'] }],
    ['minimax/hailuo-3', { reference_images: images(6) }],
    ['minimax/hailuo-3', { reference_videos: videos }],
    ['alibaba/wan-2.5', { duration: 5.5 }],
    ['google/veo-2', { start_video: 'https://gen.krea.ai/v.mp4' }],
    ['bytedance/seedance-2', { upscale: true }],
    ['bytedance/seedance-2-5', { draft: true }],
    ['bytedance/seedance-1.0-pro', { duration: 6 }],
    ['bytedance/seedance-1.0-pro-fast', { resolution: '1080p', duration: 3 }],
    ['lightricks/ltx-video-2.3-22b', { num_frames: 97 }],
    ['xai/grok-video', { edit_video: 'https://gen.krea.ai/v.mp4' }],
  ];
  for (const [id, body] of unknown) {
    it(`is unknown for ${id} with ${JSON.stringify(body).slice(0, 60)}`, async () => {
      const model = await modelOf(id);
      assert.deepEqual(priceOf(model, { ...leastBody(model), ...body }), { kind: 'unknown' });
    });
  }

  it('is unknown for every request to a model without stated prices', async () => {
    const unpriced = (await loadCatalogue()).models.filter(({ prices }) => prices.points.length === 0);
    assert.deepEqual(
      unpriced.map(({ id }) => id.split('/')[1]).sort(),
      [
        'flux-3-video',
        'flux-video-edit',
        'gemini-omni-flash',
        'gemini-omni-flash-1.1',
        'grok-video-1.5',
        'h3-max-camera-controls',
        'h3-max-turbo',
        'ltx-video-2.5-fast',
        'ltx-video-2.5-pro',
        'q3',
        'seedance-2-mini',
        'wan-3.0',
      ].sort(),
    );
    for (const model of unpriced) for (const body of requestsTo(model)) assert.equal(priceOf(model, body).kind, 'unknown', model.id);
  });

  it('hits each price point of each model with the request it speaks of', async () => {
    for (const model of (await loadCatalogue()).models) {
      for (const point of model.prices.points) {
        const body = requestFor(model, point);
        const seconds = point.per === 'second' ? Number(body.duration) : 1;
        assert.deepEqual(
          priceOf(model, body),
          { kind: point.kind, microUsd: Math.round(point.microUsd * seconds), date: point.date },
          `${model.id} ${JSON.stringify(point.when)}`,
        );
      }
    }
  });

  it('names a figure for no request that fits no price point, over all values of all models', async () => {
    for (const model of (await loadCatalogue()).models) {
      for (const body of requestsTo(model)) {
        const price = priceOf(model, body);
        const fits = (point: PricePoint) => Object.entries(spelled(point)).every(([name, values]) => values.includes(body[name] ?? null));
        assert.equal(price.kind !== 'unknown', model.prices.points.some(fits), `${model.id} ${JSON.stringify(body)}`);
      }
    }
  });
});

describe('price points that overlap', () => {
  const point = (microUsd: number, kind: PricePoint['kind'], when: PricePoint['when'] = {}): PricePoint => ({
    microUsd,
    per: 'request',
    kind,
    date: '2026-10',
    when,
  });
  const table: readonly (readonly [string, readonly PricePoint[], object])[] = [
    ['take the exact one', [point(1, 'about'), point(2, 'exact')], { kind: 'exact', microUsd: 2 }],
    ['agree', [point(2, 'exact'), point(2, 'exact', { mode: ['std'] })], { kind: 'exact', microUsd: 2 }],
    ['contradict each other', [point(2, 'exact'), point(3, 'exact', { mode: ['std'] })], { kind: 'unknown' }],
    ['do not both apply', [point(2, 'exact', { mode: ['pro'] }), point(3, 'exact', { mode: ['std'] })], { kind: 'exact', microUsd: 3 }],
  ];
  for (const [what, points, expected] of table) {
    it(`${what}: ${JSON.stringify(expected)}`, async () => {
      const model = { ...(await modelOf('kling/kling-3.0')), prices: { points, unpriced: [] } };
      assert.partialDeepStrictEqual(priceOf(model, { prompt: 'x' }), expected);
    });
  }
});

describe('an amount of money', () => {
  const table: readonly (readonly [number, string])[] = [
    [0, '$0.00'],
    [366_700, '$0.37'],
    [12_400_000, '$12.40'],
    [43_006_500, '$43.01'],
    [1_234_567_890, '$1234.57'],
    [995_000, '$1.00'],
    [29_336, '$0.03'],
    [4_500, '$0.0045'],
    [10_000, '$0.01'],
    [12, '$0.000012'],
    [-366_700, '-$0.37'],
  ];
  for (const [microUsd, text] of table) it(`of ${microUsd} millionths reads ${text}`, () => assert.equal(formatUsd(microUsd), text));

  it('has no drift: a hundred of one price are its hundredfold', async () => {
    const model = await modelOf('kling/kling-3.0');
    const price = priceOf(model, { prompt: 'x', duration: 7 });
    assert.ok(price.kind === 'exact' && price.microUsd === 1_234_800);
  });
});

/** Request fields, in the words of the API, that a price point asks for. */
const spelled = ({ when }: PricePoint): Readonly<Record<string, readonly Json[]>> => ({
  ...(when.resolution && { resolution: when.resolution }),
  ...(when.mode && { mode: when.mode }),
  ...(when.duration && { duration: when.duration }),
  ...(when.generateAudio && { generate_audio: when.generateAudio }),
  // the requests below send neither
  ...(when.hasVideoReference?.includes(true) && { reference_videos: ['sent'] }),
  ...(when.hasLora?.includes(true) && { styles: ['sent'] }),
});

function requestFor(model: Model, point: PricePoint): JsonObject {
  const videoReference = point.when.hasVideoReference?.[0];
  const style = point.when.hasLora?.[0];
  const fields = Object.entries(spelled(point)).map(([name, values]) => [name, values[0] ?? null]);
  const has = (name: string) => model.parameters.some((parameter) => parameter.name === name);
  return {
    duration: 5,
    ...leastBody(model),
    ...Object.fromEntries(fields),
    ...(videoReference !== undefined && has('reference_videos') && { reference_videos: videoReference ? videos : [] }),
    ...(videoReference === true &&
      has('video_reference') && { video_reference: { url: 'https://gen.krea.ai/v.mp4', tag: 'ref' }, reference_videos: [] }),
    ...(style !== undefined && { styles: style ? [{ id: 'a', strength: 1 }] : [] }),
  };
}

/** Every combination of what prices hang on, references aside. */
function requestsTo(model: Model): readonly JsonObject[] {
  const valuesOf = (name: string): readonly Json[] => {
    const parameter = model.parameters.find((candidate) => candidate.name === name);
    if (!parameter) return [];
    if (parameter.kind === 'boolean') return [false, true];
    const { min = 1, max = 30 } = parameter;
    return parameter.values ?? Array.from({ length: max - min + 1 }, (_, index) => min + index);
  };
  return ['resolution', 'mode', 'generate_audio', 'duration'].reduce<readonly JsonObject[]>(
    (bodies, name) => {
      const values = model.sound === 'always' && name === 'generate_audio' ? [] : valuesOf(name);
      return values.length === 0 ? bodies : bodies.flatMap((body) => values.map((value) => ({ ...body, [name]: value })));
    },
    [{ ...leastBody(model), start_video: null }],
  );
}
