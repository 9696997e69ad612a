import assert from 'node:assert/strict';
import { type Awaited, LookSchedule } from '../../src/jobs/lookSchedule';
import { seededRandom } from '../../src/simulator/seededRandom';

const runTimes = { mu: Math.log(100), sigma: 0.2 };
const began = 1_000_000;

/** Looks (s after the start) at jobs that never end, for so long. */
function looksAt(jobs: readonly Partial<Awaited>[], seconds: number): number[] {
  const schedule = new LookSchedule();
  const looks: number[] = [];
  let lookedAt: number | undefined;
  for (let now = began; ; now = lookedAt) {
    const due = schedule.dueAt(
      jobs.map((job, index) => ({
        id: String(index),
        phase: 'running',
        began,
        ...(lookedAt !== undefined && lookedAt >= (job.began ?? began) && { lookedAt }),
        ...job,
      })),
      now,
    );
    if (due > began + seconds * 1000) return looks;
    looks.push((due - began) / 1000);
    lookedAt = due;
  }
}

const firstFrom = (looks: readonly number[], time: number): number => looks.find((at) => at >= time) ?? Number.POSITIVE_INFINITY;
const gaps = (looks: readonly number[]): number[] => looks.slice(1).map((at, index) => at - (looks[index] ?? 0));

describe('jobs: when to look next', () => {
  it('a kind of which too little is known: every 5 s from 2.5 s on', () => {
    assert.deepEqual(looksAt([{}], 30), [2.5, 7.5, 12.5, 17.5, 22.5, 27.5]);
  });

  it('a kind that is known: early looks, then as planned', () => {
    const looks = looksAt([{ runTimes }], 200);
    assert.deepEqual(looks.slice(0, 4), [2.5, 7, 11.5, 26]);
    const between = (from: number, to: number): number => looks.filter((at) => at >= from && at < to).length;
    assert.ok(between(30, 60) <= 3, looks.join(' '));
    assert.ok(between(90, 120) >= 9);
  });

  for (const [name, job] of [
    ['of a known kind', { runTimes }],
    ['of a kind that spreads', { runTimes: { mu: Math.log(60), sigma: 0.45 } }],
    ['of a kind of which too little is known', {}],
    ['in a queue', { phase: 'queued', runTimes }],
  ] as const) {
    it(`a refusal in the first ten seconds of a job ${name} is seen within 5 s`, () => {
      for (let second = 1; second <= 10; second += 0.01) assert.ok(firstFrom(looksAt([job], 20), second) - second <= 5, `${second} s`);
    });

    it(`so it is of each of many jobs ${name} that begin one after the other`, () => {
      for (let seed = 1; seed <= 10; seed++) {
        const random = seededRandom(seed, 'starts');
        const starts = Array.from({ length: 30 }, () => 40 * random.next());
        const looks = looksAt(
          starts.map((start) => ({ ...job, began: began + 1000 * start })),
          60,
        );
        for (const start of starts) {
          const end = start + 1 + 9 * random.next();
          assert.ok(firstFrom(looks, end) - end <= 5.001, `seed ${seed}: ${start} s, ${end} s: ${looks.join(' ')}`);
        }
      }
    });
  }

  it('past 99 % of its kind: gaps of 5 s or 5 % of its age', () => {
    const late = looksAt([{ runTimes }], 1200).filter((at) => at > 170);
    for (const [index, gap] of gaps(late).entries()) assert.ok(Math.abs(gap - Math.max(5, 0.05 * (late[index] ?? 0))) < 0.01);
  });

  it('in a queue: early looks, then 10 to 20 s', () => {
    const looks = looksAt([{ phase: 'queued', runTimes }], 900);
    assert.deepEqual(looks.slice(0, 4), [2.5, 7, 11.5, 26]);
    assert.ok(gaps(looks.slice(3)).every((gap) => gap > 9.99 && gap < 20.01));
  });

  it('a job that nobody has looked at for long is looked at now', () => {
    const schedule = new LookSchedule();
    assert.ok(schedule.dueAt([{ id: 'a', phase: 'running', began: 0, lookedAt: 100 }], began) < began);
    assert.ok(schedule.dueAt([{ id: 'b', phase: 'queued', began: 0 }], began) < began);
  });

  it('together, jobs need no more looks than the busiest of them', () => {
    assert.deepEqual(looksAt([{}, {}, {}], 30), looksAt([{}], 30));
    const mixed = looksAt([{ runTimes }, { phase: 'queued' }, { phase: 'queued' }], 100);
    assert.ok(mixed.length <= looksAt([{ runTimes }], 100).length + 6);
  });

  it('together, jobs that begin one after the other never bring looks closer than 2.5 s, or 1 s as planned', () => {
    const staggered = Array.from({ length: 40 }, (_, index) => ({ began: began + index * 700 }));
    assert.ok(gaps(looksAt(staggered, 60)).every((gap) => gap >= 2.5));
    assert.ok(
      gaps(
        looksAt(
          staggered.map((job) => ({ ...job, runTimes })),
          160,
        ),
      ).every((gap) => gap >= 0.99),
    );
  });
});
