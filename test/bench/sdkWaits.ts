import { createFalClient } from '@fal-ai/client';
import RunwayML from '@runwayml/sdk';
import Replicate from 'replicate';
import { seededRandom } from '../../src/simulator/seededRandom';
import { onFakeTimers } from './fakeTimers';
import type { SimulatedRun } from './watchLoads';
import { mean, type Watched } from './watchRuns';

/** Waits for one job whose end `isOver` tells, as the SDK's users do, with nothing set. Each call of `fetch` is a request. */
type Wait = (fetch: typeof globalThis.fetch) => Promise<unknown>;

/** What each SDK's service answers while a job runs, and when it has ended. */
interface Peer {
  readonly running: unknown;
  readonly ended: unknown;
  readonly wait: Wait;
}

const id = '00000000-0000-4000-8000-000000000000';

const peers: Readonly<Record<string, Peer>> = {
  '@fal-ai/client': {
    running: { status: 'IN_PROGRESS', request_id: id },
    ended: { status: 'COMPLETED', request_id: id },
    wait: (fetch) =>
      createFalClient({ credentials: 'none', fetch, suppressLocalCredentialsWarning: true }).queue.subscribeToStatus('owner/video', {
        requestId: id,
        mode: 'polling',
      }),
  },
  replicate: {
    running: { id, status: 'processing' },
    ended: { id, status: 'succeeded' },
    wait: async (fetch) => {
      const replicate = new Replicate({ auth: 'none', fetch });
      return replicate.wait(await replicate.predictions.get(id), {});
    },
  },
  '@runwayml/sdk': {
    running: { id, status: 'RUNNING', createdAt: '2026-10-12T09:00:00Z', progress: 0.5 },
    ended: { id, status: 'SUCCEEDED', createdAt: '2026-10-12T09:00:00Z', output: [] },
    wait: (fetch) => new RunwayML({ apiKey: 'none', fetch }).tasks.retrieve(id).waitForTaskOutput({ timeout: null }),
  },
};

/** Each public SDK waits for these jobs, one by one, on a clock that is turned. */
export async function bySdks(runs: readonly SimulatedRun[]): Promise<Readonly<Record<string, Watched>>> {
  const found: Record<string, Watched> = {};
  for (const [name, peer] of Object.entries(peers)) {
    const random = seededRandom(1, name);
    const watched: Watched[] = [];
    for (const run of runs) watched.push(await waitBy(peer, run.queuedMs + run.runMs, random.next));
    found[name] = mean(watched);
  }
  return found;
}

async function waitBy({ running, ended, wait }: Peer, endMs: number, random: () => number): Promise<Watched> {
  let requests = 0;
  const seenAt = await onFakeTimers(random, async (now) => {
    await wait(async () => {
      requests += 1;
      return Response.json(now() >= endMs ? ended : running);
    });
    return now();
  });
  return { lagMs: seenAt - endMs, requests };
}
