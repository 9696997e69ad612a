import type { SeededRandom } from '../../src/simulator/seededRandom';
import { seededRandom } from '../../src/simulator/seededRandom';
import type { SwitchChange } from '../../src/simulator/switches';
import { actsAt, type Fault, failPoints } from './fault';
import type { HostPlan, Plan } from './plan';
import { serviceFaults } from './scenarios';

/** Two or three things at once, drawn by a seed of its own, so that each mixture can be had again alone. */
export function mixture(number: number, seed: number): Plan {
  const random = seededRandom(seed, 'mixture');
  const hosts = Array.from({ length: random.next() < 0.5 ? 1 : 2 }, (_, index) => host(index, random));
  return {
    name: `mixture ${number} (KREA_FAULT_SEED=${seed})`,
    seed,
    hosts,
    companion: random.next() < 0.3,
    switches: switches(random),
    ...(random.next() < 0.3 && { fellNext: faultOf(random) }),
  };
}

function host(index: number, random: SeededRandom): HostPlan {
  return {
    gestures: 1 + Math.floor(random.next() * 3),
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
