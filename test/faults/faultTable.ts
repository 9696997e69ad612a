import type { Figure } from '../bench/figure';
import type { ViolationKind } from './checkRun';
import { type FailPoint, type Fault, failPoints } from './fault';
import type { RunResult } from './faultRun';

const kinds: readonly ViolationKind[] = ['secondJob', 'lost', 'falseWord', 'badFile', 'token', 'other'];

export function printTable(results: readonly RunResult[], seconds: number, seed: number): void {
  const groups = new Map<string, RunResult[]>();
  for (const result of results) groups.set(groupOf(result), [...(groups.get(groupOf(result)) ?? []), result]);
  const head = ['fault', 'runs', 'happened', ...kinds, 'seconds a run'];
  const rows = [...groups.entries(), ['all', results] as const].map(([name, those]: readonly [string, readonly RunResult[]]) => [
    name,
    String(those.length),
    String(those.filter(({ faulted }) => faulted).length),
    ...kinds.map((kind) => String(count(those, kind))),
    (those.reduce((sum, { ms }) => sum + ms, 0) / 1000 / Math.max(1, those.length)).toFixed(1),
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  console.log('');
  for (const row of [head, ...rows])
    console.log(
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
    );
  console.log(`\n${covered(results).size} of ${failPoints.length} fail points; seed ${seed}; ${seconds} s`);
  const missed = failPoints.filter((point) => !covered(results).has(point));
  if (missed.length > 0) console.log(`not reached: ${missed.join(', ')}`);
  const idle = results.filter(({ faulted, plan }) => !faulted && !plan.name.startsWith('mixture'));
  if (idle.length > 0) console.log(`did not happen: ${idle.map(({ plan }) => plan.name).join('; ')}`);
  console.log(`rows at the end: ${endsOf(results)}`);
  const takeovers = results.flatMap(({ takeoverMs }) => takeoverMs ?? []).toSorted((a, b) => a - b);
  const takeover = (share: number): string => ((takeovers[Math.floor(takeovers.length * share)] ?? 0) / 1000).toFixed(1);
  if (takeovers.length > 0)
    console.log(`dead windows replaced: ${takeovers.length}, half of them after ${takeover(0.5)} s, nine in ten after ${takeover(0.9)} s`);
}

export function faultFigures(results: readonly RunResult[]): readonly Figure[] {
  const figure = (name: string, value: number, unit: string, target: Figure['target'], how: string): Figure => ({
    name,
    value,
    unit,
    how,
    ...(target && { target }),
  });
  const none = { atMost: 0 };
  return [
    figure(
      'fault_points_covered',
      covered(results).size / failPoints.length,
      'share',
      { atLeast: 1 },
      'fail points at which a fault happened',
    ),
    figure('faults_tried', results.filter(({ faulted }) => faulted).length, 'runs', undefined, 'runs in which the faults happened'),
    figure('faults_second_jobs', count(results, 'secondJob'), 'jobs', none, 'gestures that made more than one job'),
    figure('faults_lost', count(results, 'lost') + count(results, 'falseWord'), 'jobs', none, 'jobs that no row tells the truth of'),
    figure('faults_bad_files', count(results, 'badFile'), 'files', none, 'clips not whole, overwritten or left behind'),
  ];
}

const count = (results: readonly RunResult[], wanted: ViolationKind): number =>
  results.reduce((sum, { violations }) => sum + violations.filter(({ kind }) => kind === wanted).length, 0);

export function covered(results: readonly RunResult[]): ReadonlySet<FailPoint> {
  return new Set(results.filter(({ faulted }) => faulted).flatMap(({ plan }) => faultsOf(plan).map(({ point }) => point)));
}

const faultsOf = ({ hosts, fellNext }: RunResult['plan']): readonly Fault[] => [
  ...hosts.flatMap(({ fault }) => (fault ? [fault] : [])),
  ...(fellNext ? [fellNext] : []),
];

function groupOf({ plan }: RunResult): string {
  if (plan.name.startsWith('mixture')) return 'mixtures';
  if (plan.name.startsWith('service')) return 'the service';
  if (plan.fellNext) return 'the heir';
  if (plan.powerCuts) return 'power cuts';
  const group = /^(sleep|account|offline|ledger|newer|older|second computer|submit again|refused)/.exec(plan.name)?.[1];
  return group ?? plan.hosts[0]?.fault?.act.kind ?? 'nothing';
}

function endsOf(results: readonly RunResult[]): string {
  const counts = new Map<string, number>();
  for (const end of results.flatMap(({ ends }) => ends)) {
    const state = end.split(' ')[1] ?? '';
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [...counts].map(([state, times]) => `${times} ${state}`).join(', ');
}
