import assert from 'node:assert/strict';
import type { CheaperSetting } from '../../src/catalogue/cheaperSettings';
import { cheaperWords, jumpWords, mustAsk } from '../../src/editor/priceQuestion';
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

describe('a cheaper setting is told', () => {
  const table: readonly (readonly [what: string, setting: Omit<CheaperSetting, 'microUsd'>, told: string])[] = [
    ['in seconds', { name: 'duration', value: 5, now: 10 }, '5 s instead of 10 s: about $0.21.'],
    ['as a resolution', { name: 'resolution', value: '720p', now: '1080p' }, '720p instead of 1080p: about $0.21.'],
    ['as sound that is off', { name: 'generate_audio', value: false, now: true }, 'Sound off instead of on: about $0.21.'],
    ['as any other parameter by its name', { name: 'quality', value: 'low', now: 'high' }, 'quality low instead of high: about $0.21.'],
  ];
  for (const [what, setting, told] of table) it(what, () => assert.equal(cheaperWords({ ...setting, microUsd: 210_000 }), told));
});
