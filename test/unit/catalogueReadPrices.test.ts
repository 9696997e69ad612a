import assert from 'node:assert/strict';
import type { Json, JsonObject, Model } from '../../src/catalogue/model';
import { priceOf } from '../../src/catalogue/price';
import { day, only, operation } from './descriptions';

describe('prices as Krea states them', () => {
  const fields = {
    duration: { type: 'integer', minimum: 1, maximum: 9, default: 5 },
    generate_audio: { type: 'boolean', default: false },
    resolution: { enum: ['720p', '4K'], default: '720p' },
    reference_images: { type: 'array', items: { type: 'string', format: 'uri' } },
    reference_videos: { type: 'array', items: { type: 'string', format: 'uri' } },
    reference_video_seconds: { type: 'number' },
    upscale: { type: 'boolean', default: false },
  };
  const priced = (price_points: Json, more: JsonObject = {}) =>
    only(operation(fields, { 'x-krea-pricing': { type: 'fixed', currency: 'USD', unit: 'request', price_points, ...more } }));
  const point = (amount: Json, dimensions: JsonObject = {}) => [{ amount, dimensions }];
  const exact = (microUsd: number) => ({ kind: 'exact', microUsd, date: day });
  const unknown = { kind: 'unknown' };
  const image = 'https://gen.krea.ai/images/a.png';

  const table: readonly (readonly [string, Model, JsonObject, object])[] = [
    ['an amount in text', priced(point('1.323')), {}, exact(1_323_000)],
    ['an amount as a number', priced(point(0.1)), {}, exact(100_000)],
    ['an amount that binary fractions do not hold', priced(point('0.2867100')), {}, exact(286_710)],
    ['less than a millionth', priced(point('0.0000005')), {}, exact(1)],
    ['an amount with an exponent', priced(point(1e-7)), {}, exact(0)],
    ['an amount below zero', priced(point('-1')), {}, unknown],
    ['no amount', priced(point('free')), {}, unknown],
    ['a price by the second', priced(point('0.0849'), { unit: 'second' }), { duration: 7 }, exact(594_300)],
    ['another currency', priced(point('1'), { currency: 'EUR' }), {}, unknown],
    ['another rule', priced(point('1'), { type: 'dynamic' }), {}, unknown],
    ['another unit', priced(point('1'), { unit: 'minute' }), {}, unknown],
    ['a switch that is off', priced(point('1', { generateAudio: false })), {}, exact(1_000_000)],
    ['a switch that is on', priced(point('1', { generateAudio: false })), { generate_audio: true }, unknown],
    ['all dimensions but one', priced(point('1', { duration: 5, resolution: '4K' })), {}, unknown],
    ['no video reference', priced(point('1', { hasVideoReference: false })), {}, exact(1_000_000)],
    ['a video reference', priced(point('1', { hasVideoReference: true })), { reference_videos: [image] }, exact(1_000_000)],
    ['as many references', priced(point('1', { referenceImageCount: 2 })), { reference_images: [image, image] }, exact(1_000_000)],
    ['more references', priced(point('1', { referenceImageCount: 2 })), { reference_images: [image, image, image] }, unknown],
    ['seconds that are charged', priced(point('1', { billableSeconds: 5 })), {}, exact(1_000_000)],
    ['seconds that may be charged as well', priced(point('1', { billableSeconds: 5 })), { reference_video_seconds: 3 }, unknown],
    ['a dimension nobody knows', priced(point('1', { tier: 'gold' })), {}, unknown],
    ['a number in text', priced(point('1', { duration: '5' })), {}, exact(1_000_000)],
    ['a list of values', priced(point('1', { duration: [4, 5] })), {}, exact(1_000_000)],
    ['work that no price speaks of', priced(point('1')), { upscale: true }, unknown],
    ['work that the price speaks of', priced(point('1', { upscale: true })), { upscale: true }, exact(1_000_000)],
    ['two that contradict each other', priced([...point('1'), ...point('2', { duration: 5 })]), {}, unknown],
    ['nothing', only(operation(fields)), {}, unknown],
  ];
  for (const [what, model, body, expected] of table)
    it(`match exactly or not at all: ${what}`, () => assert.deepEqual(priceOf(model, { prompt: 'x', ...body }), expected));

  it('were tables of compute units in the text until the summer of 2026', () => {
    const model = only(
      operation(fields, {
        description:
          'A bird.\n| Resolution | Audio | Duration | Compute Units | Average Completion Time |\n|---|---|---|---|---|\n| 720p | No | 5s | ~200 | ~50 seconds |\n| 4K | Yes | 5s | 85.9 | ~60 seconds |\n> **Deprecated**',
      }),
    );
    assert.deepEqual(priceOf(model, { prompt: 'x' }), { kind: 'about', microUsd: 366_700, date: '2026-10' });
    assert.deepEqual(priceOf(model, { prompt: 'x', resolution: '4K', generate_audio: true }), {
      kind: 'about',
      microUsd: 157_498,
      date: '2026-10',
    });
    assert.deepEqual(priceOf(model, { prompt: 'x', resolution: '4K' }), unknown);
    assert.equal(model.typicalSeconds, 55);
  });

  it('say that they jumped when they are more than twice, or less than half, of those before', () => {
    const now = priced(point('1'));
    const at = (amount: string) => priceOf({ ...now, pricesBefore: { ...priced(point(amount)).prices, changed: day } }, { prompt: 'x' });
    assert.deepEqual(
      ['0.49', '0.5', '1', '2', '2.01'].map((amount) => ('before' in at(amount) ? at(amount) : undefined)),
      [{ ...exact(1_000_000), before: 490_000 }, undefined, undefined, undefined, { ...exact(1_000_000), before: 2_010_000 }],
    );
  });
});
