import type { SeededRandom } from '../../src/simulator/seededRandom';
import { seededRandom } from '../../src/simulator/seededRandom';
import type { SwitchChange } from '../../src/simulator/switches';
import { actsAt, type Fault, type FaultAct, failPoints } from './fault';
import type { HostPlan, Plan } from './plan';
import { serviceFaults } from './scenarios';

/** Two or three things at once, drawn by a seed of its own, so that each mixture can be had again alone. */
export function mixture(number: number, seed: number): Plan {
  const random = seededRandom(seed, 'mixture');
  const hosts = Array.from({ length: random.next() < 0.5 ? 1 : 2 }, (_, index) => host(index, random));
  return inTheWorld(seededRandom(seed, 'world'), {
    name: `mixture ${number} (KREA_FAULT_SEED=${seed})`,
    seed,
    hosts,
    companion: random.next() < 0.3 ? ('first' as const) : ('none' as const),
    switches: switches(random),
    ...(random.next() < 0.3 && { fellNext: faultOf(random) }),
  });
}

/** What happens around the windows: another account, a full disk, an older version, a second computer. */
function inTheWorld(random: SeededRandom, plan: Plan): Plan {
  const again = one(['', '', '', 'knowing', 'blindly'] as const, random);
  const hosts = plan.hosts.map((host, index): HostPlan => {
    const { fault, ...rest } = host;
    const act = random.next() < 0.3 ? one(worldActs, random) : undefined;
    const schema = random.next() < 0.08 ? one([1, 2] as const, random) : undefined;
    const other = index > 0 && random.next() < 0.3;
    if (other) return { ...rest, machine: 2 };
    return {
      ...rest,
      ...(fault && { fault: act && mayHappenAt(act, fault) ? { ...fault, act } : fault }),
      ...(act?.kind === 'account' && { afterwards: 1 }),
      ...(schema && { schema }),
    };
  });
  return { ...plan, hosts, ...(again && { submitsAgain: again }) };
}

const worldActs: readonly FaultAct[] = [
  { kind: 'sleep', ms: 8 * 3_600_000, monotonic: 'stands' },
  { kind: 'sleep', ms: 8 * 3_600_000, monotonic: 'goesOn' },
  ...(['otherWorkspace', 'replaced', 'revoked', 'none'] as const).map((change): FaultAct => ({ kind: 'account', change })),
  { kind: 'offline' },
  ...(['BUSY', 'FULL', 'IOERR'] as const).map((trouble): FaultAct => ({ kind: 'ledger', trouble, thenKilled: false })),
  { kind: 'ledger', trouble: 'IOERR', thenKilled: true },
  { kind: 'upgrade' },
];

/** Within a transaction nobody else gets at the ledger. */
const mayHappenAt = ({ kind }: FaultAct, { point }: Fault): boolean =>
  !(point === 'commit: changed' || point === 'lease: claimed') || (kind !== 'ledger' && kind !== 'upgrade');

function host(index: number, random: SeededRandom): HostPlan {
  return {
    gestures: 1 + Math.floor(random.next() * 3),
    ...(random.next() < 0.25 && { file: one(['kept', 'lost'] as const, random) }),
    way: random.next() < 0.3 ? 'editor' : 'direct',
    noHardLinks: random.next() < 0.15,
    ...(index > 0 && { startsAfter: Math.floor(random.next() * 600) }),
    ...(random.next() < 0.8 && { fault: faultOf(random) }),
    ...(random.next() < 0.2 && { cancelWhen: one(['intended', 'submitting', 'queued', 'running'] as const, random) }),
    ...(random.next() < 0.2 && { killedAfter: 200 + Math.floor(random.next() * 1500) }),
  };
}

function faultOf(random: SeededRandom): Fault {
  const point = one(failPoints, random);
  return { point, nth: 1 + Math.floor(random.next() * 3), act: one(actsAt(point), random) };
}

function switches(random: SeededRandom): SwitchChange {
  const faults = Array.from({ length: Math.floor(random.next() * 3) }, () => ({
    ...one(serviceFaults, random).fault,
    nth: 1 + Math.floor(random.next() * 3),
  }));
  return {
    faults,
    strangers: { atSubmit: one([0, 0, 1, 2], random), perMinute: one([0, 0, 0, 60], random) },
    earlyNotFound: one([0, 0, 1, 3], random),
    listLagMs: one([0, 0, 20_000], random),
    clockSkewMs: one([0, 0, 3_600_000, -90_000], random),
    firstStatus: one(['queued', 'scheduled', 'processing', 'backlogged'] as const, random),
    urlsShape: one(['strings', 'objects', 'map', 'fragment'] as const, random),
    afterDelete: one(['cancelled', 'notFound'] as const, random),
    lateDelete: one([400, 404, 409] as const, random),
    concurrency: one([{}, {}, { running: 1 }, { running: 1, backlog: 0, overflow: 429 }] as const, random),
    files: one([{}, {}, { ranges: false, length: 'chunked' }, { cut: { share: 0.5, times: 2 } }] as const, random),
  };
}

function one<T>(from: readonly [T, ...T[]] | readonly T[], random: SeededRandom): T {
  const chosen = from[Math.floor(random.next() * from.length)];
  if (chosen === undefined) throw new Error('Nothing to choose from.');
  return chosen;
}
