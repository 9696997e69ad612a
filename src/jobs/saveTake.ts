import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileTrouble } from '../takes/fileTrouble';
import { isEmpty } from '../takes/isEmpty';
import { freeTakeNumber, type Placing as Placed, placeClip, sameClip } from '../takes/placeClip';
import type { Sidecar } from '../takes/sidecar';
import { type TakeFileNames, takeFileNames } from '../takes/takeNames';
import { makeTakesFolder } from '../takes/takesFolder';
import { removeSidecar, writeSidecar } from '../takes/writeSidecar';
import { failPoint } from './failPoint';
import { fetchClip } from './fetchClip';
import type { Job, JobState, Placing, Verified } from './job';
import type { JobParts } from './jobParts';
import { KeptPart } from './keptPart';
import { acceptedPart, type LookMemory } from './lookAtJob';
import { perhapsFolder } from './perhapsWatch';
import { sidecarOf } from './sidecarOf';

type Downloading = Extract<JobState, { name: 'downloading' }>;

/** Names tried before a folder counts as one that cannot be written. */
const mostNames = 50;
/** Milliseconds until a clip that is safe in the storage, but without a name, is tried to be named again. */
const namelessPause = 60_000;

/**
 * Brings a finished job's clip home: file → checked → *verified* in the ledger → name in the ledger → sidecar →
 * clip under its name → *done*. After a kill anywhere in between the same steps find what is there by its content.
 * Milliseconds to wait before another try, or `undefined` when it is over or another window's.
 */
export async function saveTake(job: Job, memory: LookMemory, parts: JobParts, signal: AbortSignal): Promise<number | undefined> {
  if (job.state.name !== 'downloading') return undefined;
  failPoint('save: begins');
  const found = await findVerified(job, job.state, parts, signal);
  if (found?.kind === 'placed') return finish(job, job.state, found.verified, found.placing, parts);

  const fresh = join(parts.clipStore, `${job.id}-${job.epoch}.part`);
  const clip = found ?? (await fetchVerified(job, job.state, fresh, memory, parts, signal));
  if (clip.kind === 'later') return clip.pause;
  if (clip.kind === 'over') return undefined;
  return new Placement(job, { ...job.state, verified: clip.verified }, clip.verified, clip.part, parts, signal).place();
}

type Found = { kind: 'part'; verified: Verified; part: string } | { kind: 'placed'; verified: Verified; placing: Placing };

/** What an earlier try, perhaps of a window that was killed, left behind. Content decides, never a name. */
async function findVerified(
  job: Job,
  { verified, placing }: Downloading,
  parts: JobParts,
  signal: AbortSignal,
): Promise<Found | undefined> {
  if (!verified) return undefined;
  if (placing) {
    const clip = join(placing.folder, namesOf(job, verified, placing.take).clip);
    if (await sameClip(clip, verified.sha256, verified.bytes, signal)) return { kind: 'placed', verified, placing };
  }
  for (const part of await partsOf(job, parts))
    if (await sameClip(part, verified.sha256, verified.bytes, signal)) return { kind: 'part', verified, part };
  return undefined;
}

async function fetchVerified(job: Job, state: Downloading, part: string, memory: LookMemory, parts: JobParts, signal: AbortSignal) {
  // what the window before this one has brought of it is continued
  const earlier = (await partsOf(job, parts)).filter((file) => file !== part && file.endsWith('.part'));
  for (const file of earlier) if (await new KeptPart(file, state.jobId).passTo(part)) break;
  const fetched = await fetchClip(job, state.jobId, part, memory, parts, signal);
  switch (fetched.kind) {
    case 'later':
      return fetched;
    case 'never': {
      const { endedAt } = state;
      const { why, size } = fetched;
      const next: JobState = { name: 'notFetched', ...acceptedPart(state), endedAt, why, ...(size && { size }) };
      const over = await parts.ledger.move(job, ['downloading'], next);
      if (over) await removeParts(job, parts);
      return { kind: 'over' } as const;
    }
    case 'clip': {
      const { verified } = fetched;
      const ours = await parts.ledger.move(job, ['downloading'], { ...state, verified });
      failPoint('save: verified');
      return ours ? ({ kind: 'part', verified, part } as const) : ({ kind: 'over' } as const);
    }
  }
}

/** A whole clip looks for its name. */
class Placement {
  constructor(
    private readonly job: Job,
    private readonly state: Downloading,
    private readonly verified: Verified,
    private readonly part: string,
    private readonly parts: JobParts,
    private readonly signal: AbortSignal,
  ) {}

  async place(): Promise<number | undefined> {
    const { folder, root } = this.job.order.destination;
    const home = await makeTakesFolder({ kind: 'folder', path: folder, root });
    const atHome = home.kind === 'folder' ? await this.placeIn(home.path) : home.reason;
    if (atHome === 'over') return undefined;
    // the takes folder cannot be written: the clip is paid, so it stays with us and the message says where
    const kept = await this.keepIn(join(this.parts.clipStore, 'kept'), atHome);
    if (kept === 'over') return undefined;
    this.parts.log(`${this.job.id}: the clip stays in the extension's storage without a name: ${kept}`);
    return namelessPause;
  }

  private async keepIn(folder: string, keptBecause: string): Promise<string> {
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      return fileTrouble(error).reason;
    }
    return this.placeIn(folder, keptBecause);
  }

  /** `over`, or the reason why this folder cannot take the clip. */
  private async placeIn(folder: string, keptBecause?: string): Promise<string> {
    const { job, state, verified, parts } = this;
    let take = state.placing?.folder === folder ? state.placing.take : undefined;
    for (let names = 0; names < mostNames; names++) {
      if (take === undefined) {
        const free = await freeTakeNumber(folder, job.order.destination.stem);
        if (free.kind === 'trouble') return free.reason;
        take = free.number;
      }
      const placing: Placing = { folder, take, ...(keptBecause && { keptBecause }) };
      if (!(await parts.ledger.move(job, ['downloading'], { ...state, placing }))) return 'over'; // another window's by now
      failPoint('save: numbered');
      const tried = await this.nameIt(placing);
      if (this.signal.aborted) return 'over'; // the next window goes on from here
      if (tried === 'placed') {
        await finish(job, state, verified, placing, parts);
        return 'over';
      }
      if (tried !== 'nameTaken') return tried;
      take += 1;
    }
    return 'nameTaken';
  }

  private async nameIt(placing: Placing): Promise<string> {
    const { job, state, verified, parts } = this;
    const file = namesOf(job, verified, placing.take);
    const sidecar = join(placing.folder, file.sidecar);
    const written = await writeSidecar(sidecar, sidecarFor(job, state, verified, placing, parts));
    if (written.kind === 'nameTaken') return 'nameTaken';
    if (written.kind === 'trouble') {
      await removeSidecar(sidecar, state.jobId);
      return written.reason;
    }
    failPoint('save: described');
    const placed = await this.placeAt(join(placing.folder, file.clip), placing.take);
    failPoint('save: placed');
    if (placed.kind === 'placed') return 'placed';
    if (!this.signal.aborted) await rm(sidecar, { force: true }).catch(() => undefined); // a sidecar without its clip says what is not so
    return placed.kind === 'trouble' ? placed.reason : placed.kind;
  }

  /** After a kill our sidecar still holds the number: an empty file under the clip's name is then our own try. */
  private async placeAt(clip: string, take: number): Promise<Placed> {
    const placed = await placeClip(this.part, clip, this.signal);
    if (placed.kind !== 'nameTaken' || this.state.placing?.take !== take) return placed;
    // placed just now by the window from which this job was taken over, and which stood still until then
    if (await sameClip(clip, this.verified.sha256, this.verified.bytes, this.signal)) return { kind: 'placed' };
    if (!(await isEmpty(clip))) return placed;
    await rm(clip, { force: true }).catch(() => undefined);
    return placeClip(this.part, clip, this.signal);
  }
}

async function finish(job: Job, state: Downloading, verified: Verified, placing: Placing, parts: JobParts): Promise<undefined> {
  const file = namesOf(job, verified, placing.take);
  const clip = join(placing.folder, file.clip);
  const sidecar = join(placing.folder, file.sidecar);
  await writeSidecar(sidecar, sidecarFor(job, state, verified, placing, parts));
  const done = await parts.ledger.move(job, ['downloading'], {
    name: 'done',
    ...acceptedPart(state),
    endedAt: state.endedAt,
    savedAt: parts.clock.wall(),
    saved: { ...verified, clip, sidecar, take: placing.take, ...(placing.keptBecause && { keptBecause: placing.keptBecause }) },
  });
  failPoint('save: done');
  if (!done) return undefined;
  parts.log(`${job.id}: saved as ${file.clip}, ${verified.bytes} bytes`);
  await removeParts(job, parts);
  failPoint('save: tidied');
  return undefined;
}

async function partsOf(job: Job, { clipStore }: JobParts): Promise<string[]> {
  const on = await readdir(clipStore).catch(() => []);
  // of a job that was only guessed at until its clip was recognised
  const guessed = perhapsFolder(clipStore);
  const perhaps = await readdir(guessed).catch(() => []);
  const ours = (name: string): boolean => name.startsWith(`${job.id}-`);
  return [
    ...on.filter((name) => ours(name) && name.endsWith('.part')).map((name) => join(clipStore, name)),
    ...perhaps.filter(ours).map((name) => join(guessed, name)),
  ];
}

async function removeParts(job: Job, parts: JobParts): Promise<void> {
  for (const part of await partsOf(job, parts)) await rm(part, { force: true }).catch(() => undefined);
}

function namesOf(job: Job, { container }: Verified, take: number): TakeFileNames {
  return takeFileNames(job.order.destination.stem, take, container);
}

function sidecarFor(job: Job, state: Downloading, verified: Verified, placing: Placing, parts: JobParts): Sidecar {
  return sidecarOf(job, state, verified, placing.take, namesOf(job, verified, placing.take).clip, parts.clock.wall());
}
