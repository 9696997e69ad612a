import type { Report } from '../support/timedSteps';
import type { Figure } from './figure';
import { bySdks } from './sdkWaits';
import { exactLoad, mixedLoad, randomLoad, type SimulatedRun } from './watchLoads';
import { byLoop, bySchedule, learntFrom, mean, mostLagMs, ratio, together, type Watched } from './watchRuns';

const seeds = Array.from({ length: 200 }, (_, index) => index + 1);
const learntRuns = 30;
/** Few jobs are enough for those who look every half second, and what they cost is known. */
const jobsOfPeers = 100;

/**
 * Lag against requests of the product's own schedule, beside the plain loop of 5 s and public SDKs, on the same simulated
 * jobs and on clocks that are turned. (lag × requests) over that of the loop: 1 is the loop.
 */
export async function watchFigures(report: Report): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const [name, sigma, atMost] of [
    ['watch_s02', 0.2, 0.5],
    ['watch_s03', 0.3, 0.66],
  ] as const) {
    const load = exactLoad(sigma);
    const ours = overSeeds((seed) => bySchedule(load, learntFrom(randomLoad(sigma, seed, learntRuns))));
    figures.push(await oneJob(name, `σ ${sigma}, ${learntRuns} runs learnt`, ours, load, atMost));
    report(name);
  }
  const mixed = mixedLoad(0.2, 1);
  const ours = overSeeds((seed) => bySchedule(mixed, learntFrom(mixedLoad(0.2, 1000 + seed, learntRuns))), seeds.slice(0, 20));
  figures.push(await oneJob('watch_mixed', mixedWords(mixed), ours, mixed, 0.85));
  report('watch_mixed');
  figures.push(refusals());
  figures.push(unlearntWorst());
  report('watch_unlearnt_worst');
  figures.push(...hundredJobs());
  report('watch_100');
  figures.push(await thousandJobs());
  report('watch_1000');
  return figures;
}

async function oneJob(name: string, what: string, ours: Watched, load: readonly SimulatedRun[], atMost: number): Promise<Figure> {
  const loop = byLoop(load);
  const sdks = await bySdks(evenly(load, jobsOfPeers));
  const peers = Object.fromEntries(Object.entries(sdks).map(([peer, watched]) => [peer, ratio(watched, loop)]));
  const words = [['ours', ours] as const, ['5 s loop', loop] as const, ...Object.entries(sdks)].map(inWords).join('; ');
  return {
    name,
    value: ratio(ours, loop),
    unit: 'of the loop',
    peers: { '5 s loop': 1, ...peers },
    target: { atMost },
    how: `lag × requests of one job, median 100 s, ${what} (${words})`,
  };
}

/** Jobs that stand for all of them, from the shortest to the longest. */
function evenly(load: readonly SimulatedRun[], count: number): readonly SimulatedRun[] {
  const sorted = load.toSorted((one, other) => one.queuedMs + one.runMs - other.queuedMs - other.runMs);
  return Array.from({ length: count }, (_, index) => sorted[Math.floor(((index + 0.5) * load.length) / count)]).filter(
    (run) => run !== undefined,
  );
}

/** Refusals come in the first ten seconds, when nothing else is expected for long. */
function refusals(): Figure {
  const most = seeds.slice(0, 20).map((seed) => {
    const refused = mixedLoad(0.2, seed, 2000).filter((run) => run.refused);
    return mostLagMs(refused, seed % 2 === 0 ? undefined : learntFrom(mixedLoad(0.2, 1000 + seed, learntRuns)));
  });
  return {
    name: 'watch_refused_most_s',
    value: Math.max(...most) / 1000,
    unit: 's',
    peers: { '5 s loop': 5 },
    target: { atMost: 5 },
    how: `the longest that a refusal after 1 to 10 s goes unseen, mixed loads, nothing or ${learntRuns} runs learnt`,
  };
}

function mixedWords(mixed: readonly SimulatedRun[]): string {
  const refusals = mixed.filter(({ refused }) => refused);
  const seen = bySchedule(refusals, learntFrom(mixedLoad(0.2, 1001, learntRuns)));
  const hidden = unseenQueue(mixed);
  const unseen = overSeeds(
    (seed) => bySchedule(hidden, learntFrom(unseenQueue(mixedLoad(0.2, 1000 + seed, learntRuns)))),
    seeds.slice(0, 20),
  );
  const harder = `${ratio(unseen, byLoop(hidden)).toFixed(2)} if the service calls the queue *processing*`;
  return `σ 0.2, 4 % refused, seen after ${(seen.lagMs / 1000).toFixed(1)} s, 4 % queued, ${learntRuns} runs learnt; ${harder}`;
}

function unseenQueue(load: readonly SimulatedRun[]): readonly SimulatedRun[] {
  return load.map(({ queuedMs, runMs, refused }) => ({ queuedMs: 0, runMs: queuedMs + runMs, refused }));
}

/** The worst mean over the seeds of any spread and any small number of runs. */
function unlearntWorst(): Figure {
  const cases = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1].flatMap((sigma) => {
    const load = exactLoad(sigma, 4000);
    const loop = byLoop(load);
    return [0, 1, 3, 10].map((runs) => {
      const each = seeds.map((seed) => ratio(bySchedule(load, learntFrom(randomLoad(sigma, seed, runs))), loop));
      return { sigma, runs, value: each.reduce((sum, one) => sum + one, 0) / each.length };
    });
  });
  const worst = cases.reduce((most, one) => (one.value > most.value ? one : most));
  return {
    name: 'watch_unlearnt_worst',
    value: worst.value,
    unit: 'of the loop',
    target: { atMost: 1.05 },
    how: `lag × requests of one job with 0, 1, 3 or 10 runs learnt and σ 0.1 to 1; the worst is σ ${worst.sigma} with ${worst.runs}`,
  };
}

function hundredJobs(): readonly Figure[] {
  const at = (sigma: number): { ours: Watched; loop: number } => {
    const each = seeds.map((seed) => {
      const runs = randomLoad(sigma, 5000 + seed, 100);
      return { ours: together(runs, learntFrom(randomLoad(sigma, seed, learntRuns))), loop: loopToLastEnd(runs) };
    });
    return { ours: mean(each.map(({ ours }) => ours)), loop: each.reduce((sum, { loop }) => sum + loop, 0) / each.length };
  };
  const [narrow, wide] = [at(0.2), at(0.3)];
  return [
    {
      name: 'watch_100_requests',
      value: narrow.ours.requests,
      unit: 'requests',
      peers: { '5 s loop, one job': narrow.loop, '5 s loop': byLoop(randomLoad(0.2, 5001, 100)).requests * 100 },
      target: { atMost: narrow.loop },
      how: `100 jobs at once, σ 0.2, to the last end; at σ 0.3 ${wide.ours.requests.toFixed(1)}, one job's loop ${wide.loop.toFixed(1)}`,
    },
    {
      name: 'watch_100_lag_s02_s',
      value: narrow.ours.lagMs / 1000,
      unit: 's',
      peers: { '5 s loop': byLoop(exactLoad(0.2)).lagMs / 1000 },
      target: { atMost: 1.9 },
      how: `mean lag of these; at σ 0.3 ${(wide.ours.lagMs / 1000).toFixed(2)} s (at most 2.1)`,
    },
  ];
}

async function thousandJobs(): Promise<Figure> {
  const some = seeds.slice(0, 50);
  const ours = mean(some.map((seed) => together(randomLoad(0.2, 9000 + seed, 1000), learntFrom(randomLoad(0.2, seed, learntRuns)))));
  const unlearnt = mean(some.map((seed) => together(randomLoad(0.2, 9000 + seed, 1000), undefined)));
  const ten = mean(seeds.map((seed) => together(randomLoad(0.2, 7000 + seed, 10), learntFrom(randomLoad(0.2, seed, learntRuns)))));
  return {
    name: 'watch_1000_lag_s',
    value: ours.lagMs / 1000,
    unit: 's',
    peers: { '5 s loop': byLoop(exactLoad(0.2)).lagMs / 1000, 'nothing learnt': unlearnt.lagMs / 1000 },
    target: { atMost: 2.55 },
    how: `1,000 jobs at once, σ 0.2, ${ours.requests.toFixed(0)} requests, never two in a second; 10 jobs: ${inWords(['ours', ten])}`,
  };
}

function overSeeds(one: (seed: number) => Watched, some = seeds): Watched {
  return mean(some.map(one));
}

function loopToLastEnd(runs: readonly SimulatedRun[]): number {
  return Math.ceil(Math.max(...runs.map(({ runMs }) => runMs)) / 5000);
}

function inWords([who, { lagMs, requests }]: readonly [string, Watched]): string {
  return `${who} ${(lagMs / 1000).toFixed(2)} s, ${requests.toFixed(1)} requests`;
}
