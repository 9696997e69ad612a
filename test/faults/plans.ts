import type { SeededRandom } from '../../src/simulator/seededRandom';
import { actsAt, type FailPoint, type Fault, type FaultAct, wordsFor, wordsForAct } from './fault';
import { mixture } from './mixture';
import type { Companion, Plan } from './plan';
import { longer, type Scenario, scenarios, serviceFaults } from './scenarios';
import { aroundTheWindows } from './worldPlans';

/** Every time that a life of a job came to a fail point, in a run to which nothing happened. */
export interface Trace {
  readonly scenario: Scenario;
  readonly points: readonly FailPoint[];
}

export function undisturbed(seed: number): readonly Plan[] {
  return scenarios.map(({ name, host, switches }) => ({
    name: `${name}: nothing happens`,
    seed,
    hosts: [host],
    companion: 'none',
    trace: true,
    ...(switches && { switches }),
  }));
}

/** Every fail point × every fault × alone and beside another window, every fault of the service and of the world around, and mixtures. */
export function allPlans(traces: readonly Trace[], seed: number): readonly Plan[] {
  return [
    powerCuts(seed),
    ...atEveryPoint(traces, seed),
    ...takenOver(seed),
    ...aroundTheWindows(traces, seed),
    ...byTheService(seed),
    ...mixtures(500, seed),
  ];
}

/** A form of it that fits into every run of the tests. */
export function fewPlans(traces: readonly Trace[], seed: number, random: SeededRandom): readonly Plan[] {
  const any = (plans: readonly Plan[]): readonly Plan[] => plans.slice(0).splice(Math.floor(random.next() * plans.length), 1);
  const some = grouped(
    atEveryPoint(traces, seed).filter((plan) => !firstActOf(plan).startsWith('SIGSTOP') || isOfSubmit(pointOf(plan))),
    (plan) => {
      const act = firstActOf(plan);
      return act === 'clock' && !isOfSubmit(pointOf(plan)) ? act : `${act} ${pointOf(plan)}`;
    },
  );
  const service = byTheService(seed).filter(({ name, companion }) => name.includes('at the POST') && companion === 'none');
  const world = grouped(aroundTheWindows(traces, seed), (plan) => `${plan.name.slice(0, plan.name.indexOf(':'))} ${firstActOf(plan)}`);
  const heirs = grouped(takenOver(seed), ({ fellNext }) => fellNext?.point ?? '');
  return [
    powerCuts(seed),
    ...some.flatMap(any),
    ...heirs.slice(0, 2).flatMap((plans) => plans.slice(0, 1)),
    ...world.flatMap(any),
    ...service,
    ...mixtures(8, seed),
  ];
}

function grouped(plans: readonly Plan[], key: (plan: Plan) => string): readonly (readonly Plan[])[] {
  const groups = new Map<string, Plan[]>();
  for (const plan of plans) groups.set(key(plan), [...(groups.get(key(plan)) ?? []), plan]);
  return [...groups.values()];
}

const pointOf = ({ hosts }: Plan): string => hosts[0]?.fault?.point ?? '';

/** In the short form one size of each kind has to do. */
function firstActOf({ hosts }: Plan): string {
  const act = hosts[0]?.fault?.act;
  if (!act) return '';
  return act.kind === 'error' || act.kind === 'stop' || act.kind === 'clock' ? wordsForAct(act).replace(/ .*/, '') : wordsForAct(act);
}

/** Only one window watches for all: one that was there first would come to these, and not the one it happens to. */
const isOfWatch = (point: FailPoint): boolean => /^(poll|page|lease|cancel|DELETE|search|perhaps|decision)/.test(point);

const isOfSubmit = (point: string): boolean => /^(POST|submit|upload)/.test(point);

function atEveryPoint(traces: readonly Trace[], seed: number): readonly Plan[] {
  const seen = new Set<FailPoint>();
  return traces.flatMap(({ scenario, points }) => {
    const first = scenario === scenarios[0];
    const fresh = new Set(points.filter((point) => !seen.has(point)));
    for (const point of points) seen.add(point);
    return occurrences(points).flatMap(({ point, nth }) => {
      // what an earlier scenario has had already gets the plain kill only
      const acts: readonly FaultAct[] = fresh.has(point) || isOfSubmit(point) ? actsAt(point) : [{ kind: 'kill' }];
      const beside: Companion = isOfWatch(point) ? 'later' : 'first';
      const companies: readonly Companion[] = first || fresh.has(point) ? ['none', beside] : ['none'];
      return acts.flatMap((act) => companies.map((companion) => planFor(scenario, { point, nth, act }, companion, seed)));
    });
  });
}

/** Polls and their like repeat without end: of these only the first times count. */
function occurrences(points: readonly FailPoint[]): readonly { point: FailPoint; nth: number }[] {
  const counts = new Map<FailPoint, number>();
  return points.flatMap((point) => {
    const nth = (counts.get(point) ?? 0) + 1;
    counts.set(point, nth);
    return nth <= (point.startsWith('commit') ? 10 : 2) ? [{ point, nth }] : [];
  });
}

export function planFor({ name, host, switches }: Scenario, fault: Fault, companion: Companion, seed: number): Plan {
  return {
    name: `${name}: ${wordsFor(fault)}, ${companyWords(companion)}`,
    seed,
    hosts: [{ ...host, fault }],
    companion,
    ...(switches && { switches }),
  };
}

const words: Readonly<Record<Companion, string>> = { none: 'alone', first: 'beside another window', later: 'before another window' };
const companyWords = (companion: Companion): string => words[companion];

/** The window that takes over is killed or stopped as well. */
function takenOver(seed: number): readonly Plan[] {
  const deaths: readonly Fault[] = [
    { point: 'submit: submitting', nth: 1, act: { kind: 'kill' } },
    { point: 'poll: answered', nth: 1, act: { kind: 'kill' } },
    { point: 'save: verified', nth: 1, act: { kind: 'kill' } },
    { point: 'save: described', nth: 1, act: { kind: 'kill' } },
  ];
  const points: readonly FailPoint[] = [
    'takeOver: found',
    'takeOver: written',
    'commit: changed',
    'commit: stands',
    'save: begins',
    'save: placed',
    'save: done',
  ];
  return points.flatMap((point) =>
    deaths.flatMap((death) =>
      actsAt(point)
        .filter(({ kind }) => kind === 'kill' || kind === 'stop')
        .map((act): Plan => {
          const fellNext: Fault = { point, nth: 1, act };
          return {
            name: `${wordsFor(death)}, then its heir: ${wordsFor(fellNext)}`,
            seed,
            hosts: [{ gestures: 1, fault: death }],
            companion: 'none',
            fellNext,
          };
        }),
    ),
  );
}

function byTheService(seed: number): readonly Plan[] {
  return serviceFaults.flatMap(({ name, fault }) =>
    (['none', 'first'] as const).map(
      (companion): Plan => ({
        name: `service: ${name}, ${companyWords(companion)}`,
        seed,
        hosts: [{ gestures: 1, ...(fault.method === 'DELETE' && { cancelWhen: 'running' as const }) }],
        companion,
        switches: { ...(fault.method === 'DELETE' && longer), faults: [fault] },
      }),
    ),
  );
}

/** The order of rule 11, as the disk saw it. */
const powerCuts = (seed: number): Plan => ({
  name: 'power cuts after every step',
  seed,
  hosts: [{ gestures: 1 }],
  companion: 'none',
  powerCuts: true,
});

function mixtures(count: number, seed: number): readonly Plan[] {
  return Array.from({ length: count }, (_, index) => mixture(index + 1, seed + index));
}
