import type { FaultAct as ServiceAct } from '../../src/simulator/faults';
import { type AccountChange, type FailPoint, type FaultAct, isUpload, wordsFor } from './fault';
import type { Companion, HostPlan, Plan } from './plan';
import type { Trace } from './plans';
import { longer, lostAnswers, type Scenario, scenarioNamed, scenarios } from './scenarios';

/** What happens around the windows while they work: sleep, other accounts, other computers, versions, a ledger in trouble. */
export function aroundTheWindows(traces: readonly Trace[], seed: number): readonly Plan[] {
  return [
    ...asleep(traces, seed),
    ...atPoints('account', accountPoints, accountActs, ['none'], seed),
    ...atPoints('account', ['submit: answered', 'poll: answered'], accountActs, ['first'], seed),
    ...atPoints('offline', accountPoints, [{ kind: 'offline' }], ['none'], seed),
    ...atPoints('ledger', ledgerPoints, ledgerActs, ['none', 'first'], seed),
    ...atPoints('newer', versionPoints, [{ kind: 'upgrade' }], ['none'], seed),
    ...older(seed),
    ...twoComputers(seed),
    ...sentAgain(seed),
    ...refusedInPart(seed),
  ];
}

const hours = 3_600_000;

/** At the first time of every point; whoever sends does so beside another window, too. */
function asleep(traces: readonly Trace[], seed: number): readonly Plan[] {
  const seen = new Set<FailPoint>();
  return traces.flatMap(({ scenario, points }) =>
    [...new Set(points)].flatMap((point) => {
      if (seen.has(point)) return [];
      seen.add(point);
      const companies: readonly Companion[] = /^(submit|POST)/.test(point) ? ['none', 'first'] : ['none'];
      return companies.flatMap((companion) =>
        (['stands', 'goesOn'] as const).map((monotonic) =>
          around('sleep', scenario, { point, nth: 1 }, { kind: 'sleep', ms: 8 * hours, monotonic }, companion, seed),
        ),
      );
    }),
  );
}

interface Place {
  readonly point: FailPoint;
  readonly nth?: number;
}

const accountPoints: readonly FailPoint[] = [
  'GET: begins',
  'upload: sending',
  'upload: answered',
  'submit: proven',
  'submit: submitting',
  'POST: leaves',
  'POST: answered',
  'submit: answered',
  'submit: written',
  'commit: told',
  'poll: begins',
  'poll: answered',
  'page: answered',
  'search: begins',
  'search: answered',
  'perhaps: seen',
  'perhaps: written',
  'cancel: marked',
  'DELETE: leaves',
  'save: begins',
  'file: begins',
  'save: checked',
  'save: placed',
];

const changes: readonly AccountChange[] = ['otherWorkspace', 'replaced', 'revoked', 'none'];
const accountActs = changes.map((change): FaultAct => ({ kind: 'account', change }));

/** The third commit of a request is that of its answer. */
const ledgerPoints: readonly Place[] = [
  { point: 'upload: answered' },
  { point: 'submit: submitting' },
  { point: 'submit: answered' },
  { point: 'commit: begins', nth: 3 },
  { point: 'commit: stands', nth: 3 },
  { point: 'submit: written' },
  { point: 'poll: answered' },
  { point: 'save: begins' },
  { point: 'save: verified' },
  { point: 'save: placed' },
];

const ledgerActs = (['BUSY', 'FULL', 'IOERR'] as const).flatMap((trouble) =>
  [false, true].map((thenKilled): FaultAct => ({ kind: 'ledger', trouble, thenKilled })),
);

const versionPoints: readonly Place[] = [
  { point: 'upload: answered' },
  { point: 'submit: proven' },
  { point: 'submit: submitting' },
  { point: 'POST: leaves' },
  { point: 'POST: answered' },
  { point: 'submit: answered' },
  { point: 'submit: written' },
  ...[1, 2, 3, 4].flatMap((nth): Place[] => [
    { point: 'commit: begins', nth },
    { point: 'commit: stands', nth },
  ]),
  { point: 'poll: answered' },
  { point: 'beat: written' },
  { point: 'search: answered' },
  { point: 'perhaps: fetched' },
  { point: 'cancel: marked' },
  { point: 'save: begins' },
  { point: 'save: verified' },
  { point: 'save: described' },
];

function atPoints(
  group: string,
  places: readonly (Place | FailPoint)[],
  acts: readonly FaultAct[],
  companies: readonly Companion[],
  seed: number,
): readonly Plan[] {
  return places.flatMap((place) => {
    const { point, nth = 1 } = typeof place === 'string' ? { point: place } : place;
    return companies.flatMap((companion) => acts.map((act) => around(group, scenarioOf(point), { point, nth }, act, companion, seed)));
  });
}

/** The life of a job that comes to this point. */
function scenarioOf(point: FailPoint): Scenario {
  if (isUpload(point)) return scenarioNamed('with a file');
  if (/^(search|perhaps)/.test(point)) return scenarioNamed('no answer');
  if (/^(cancel|DELETE)/.test(point)) return scenarioNamed('cancel');
  return scenarioNamed(point.startsWith('page') ? 'three at once' : 'plain');
}

function around(
  group: string,
  { name, host, switches }: Scenario,
  { point, nth }: Required<Place>,
  act: FaultAct,
  companion: Companion,
  seed: number,
): Plan {
  const fault = { point, nth, act };
  const account = act.kind === 'account';
  // the watch is the first window's: who is to come to these points must be it
  const beside = companion === 'first' && /^(poll|page|cancel|DELETE|search|perhaps)/.test(point) ? 'later' : companion;
  return {
    name: `${group}: ${name}: ${wordsFor(fault)}${companion === 'none' ? '' : ', beside another window'}`,
    seed,
    hosts: [{ ...host, fault, ...(account && { afterwards: 1 }) }],
    companion: beside,
    switches: {
      ...switches,
      // a new token of the same workspace may show its jobs or not: both happen
      ...(account && (act.change === 'revoked' || point.length % 2 === 0) && { jobsVisibleTo: 'workspace' as const }),
    },
  };
}

/** An older version sends, and this one comes to see to it. */
function older(seed: number): readonly Plan[] {
  const acts: readonly FaultAct[] = [{ kind: 'kill' }, { kind: 'stop', ms: 90_000 }, { kind: 'stop', ms: 3 * hours }];
  const places = versionPoints.filter(({ point, nth = 1 }) => /^(submit|POST|commit)/.test(point) && nth < 4);
  return ([1, 2] as const).flatMap((schema) =>
    places.flatMap(({ point, nth = 1 }) =>
      acts.map((act): Plan => {
        const fault = { point, nth, act };
        return {
          name: `older: version ${schema}: ${wordsFor(fault)}`,
          seed,
          hosts: [{ gestures: 1, schema, fault }],
          companion: 'none',
        };
      }),
    ),
  );
}

/** Two computers, two ledgers, one account: each sees the jobs of the other as a stranger's. */
function twoComputers(seed: number): readonly Plan[] {
  const answered = ['submit: submitting', 'POST: leaves', 'POST: answered', 'submit: answered'] as const;
  const unanswered = ['POST: leaves', 'search: answered', 'perhaps: named'] as const;
  const troubled = (lost: number, point?: FailPoint, act?: FaultAct): Plan => ({
    name: `second computer: ${point && act ? wordsFor({ point, nth: 1, act }) : 'nothing else'}, ${lost} answers lost`,
    seed,
    hosts: [
      { gestures: 1, ...(point && act && { fault: { point, nth: 1, act } }) },
      { gestures: 1, machine: 2 },
    ],
    companion: 'none',
    switches: lostAnswers(lost),
  });
  const acts: readonly FaultAct[] = [{ kind: 'kill' }, { kind: 'stop', ms: 3 * hours }];
  return [
    ...[0, 1, 2].map((lost) => troubled(lost)),
    ...answered.flatMap((point) => acts.map((act) => troubled(0, point, act))),
    ...unanswered.flatMap((point) => acts.map((act) => troubled(2, point, act))),
  ];
}

/** A 429 of which only a part arrives is no refusal: the rest may have named a job. One as a page is. */
function refusedInPart(seed: number): readonly Plan[] {
  const acts: readonly ServiceAct[] = [
    { kind: 'halfAnswer' },
    { kind: 'stalledAnswer' },
    { kind: 'truncatedJson' },
    { kind: 'answer', status: 429, body: 'html' },
  ];
  return acts.map(
    (act): Plan => ({
      name: `refused: 429, ${act.kind}`,
      seed,
      hosts: [{ gestures: 2 }],
      companion: 'none',
      switches: {
        ...longer,
        concurrency: { running: 1, backlog: 0, overflow: 429 },
        faults: [{ method: 'POST', path: '/generate/*', nth: 2, act }],
      },
    }),
  );
}

/** *Submit Again*, warned: by a user who knows that there is no job, and by one who does not. */
function sentAgain(seed: number): readonly Plan[] {
  const unclear = scenarios.filter(({ name }) => name.startsWith('no answer') || name.startsWith('no job'));
  const deaths: readonly (HostPlan['fault'] | undefined)[] = [
    undefined,
    { point: 'POST: leaves', nth: 1, act: { kind: 'kill' } },
    { point: 'search: written', nth: 1, act: { kind: 'kill' } },
    { point: 'perhaps: fetched', nth: 1, act: { kind: 'kill' } },
  ];
  return unclear.flatMap(({ name, host, switches }) =>
    deaths.flatMap((fault) =>
      (['knowing', 'blindly'] as const).map(
        (submitsAgain): Plan => ({
          name: `submit again ${submitsAgain}: ${name}: ${fault ? wordsFor(fault) : 'nothing else'}`,
          seed,
          hosts: [{ ...host, recognises: false, ...(fault && { fault }) }],
          companion: 'none',
          submitsAgain,
          ...(switches && { switches }),
        }),
      ),
    ),
  );
}
