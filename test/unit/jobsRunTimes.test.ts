import assert from 'node:assert/strict';
import { lateGap, longestGap, lookPlan } from '../../src/jobs/lookPlan';
import { learnRunTimes, type RunTimes } from '../../src/jobs/runTimes';
import { seededRandom } from '../../src/simulator/seededRandom';

const median = 100_000;
const runsOf = (sigma: number, count: number, seed = 1): number[] => {
  const random = seededRandom(seed, 'runs');
  return Array.from({ length: count }, () => median * Math.exp(sigma * random.normal()));
};
const secondsOf = ({ mu }: RunTimes): number => Math.exp(mu);

describe('jobs: what is learnt of run times', () => {
  const unknown: readonly (readonly [string, readonly number[]])[] = [
    ['no run', []],
    ['one run', [100_000]],
    ['two runs', [100_000, 101_000]],
    ['runs that make no sense', [0, -5, 0, -1]],
    ['runs that differ much', runsOf(1, 12)],
    ['three runs that differ somewhat', [70_000, 100_000, 140_000]],
  ];
  for (const [name, runs] of unknown)
    it(`${name}: nothing, so the plain loop`, () => {
      assert.equal(learnRunTimes(runs), undefined);
    });

  for (const sigma of [0.1, 0.2, 0.3])
    it(`30 runs of σ ${sigma} give their median and spread`, () => {
      const learnt = learnRunTimes(runsOf(sigma, 30));
      assert.ok(learnt);
      assert.ok(Math.abs(secondsOf(learnt) / 100 - 1) < 0.12, `${secondsOf(learnt)} s`);
      assert.ok(learnt.sigma > 0.75 * sigma && learnt.sigma < 1.35 * sigma + 0.03, `σ ${learnt.sigma}`);
    });

  it('a few runs that waited somewhere unseen do not hide what the others say', () => {
    const learnt = learnRunTimes([...runsOf(0.15, 28), 900_000, 1_500_000]);
    assert.ok(learnt && learnt.sigma < 0.3 && Math.abs(secondsOf(learnt) - 100) < 12);
  });

  it('jobs that run longer than expected count before they end', () => {
    const runs = runsOf(0.2, 20);
    const [without, late, young] = [
      learnRunTimes(runs),
      learnRunTimes(
        runs,
        Array.from({ length: 10 }, () => 160_000),
      ),
      learnRunTimes(
        runs,
        Array.from({ length: 10 }, () => 5000),
      ),
    ];
    assert.ok(without && young);
    assert.ok(!late || late.mu > without.mu + 0.1);
    assert.ok(Math.abs(young.mu - without.mu) < 0.02, 'a job that has just begun says nothing');
  });
});

describe('jobs: the plan of looks', () => {
  const learnt = (sigma: number): RunTimes => ({ mu: Math.log(100), sigma });
  const planOf = (sigma: number, count = 1, age = 0): readonly number[] =>
    lookPlan(Array.from({ length: count }, () => ({ age, runTimes: learnt(sigma) }))).map((ms) => ms / 1000);

  for (const count of [1, 10, 100])
    for (const sigma of [0.05, 0.1, 0.2, 0.3, 0.5])
      it(`${count} jobs, σ ${sigma}: early looks, no gap over the guard, none under a second`, () => {
        const plan = planOf(sigma, count);
        assert.deepEqual(plan.slice(0, 3), [2.5, 7, 11.5]);
        assert.ok(plan.some((at) => at > 25 && at <= 30));
        for (let look = 4; look < plan.length; look++) {
          const [from, to] = [plan[look - 1] ?? 0, plan[look] ?? 0];
          assert.ok(to - from <= longestGap(from) + 0.01, `${from} → ${to}`);
          assert.ok(to - from >= 0.99, `${from} → ${to}`);
        }
      });

  it('is densest where the end is near', () => {
    const plan = planOf(0.2);
    const gapAt = (second: number): number => {
      const next = plan.findIndex((at) => at > second);
      return (plan[next] ?? 0) - (plan[next - 1] ?? 0);
    };
    assert.ok(gapAt(50) > 3 * gapAt(100));
  });

  it('goes on as it was when it is made anew half-way', () => {
    const whole = planOf(0.2);
    for (const age of [1, 40, 80, 110]) {
      const rest = planOf(0.2, 1, age * 1000).map((at) => at + age);
      assert.deepEqual(
        rest.map((at) => Math.round(at * 10)),
        whole.filter((at) => at > age).map((at) => Math.round(at * 10)),
      );
    }
  });

  it('knows jobs that began at different times', () => {
    const runTimes = learnt(0.2);
    const plan = lookPlan([
      { age: 95_000, runTimes },
      { age: 0, runTimes },
    ]).map((ms) => ms / 1000);
    assert.ok(plan.filter((at) => at < 15).length >= 4, 'the old one may end at any moment');
    assert.ok(plan.filter((at) => at > 85 && at < 115).length >= 6, 'the new one ends about then');
  });

  it('of a thousand jobs takes no time that a person would see', () => {
    const runners = Array.from({ length: 1000 }, (_, index) => ({ age: index * 100, runTimes: learnt(0.3) }));
    const start = performance.now();
    for (let times = 0; times < 3; times++) lookPlan(runners);
    assert.ok((performance.now() - start) / 3 < 250);
  });

  it('after it the gaps grow with age, from 5 s', () => {
    assert.deepEqual([10, 100, 200, 1000].map(lateGap), [5, 5, 10, 50]);
  });
});
