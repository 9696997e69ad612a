import assert from 'node:assert/strict';
import type { Guess, Unclear } from '../../src/jobs/job';
import { bounded, candidatesFor, horizon, mayClose, spanOf } from '../../src/jobs/unclear';
import type { JobReport } from '../../src/krea/jobReport';

const minute = 60_000;
const hour = 60 * minute;
const base = Date.UTC(2026, 9, 12, 9);

describe('jobs: when a job of an unclear request can have been made', () => {
  const sent: Unclear = { sentAt: base, endedAt: base + 30_000 };
  const known: Unclear = { ...sent, sentAfter: base + 100, endedBy: base + 32_000 };
  const cases: readonly (readonly [string, Unclear, number, number, { from: number; to: number }])[] = [
    ['as the window that sent it knew', known, base + hour, base + hour, { from: base + 100, to: base + 32_000 + 3 * minute }],
    [
      'no later than what the service said after its end',
      { ...known, endedBy: base + 26 * hour },
      base + minute,
      base,
      { from: base + 100, to: base + 4 * minute },
    ],
    [
      'of a window that was killed: until the first list',
      { ...sent, sentAfter: base },
      base + 8 * hour,
      base,
      { from: base, to: base + 8 * hour + 3 * minute },
    ],
    [
      'without any server time from before: by our own clock, ten minutes wider',
      sent,
      base + hour,
      base + hour,
      { from: base - 10 * minute, to: base + hour + 3 * minute },
    ],
    [
      'the same with a clock three hours behind the service',
      sent,
      base + 4 * hour,
      base + hour,
      { from: base + 3 * hour - 10 * minute, to: base + 4 * hour + 3 * minute },
    ],
  ];
  for (const [name, state, serverNow, wallNow, span] of cases)
    it(name, () => assert.deepEqual(spanOf(bounded(state, serverNow, wallNow)), span));

  it('takes the jobs of that time that nobody has, the earliest first', () => {
    const report = (jobId: string, createdAt?: number): JobReport => ({
      jobId,
      status: 'completed',
      phase: 'completed',
      urls: [],
      ...(createdAt !== undefined && { createdAt }),
    });
    const items = [
      report('late', 201),
      report('upper', 200),
      report('held', 150),
      report('not mine', 140),
      report('lower', 100),
      report('early', 99),
      report('undated'),
    ];
    const found = candidatesFor({ ...sent, notMine: ['not mine'] }, { from: 100, to: 200 }, items, new Set(['held']));
    assert.deepEqual(
      found.map(({ jobId }) => jobId),
      ['lower', 'upper'],
    );
  });

  const ended = { ...known, sentAfter: base, endedBy: base };
  const guess = (madeAt: number, jobId = 'x'): Guess => ({ jobId, madeAt, status: 'queued', phase: 'queued', others: 0 });
  const closings: readonly (readonly [string, boolean, number, number, readonly Guess[], (readonly string[])?])[] = [
    ['two lists ten minutes apart, the later past the horizon', true, base + horizon - 10 * minute, base + horizon, []],
    ['a second less between them', false, base + horizon - 10 * minute + 1000, base + horizon, []],
    ['a second before the horizon', false, base + minute, base + horizon - 1000, []],
    ['one list only, however late', false, base + 99 * hour, base + 99 * hour, []],
    ['while another row holds a job that may be this one’s', false, base, base + 99 * hour, [guess(base + minute)]],
    ['while another row holds a job of another time', true, base, base + 99 * hour, [guess(base + 4 * minute)]],
    ['while another row holds a job that the user said is not this one', true, base, base + 99 * hour, [guess(base + minute)], ['x']],
  ];
  for (const [name, closes, emptyAt, serverNow, guesses, notMine] of closings)
    it(`${closes ? 'is closed after' : 'stays open after'} ${name}`, () => {
      const state = { ...ended, emptyAt, ...(notMine && { notMine }) };
      assert.equal(mayClose(state, spanOf(state), serverNow, guesses), closes);
    });
});
