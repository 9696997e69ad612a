import type { SeededRandom } from '../../src/simulator/seededRandom';
import { actsAt, type FailPoint, type Fault, type FaultAct, wordsFor, wordsForAct } from './fault';
import { mixture } from './mixture';
import type { Plan } from './plan';
import { longer, type Scenario, scenarios, serviceFaults } from './scenarios';

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
    companion: false,
    trace: true,
    ...(switches && { switches }),
  }));
}

/** Every fail point × every fault × alone and beside another window, every fault of the service, and mixtures. */
export function allPlans(traces: readonly Trace[], seed: number): readonly Plan[] {
  return [powerCuts(seed), ...atEveryPoint(traces, seed), ...takenOver(seed), ...byTheService(seed), ...mixtures(500, seed)];
}

/** A form of it that fits into every run of the tests. */
export function fewPlans(traces: readonly Trace[], seed: number, random: SeededRandom): readonly Plan[] {
  const all = atEveryPoint(traces, seed);
  const acts = new Map<string, Plan[]>();
  for (const plan of all) {
    const { point, act } = plan.hosts[0]?.fault ?? {};
    if (!point || !act) continue;
    const key = `${act.kind === 'namesTaken' ? wordsForAct(act) : act.kind} ${point}`;
    if (act.kind === 'stop' && !isOfSubmit(point)) continue;
    acts.set(key, [...(acts.get(key) ?? []), plan]);
  }
  const some = [...acts.values()].flatMap((plans) => plans[Math.floor(random.next() * plans.length)] ?? []);
  const service = byTheService(seed).filter(({ name }) => name.includes('at the POST') && name.includes('alone'));
  return [powerCuts(seed), ...some, ...takenOver(seed).slice(0, 2), ...service, ...mixtures(12, seed)];
}

const isOfSubmit = (point: FailPoint): boolean => point.startsWith('POST') || point.startsWith('submit');

function atEveryPoint(traces: readonly Trace[], seed: number): readonly Plan[] {
  const seen = new Set<FailPoint>();
  return traces.flatMap(({ scenario, points }) => {
    const first = scenario === scenarios[0];
    const fresh = new Set(points.filter((point) => !seen.has(point)));
    for (const point of points) seen.add(point);
    return occurrences(points).flatMap(({ point, nth }) => {
      // what an earlier scenario has had already gets the plain kill only
      const acts: readonly FaultAct[] = fresh.has(point) || isOfSubmit(point) ? actsAt(point) : [{ kind: 'kill' }];
      const companies = first || fresh.has(point) ? [false, true] : [false];
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

function planFor({ name, host, switches }: Scenario, fault: Fault, companion: boolean, seed: number): Plan {
  return {
    name: `${name}: ${wordsFor(fault)}, ${companyWords(companion)}`,
    seed,
    hosts: [{ ...host, fault }],
    companion,
    ...(switches && { switches }),
  };
}

const companyWords = (companion: boolean): string => (companion ? 'beside another window' : 'alone');

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
            companion: false,
            fellNext,
          };
        }),
    ),
  );
}

function byTheService(seed: number): readonly Plan[] {
  return serviceFaults.flatMap(({ name, fault }) =>
    [false, true].map(
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
  companion: false,
  powerCuts: true,
});

function mixtures(count: number, seed: number): readonly Plan[] {
  return Array.from({ length: count }, (_, index) => mixture(index + 1, seed + index));
}
