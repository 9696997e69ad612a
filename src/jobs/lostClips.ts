import { mkdir, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { JobReport } from '../krea/jobReport';
import { fetchClip } from './fetchClip';
import type { Job, JobState, NotFetched, Order, Verified } from './job';
import type { Connection, JobParts } from './jobParts';
import { KeptPart } from './keptPart';
import { LedgerTrouble } from './ledgerTrouble';
import { listJobs } from './listJobs';
import { perhapsFolder } from './perhapsWatch';
import { isTaken } from './sqliteErrors';
import { bounded, isIn, isPerhaps, isUnknown, spanOf } from './unclear';

/** A finished job of the workspace that no row has. Whose it is and what it shows, Krea does not tell. */
export interface LostClip {
  readonly jobId: string;
  readonly status: string;
  /** Server time. */
  readonly madeAt: number;
  readonly endedAt?: number;
  readonly urls: readonly string[];
}

export type LostClips =
  /** `complete`: nothing older is left that was not read. */
  | { readonly kind: 'found'; readonly clips: readonly LostClip[]; readonly read: number; readonly complete: boolean }
  | { readonly kind: 'trouble'; readonly status?: number }
  | { readonly kind: 'noAccess'; readonly status: number };

export type Preview =
  | { readonly kind: 'clip'; readonly file: string; readonly verified: Verified }
  | { readonly kind: 'never'; readonly why: NotFetched };

/** Tries to fetch a clip to look at, each from a fresh address. */
const mostTries = 3;

/** What stands at the end of addresses of pictures, sounds and shapes, which the same list has. */
const otherKinds = /\.(png|jpe?g|webp|gif|avif|svg|mp3|wav|ogg|flac|glb|gltf|obj|zip|json)$/i;

/** Reads the whole list of the account in use, in whatever language of states. Free. */
export async function findLostClips(
  { client }: Connection,
  { ledger, clock, rate }: Pick<JobParts, 'ledger' | 'clock' | 'rate'>,
  signal: AbortSignal,
  onRead: (jobs: number) => void,
): Promise<LostClips> {
  const everything = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const list = await listJobs(client, everything, () => rate.turn(signal, 'act'), signal, onRead);
  if (list.kind !== 'list') return list;
  const held = await ledger.held(list.items.map(({ jobId }) => jobId));
  // what may be the job of an open request is that request's to offer, or it would be told that there is none
  const sought = (await ledger.liveJobs())
    .filter((job) => isUnknown(job) || isPerhaps(job))
    .map(({ state }) => ({
      span: spanOf(bounded(state, list.serverTime ?? clock.wall(), clock.wall())),
      notMine: state.notMine ?? [],
    }));
  const clips = list.items.filter(isClip).filter(({ jobId, createdAt }) => {
    return !held.has(jobId) && !sought.some(({ span, notMine }) => isIn(span, createdAt) && !notMine.includes(jobId));
  });
  return { kind: 'found', clips: clips.map(lostClip), read: list.items.length, complete: list.complete };
}

/** Fetches a clip to be looked at before anyone takes it for theirs. The file is the caller's to remove. */
export async function previewLostClip(clip: LostClip, connection: Connection, parts: JobParts, signal: AbortSignal): Promise<Preview> {
  const folder = perhapsFolder(parts.clipStore);
  const part = join(folder, `found-${basename(clip.jobId)}.part`);
  await mkdir(folder, { recursive: true });
  const memory = { troubles: 0, urls: clip.urls };
  const asked = { id: `found ${clip.jobId}`, account: connection.account, apiBase: connection.client.apiBase.href };
  for (let tries = 0; tries < mostTries && !signal.aborted; tries++) {
    const fetched = await fetchClip(asked, clip.jobId, part, memory, parts, signal);
    if (fetched.kind === 'never') return fetched;
    if (fetched.kind === 'clip') {
      const file = join(folder, `found-${basename(clip.jobId)}.${fetched.verified.container}`);
      await rename(part, file);
      return { kind: 'clip', file, verified: fetched.verified };
    }
    await parts.clock.wait(fetched.pause, signal);
  }
  await new KeptPart(part, clip.jobId).drop();
  return { kind: 'never', why: 'network' };
}

/** A found job as a row whose clip is saved like any other. False when a row has it by now. */
export async function insertLostClip(
  job: Omit<Job, 'state' | 'createdAt'> & { readonly order: Order },
  clip: LostClip,
  preview: Extract<Preview, { kind: 'clip' }> | undefined,
  { ledger, clipStore }: Pick<JobParts, 'ledger' | 'clipStore'>,
): Promise<boolean> {
  const state: JobState = {
    name: 'downloading',
    jobId: clip.jobId,
    status: clip.status,
    submittedAt: clip.madeAt,
    acceptedAt: clip.madeAt,
    endedAt: clip.endedAt ?? clip.madeAt,
    attempts: 0,
    recognised: true,
    ...(preview && { verified: preview.verified }),
  };
  // under the row's name it is found as the part to save; without it the clip is fetched once more
  if (preview) await rename(preview.file, join(perhapsFolder(clipStore), `${job.id}-${basename(preview.file)}`)).catch(() => undefined);
  try {
    await ledger.insert({ ...job, createdAt: clip.madeAt, state });
    return true;
  } catch (error) {
    if (error instanceof LedgerTrouble && isTaken(error.cause)) return false;
    throw error;
  }
}

type Clip = JobReport & { readonly createdAt: number };

function isClip(report: JobReport): report is Clip {
  const [best] = report.urls;
  if (report.phase !== 'completed' || best === undefined || report.createdAt === undefined) return false;
  return !otherKinds.test(new URL(best).pathname);
}

function lostClip({ jobId, status, createdAt, completedAt, urls }: Clip): LostClip {
  return { jobId, status, madeAt: createdAt, ...(completedAt !== undefined && { endedAt: completedAt }), urls };
}
