import assert from 'node:assert/strict';
import type { Model } from '../../src/catalogue/model';
import { type Liking, modelGroups } from '../../src/editor/modelGroups';
import { loadCatalogue } from '../support/models';

const [kling, hailuo, veo, ray] = ['kling/kling-2.5', 'minimax/hailuo', 'google/veo-3', 'luma/ray-2'] as const;
type Told = readonly (readonly [kind: string, ...ids: readonly string[]])[];

describe('the models of the picker', () => {
  let models: readonly Model[];
  before(async () => {
    models = (await loadCatalogue()).models.filter(({ id }) => [kling, hailuo, veo, ray].some((known) => known === id));
  });
  const nothing: Liking = { preferred: '', favourites: [], lastUsed: [] };

  const table: readonly (readonly [what: string, liking: Partial<Liking>, told: Told])[] = [
    ['stand as Krea lists them for whoever has used none', {}, [['others', kling, hailuo, veo, ray]]],
    [
      'begin with the favourites, then those used last',
      { favourites: [ray], lastUsed: [veo, hailuo] },
      [
        ['favourites', ray],
        ['lastUsed', veo, hailuo],
        ['others', kling],
      ],
    ],
    [
      'stand once each, where they come first',
      { preferred: veo, favourites: [ray, veo], lastUsed: [ray, veo] },
      [
        ['preferred', veo],
        ['favourites', ray],
        ['others', kling, hailuo],
      ],
    ],
    [
      'are no others than those on offer',
      { preferred: 'no/model', favourites: ['gone/gone'], lastUsed: ['gone/gone'] },
      [['others', kling, hailuo, veo, ray]],
    ],
    ['may all be favourites', { favourites: [ray, veo, hailuo, kling] }, [['favourites', ray, veo, hailuo, kling]]],
  ];
  for (const [what, liking, told] of table)
    it(what, () =>
      assert.deepEqual(
        modelGroups(models, { ...nothing, ...liking }).map((group) => [group.kind, ...group.models.map(({ id }) => id)]),
        told,
      ),
    );
});
