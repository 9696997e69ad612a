import assert from 'node:assert/strict';
import { mustAsk } from '../../src/editor/priceQuestion';
import { priceToday } from '../../src/editor/priceToday';
import type { Estimate } from '../../src/jobs/job';
import { loadCatalogue } from '../support/models';

const seen = (microUsd: number): Estimate => ({ kind: 'exact', microUsd, date: '2026-01-12' });
const kling = { id: 'kling/kling-2.5', name: 'Kling 2.5' };
const body = { prompt: 'A pond.', duration: 10, start_image: `sha256:${'a'.repeat(64)}` };
const held = loadCatalogue;

describe('the price of an order that is given again', () => {
  const table: readonly (readonly [what: string, seen: Estimate, before: number | undefined, asked: boolean])[] = [
    ['is as it was', seen(735_234), undefined, false],
    ['that fell is not asked about', seen(990_000), undefined, false],
    ['that rose by less than a cent is the same to a reader', seen(735_200), undefined, false],
    ['that rose by a cent is asked about', seen(730_000), 730_000, true],
    ['that was not known is told', { kind: 'unknown' }, undefined, false],
  ];
  for (const [what, estimate, before, asked] of table)
    it(what, async () => {
      const today = await priceToday({ model: kling, body, estimate }, { held });
      assert.ok(today.estimate.kind !== 'unknown');
      assert.deepEqual([today.estimate.microUsd, today.estimate.before], [735_234, before]);
      assert.equal(mustAsk({ estimates: [today.estimate] }, 1_000_000), asked);
      assert.deepEqual(
        today.cheaper.map(({ name, value }) => [name, value]),
        [['duration', 5]],
      );
    });

  it('is told with what was lately at Krea, where that has changed most', async () => {
    const catalogue = await held();
    const models = catalogue.models.map((model) => {
      const points = model.prices.points.map((point) => ({ ...point, microUsd: Math.round(point.microUsd / 3) }));
      return { ...model, pricesBefore: { points, unpriced: [], changed: '2026-11-01' } };
    });
    const today = await priceToday({ model: kling, body, estimate: seen(700_000) }, { held: async () => ({ ...catalogue, models }) });
    assert.equal(today.estimate.kind !== 'unknown' && today.estimate.before, 245_078);
  });

  it('stays what the order says where the model is in no list, or no list can be read', async () => {
    const stays = { estimate: seen(1), cheaper: [] };
    assert.deepEqual(await priceToday({ model: { id: 'gone/gone', name: 'Gone' }, body, estimate: seen(1) }, { held }), stays);
    const broken = { held: () => Promise.reject(new Error('no disk')) };
    assert.deepEqual(await priceToday({ model: kling, body, estimate: seen(1) }, broken), stays);
  });
});
