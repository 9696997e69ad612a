import assert from 'node:assert/strict';
import { jumpWords, mustAsk } from '../../src/editor/priceQuestion';
import type { Estimate } from '../../src/jobs/job';

const price = (microUsd: number, before?: number): Estimate => ({
  kind: 'exact',
  microUsd,
  date: '2026-10-12',
  ...(before !== undefined && { before }),
});
const unknown: Estimate = { kind: 'unknown' };
const threshold = 1_000_000;

describe('whoever wants to be asked only above a dollar', () => {
  const table: readonly (readonly [string, readonly Estimate[], boolean])[] = [
    ['is not asked about less', [price(999_999)], false],
    ['is not asked about just as much', [price(threshold)], false],
    ['is asked about more', [price(threshold + 1)], true],
    ['is asked about more in sum', [price(600_000), price(400_001)], true],
    ['is asked about a price that is not known', [unknown], true],
    ['is asked about a price that is not known among others', [price(1), unknown], true],
    ['is asked about a price that rose lately', [price(300_000, 100_000)], true],
    ['is asked about a price that fell lately', [price(10_000, 100_000)], true],
    ['is asked about a price that rose lately among others', [price(1), price(300_000, 100_000)], true],
  ];
  for (const [what, estimates, asked] of table) it(what, () => assert.equal(mustAsk({ estimates }, threshold), asked));

  it('is asked about a price that was not shown', () =>
    assert.equal(mustAsk({ estimates: [price(1)], priceUnseen: true }, threshold), true));
});

it('a price that jumped is told with what it was', () => {
  assert.deepEqual(jumpWords([price(3_303_000, 367_000), price(1), unknown]), [
    'Krea has changed this price: it was $0.37 and is $3.30 now.',
  ]);
});
