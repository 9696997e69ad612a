import type { Clock } from '../../src/jobs/clock';
import type { Job, JobState, Order } from '../../src/jobs/job';
import { LedgerFile, transaction } from '../../src/jobs/ledgerFile';
import { insertRow } from '../../src/jobs/ledgerRow';

export const anHour = 3_600_000;
export const aDay = 24 * anHour;

const accepted = (jobId: string, at: number) => ({ jobId, status: 'completed', submittedAt: at, acceptedAt: at + 400, attempts: 1 });

/** A job as the product writes it, in the state that `end` names. */
export function rowJob(id: string, createdAt: number, state: JobState, order: Partial<Order> = {}): Job {
  return {
    id,
    account: 'account-1',
    apiBase: 'https://api.krea.ai/',
    createdAt,
    owner: 'w1-1',
    epoch: 1,
    state,
    order: {
      model: { id: 'kling/kling-2.5', name: 'Kling 2.5', typicalSeconds: 94 },
      endpoint: '/generate/video/kling/kling-2.5',
      body: { prompt: order.prompt ?? 'a heron at dawn', duration: 5 },
      prompt: 'a heron at dawn',
      parameters: { duration: 5, aspect_ratio: '16:9' },
      requestHash: `hash-${id}`,
      estimate: { kind: 'about', microUsd: 367_000, date: '2026-05-25' },
      destination: { folder: '/project/takes', root: '/project', stem: 'a-heron', source: 'birds.md' },
      ...order,
    },
  };
}

/** A state of each name, as it stands in a ledger. */
export function rowState(name: JobState['name'], id: string, at: number): JobState {
  const known = accepted(`krea-${id}`, at);
  switch (name) {
    case 'intended':
      return { name };
    case 'submitting':
      return { name, since: at, attempts: 1 };
    case 'queued':
    case 'running':
      return { name, ...known, status: 'processing' };
    case 'downloading':
      return { name, ...known, endedAt: at + 90_000 };
    case 'done':
      return {
        name,
        ...known,
        endedAt: at + 90_000,
        savedAt: at + 92_000,
        saved: {
          sha256: '0'.repeat(64),
          bytes: 2_000_000,
          container: 'mp4',
          width: 1280,
          height: 720,
          seconds: 5,
          videoCodec: 'avc',
          audioCodec: null,
          clip: `/project/takes/${id}_take-001.mp4`,
          sidecar: `/project/takes/${id}_take-001.json`,
          take: 1,
        },
      };
    case 'failed':
      return { name, ...known, endedAt: at + 5000, failure: { code: 'internal', message: 'GPU lost' }, withoutVideo: false };
    case 'notFetched':
      return { name, ...known, endedAt: at + 90_000, why: 'gone' };
    case 'overdue':
      return { name, ...known, since: at + 2 * anHour };
    case 'cancelled':
      return { name, endedAt: at + 1000, by: 'us' };
    case 'refused':
      return { name, endedAt: at + 500, status: 402, message: 'no balance', evidence: { status: 402, body: '' } };
    case 'notSent':
      return { name, endedAt: at + 500, why: 'network' };
    case 'unknown':
      return { name, sentAt: at, endedAt: at + 30_000 };
    case 'perhaps':
      return {
        ...{ name, sentAt: at, endedAt: at + 30_000, jobId: `krea-${id}`, madeAt: at + 1000, others: 0 },
        ...{ status: 'processing', phase: 'running' },
      };
    case 'closed':
      return { name, sentAt: at, endedAt: at + 30_000, closedAt: at + 3 * anHour };
  }
}

/** Puts rows into the ledger of this folder in one go, in the form that the product gives them. */
export async function fillLedger(folder: string, clock: Clock, jobs: Iterable<Job>): Promise<void> {
  const file = new LedgerFile(folder, clock, () => undefined);
  await file.use((database) =>
    transaction(database, () => {
      for (const job of jobs) insertRow(database, job, job.createdAt);
    }),
  );
}

/** Jobs over a year, of 40 texts and 5 models, with prompts of a usual length; nine in ten done, the others of every end. */
export function* yearOfJobs(count: number, newest: number): Generator<Job> {
  const models = ['Kling 2.5', 'Veo 3', 'Hailuo 2.3', 'Seedance 1.0', 'Wan 2.5'];
  const ends: readonly JobState['name'][] = ['failed', 'cancelled', 'refused', 'notSent', 'unknown', 'notFetched', 'overdue'];
  const sentence = 'A lighthouse keeper climbs the stair as the storm turns; the lamp sweeps the spray, locked camera, shallow focus. ';
  for (let i = 0; i < count; i++) {
    const at = Math.round(newest - ((count - 1 - i) * 365 * aDay) / count);
    const id = `job-${String(i).padStart(6, '0')}`;
    const name = i % 10 === 0 ? (ends[(i / 10) % ends.length] ?? 'failed') : 'done';
    const model = models[i % models.length] ?? '';
    const board = i % 40;
    yield rowJob(id, at, rowState(name, id, at), {
      model: { id: model.toLowerCase().replaceAll(' ', '-'), name: model },
      prompt: `${i}: ${sentence.repeat(1 + (i % 12))}`,
      destination: {
        folder: '/project/takes',
        root: `/project-${board % 4}`,
        stem: `shot-${i}`,
        source: `boards/act-${board}.storyboard.md`,
      },
      ...(i % 25 === 0 && { estimate: { kind: 'unknown' } }),
    });
  }
}
