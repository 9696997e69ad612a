import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { freeTakeNumber, placeClip, sameClip } from '../takes/placeClip';
import type { Sidecar } from '../takes/sidecar';
import { takeFileNames } from '../takes/takeNames';
import { makeTakesFolder } from '../takes/takesFolder';
import { writeSidecar } from '../takes/writeSidecar';
import { fetchClip } from './fetchClip';
import type { Job, JobState, Placing, Verified } from './job';
import type { JobParts } from './jobParts';
import { acceptedPart, type LookMemory } from './lookAtJob';
import { sidecarOf } from './sidecarOf';

type Downloading = Extract<JobState, { name: 'downloading' }>;

/** Names tried before a folder counts as one that cannot be written. */
const mostNames = 50;

/**
 * Brings a finished job's clip home: file → checked → *verified* in the ledger → name in the ledger → sidecar →
 * clip under its name → *done*. After a kill anywhere in between the same steps find what is there by its content.
 * Milliseconds to wait before another try, or `undefined` when it is over.
 */
export async function saveTake(job: Job, memory: LookMemory, parts: JobParts, signal: AbortSignal): Promise<number | undefined> {
  const { state } = job;
  if (state.name !== 'downloading') return undefined;
  const part = join(parts.clipStore, `${job.id}-${job.epoch}.part`);
  const found = await findVerified(job, state, parts, signal);
  if (found?.kind === 'placed') return void (await finish(job, state, found.verified, found.placing, parts));

  let verified = found?.verified;
  if (!verified) {
    const fetched = await fetchClip(job, state.jobId, part, memory, parts, signal);
    if (fetched.kind === 'later') return fetched.pause;
    if (fetched.kind === 'never')
      return void (await parts.ledger.move(job, ['downloading'], {
        name: 'notFetched',
        ...acceptedPart(state),
        endedAt: state.endedAt,
        why: fetched.why,
      }));
    verified = fetched.verified;
  }
  const source = found?.part ?? part;
  const withClip: Downloading = { ...state, verified };
  if (!(await parts.ledger.move(job, ['downloading'], withClip))) return undefined;

  const home = await makeTakesFolder({ kind: 'folder', path: job.order.destination.folder, root: job.order.destination.root });
  let keptBecause: string | undefined = home.kind === 'folder' ? undefined : home.reason;
  if (home.kind === 'folder') {
    const placed = await placeIn(home.path, undefined, source, job, withClip, verified, parts, signal);
    if (placed === 'placed') return undefined;
    keptBecause = placed;
  }
  // the takes folder cannot be written: the clip is paid, so it stays with us and the message says where
  const placed = await placeIn(join(parts.clipStore, 'kept'), keptBecause, source, job, withClip, verified, parts, signal);
  if (placed === 'placed') return undefined;
  parts.log(`${job.id}: the clip stays in the extension's storage without a name: ${placed}`);
  return 60_000;
}

type Found =
  | { kind: 'part'; verified: Verified; part: string }
  | { kind: 'placed'; verified: Verified; placing: Placing; part?: undefined };

/** What an earlier try, perhaps of a window that was killed, left behind. Content decides, never a name. */
async function findVerified(job: Job, state: Downloading, parts: JobParts, signal: AbortSignal): Promise<Found | undefined> {
  const { verified, placing } = state;
  if (!verified) return undefined;
  if (placing) {
    const clip = join(placing.folder, takeFileNames(job.order.destination.stem, placing.take).clip);
    if (await sameClip(clip, verified.sha256, verified.bytes, signal)) return { kind: 'placed', verified, placing };
  }
  const left = await readdir(parts.clipStore).catch(() => []);
  for (const name of left.filter((file) => file.startsWith(`${job.id}-`) && file.endsWith('.part'))) {
    const part = join(parts.clipStore, name);
    if (await sameClip(part, verified.sha256, verified.bytes, signal)) return { kind: 'part', verified, part };
  }
  return undefined;
}

/** `placed`, or the reason why this folder cannot take the clip. */
async function placeIn(
  folder: string,
  keptBecause: string | undefined,
  source: string,
  job: Job,
  state: Downloading,
  verified: Verified,
  parts: JobParts,
  signal: AbortSignal,
): Promise<string> {
  const { stem } = job.order.destination;
  let least = state.placing?.folder === folder ? state.placing.take : 0;
  for (let names = 0; names < mostNames; names++) {
    if (least === 0) {
      const free = await freeTakeNumber(folder, stem);
      if (free.kind === 'trouble') return free.reason;
      least = free.number;
    }
    const placing: Placing = { folder, take: least, ...(keptBecause && { keptBecause }) };
    if (!(await parts.ledger.move(job, ['downloading'], { ...state, verified, placing }))) return 'placed'; // another window's by now
    const file = takeFileNames(stem, placing.take);
    const written = await writeSidecar(join(folder, file.sidecar), sidecarFor(job, state, verified, placing, parts));
    if (written.kind === 'trouble') return written.reason;
    const placed = written.kind === 'nameTaken' ? written : await placeClip(source, join(folder, file.clip), signal);
    if (placed.kind === 'placed') {
      await finish(job, state, verified, placing, parts);
      return 'placed';
    }
    if (placed.kind === 'trouble') return placed.reason;
    if (placed.kind === 'partGone') return 'partGone';
    if (written.kind === 'written') await rm(join(folder, file.sidecar), { force: true });
    least += 1;
  }
  return 'nameTaken';
}

async function finish(job: Job, state: Downloading, verified: Verified, placing: Placing, parts: JobParts): Promise<void> {
  const file = takeFileNames(job.order.destination.stem, placing.take);
  const sidecar = join(placing.folder, file.sidecar);
  await writeSidecar(sidecar, sidecarFor(job, state, verified, placing, parts));
  const saved = {
    ...verified,
    clip: join(placing.folder, file.clip),
    sidecar,
    take: placing.take,
    ...(placing.keptBecause && { keptBecause: placing.keptBecause }),
  };
  await parts.ledger.move(job, ['downloading'], {
    name: 'done',
    ...acceptedPart(state),
    endedAt: state.endedAt,
    savedAt: parts.clock.wall(),
    saved,
  });
  parts.log(`${job.id}: saved as ${file.clip}, ${verified.bytes} bytes`);
  const left = await readdir(parts.clipStore).catch(() => []);
  for (const name of left.filter((file) => file.startsWith(`${job.id}-`) && file.endsWith('.part')))
    await rm(join(parts.clipStore, name), { force: true });
}

function sidecarFor(job: Job, state: Downloading, verified: Verified, placing: Placing, parts: JobParts): Sidecar {
  return sidecarOf(job, state, verified, placing.take, takeFileNames(job.order.destination.stem, placing.take).clip, parts.clock.wall());
}
