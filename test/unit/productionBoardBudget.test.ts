import assert from 'node:assert/strict';
import type { Price } from '../../src/catalogue/price';
import { boardBudget, boardCost } from '../../src/production/boardBudget';
import type { ShotState } from '../../src/production/shotState';
import { boardOf } from '../support/boardOf';

describe('the budget of a board', () => {
  const rows: readonly (readonly [written: string, microUsd: number | undefined | 'none'])[] = [
    ['budget: 8', 8_000_000],
    ['budget: 12.50 USD', 12_500_000],
    ['budget: "$3"', 3_000_000],
    ['budget: eight', undefined],
    ['budget:', 'none'],
    ['duration: 5', 'none'],
  ];
  for (const [written, microUsd] of rows)
    it(`reads ${written}`, async () => {
      const { storyboard } = await boardOf(`---\n${written}\n---\n`);
      const budget = boardBudget(storyboard);
      assert.deepEqual(budget ? budget.microUsd : 'none', microUsd);
    });

  const price = (microUsd: number): Price => ({ kind: 'about', microUsd, date: '2026-05' });
  const shot = (kind: 'noTake' | 'empty' | 'omitted' | 'footage', cost: Price) => ({
    ...{ price: cost, takes: [] },
    state: { kind } as ShotState,
  });

  it('counts what is still to be made: no shot that is empty, omitted or own footage, and none without a price', () => {
    const cost = boardCost([
      shot('noTake', price(370_000)),
      { price: price(500_000), takes: [], state: { kind: 'waiting', shot: 'SH1' } },
      shot('noTake', { kind: 'unknown' }),
      shot('empty', price(1_000_000)),
      shot('omitted', price(1_000_000)),
      shot('footage', price(1_000_000)),
    ]);
    assert.deepEqual(cost, { made: 0, toMake: 870_000, shots: 3, unpriced: 1 });
  });
});
