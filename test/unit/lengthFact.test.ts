import assert from 'node:assert/strict';
import { lengthFact } from '../../src/editor/lengthFact';
import type { JsonObject } from '../../src/jobs/job';

describe('the length of a clip, as the player tells it', () => {
  const cases: readonly (readonly [name: string, parameters: JsonObject, seconds: number | null, value: string, others: JsonObject])[] = [
    ['names what it is and what was asked for', { duration: 5, seed: 1 }, 5.0417, '5.04 s (asked for: 5 s)', { seed: 1 }],
    ['names what it is when nothing was asked for', { seed: 1 }, 4, '4.00 s', { seed: 1 }],
    ['is not told when nobody knows it; what was asked for stays', { duration: 5 }, null, '', { duration: 5 }],
    ['leaves no number of seconds out that it cannot read', { duration: 'long' }, 8, '8.00 s', { duration: 'long' }],
  ];
  for (const [name, parameters, seconds, value, others] of cases)
    it(name, () => assert.deepEqual(lengthFact(parameters, seconds), { fact: { label: 'Length', value }, others }));
});
