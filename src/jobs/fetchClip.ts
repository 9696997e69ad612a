import { mkdir } from 'node:fs/promises';
import { type ClipReply, leaveFile, openClip } from '../krea/fileHost';
import { fileTrouble } from '../takes/fileTrouble';
import { fsyncFile } from '../takes/fsync';
import { inspectClip } from '../takes/inspectClip';
import { writeClip } from '../takes/writeClip';
import { failPoint } from './failPoint';
import type { ClipSize, Job, NotFetched, Verified } from './job';
import type { Connection, JobParts } from './jobParts';
import { type Beginning, KeptPart } from './keptPart';
import { type LookMemory, pauseAfterTroubles } from './lookAtJob';

export type Fetched =
  | { readonly kind: 'clip'; readonly verified: Verified }
  /** Worth another try after so many milliseconds. */
  | { readonly kind: 'later'; readonly pause: number }
  | { readonly kind: 'never'; readonly why: NotFetched; readonly size?: ClipSize };

/** Whoever the clip is fetched for: a row of the ledger, or a job that has none yet and is of the account in use. */
export type Asked = Job | Pick<Job, 'id' | 'account' | 'apiBase'>;

/** What is remembered of a clip that has not come yet. */
export type FetchMemory = Pick<LookMemory, 'troubles' | 'urls' | 'emptyHanded' | 'broken' | 'restRefused' | 'unjoinable'>;

/** Fresh addresses that led to no clip, before it counts as not to be had. */
const mostEmptyHanded = 3;
/** Broken downloads in a row, with pauses that grow to a minute: about a quarter of an hour. */
const mostBroken = 20;
/** Of the whole: a download that brought so much before it broke off is no trouble of the host. */
const goodShare = 0.01;
/** Refusals after which the rest of a file is not asked for any more, only the whole: before the last fresh address. */
const mostRestRefused = 2;

type Open = Extract<ClipReply, { kind: 'open' }>;

/**
 * Brings the clip whole to `part`. The bytes are checked before anyone believes in them. What a broken download has
 * brought stays in `part`, and is continued, here or by another window, while the host serves the same file.
 */
export async function fetchClip(
  job: Asked,
  jobId: string,
  part: string,
  memory: FetchMemory,
  parts: JobParts,
  signal: AbortSignal,
): Promise<Fetched> {
  const connection = await parts.accounts.connectionFor(job, parts, signal);
  if (!connection) return { kind: 'later', pause: 60_000 };
  const urls = await freshUrls(jobId, memory, connection, parts, signal);
  if (urls === 'later') return { kind: 'later', pause: pauseAfterTroubles(memory.troubles++) };
  const url = urls[(memory.emptyHanded ?? 0) % urls.length];
  if (!url) return emptyHanded(memory, 'gone', 60_000);
  try {
    await mkdir(parts.clipStore, { recursive: true });
  } catch {
    return { kind: 'never', why: 'storage' };
  }
  const kept = new KeptPart(part, jobId);
  const beginning = memory.unjoinable ? undefined : await kept.beginning(signal);
  const reply = await openClip(connection.network, url, connection.client.apiBase, signal, beginning);
  const fetched =
    reply.kind === 'open'
      ? await new Receiving(job, reply, part, kept, beginning, memory, parts, signal).receive()
      : await notOpened(job, reply, kept, beginning, memory, parts);
  if (fetched.kind === 'never') await kept.drop();
  return fetched;
}

async function notOpened(
  job: Asked,
  reply: Exclude<ClipReply, Open>,
  kept: KeptPart,
  beginning: Beginning | undefined,
  memory: FetchMemory,
  parts: JobParts,
): Promise<Fetched> {
  parts.log(`${job.id}: the clip could not be opened: ${wordsFor(reply)}`);
  if (beginning && 'status' in reply) {
    memory.restRefused = (memory.restRefused ?? 0) + 1;
    if (memory.restRefused >= mostRestRefused) await kept.drop();
  }
  switch (reply.kind) {
    case 'gone':
      return emptyHanded(memory, 'gone');
    case 'refusedAddress':
      return { kind: 'never', why: 'refusedAddress' };
    case 'trouble':
      return broken(memory);
  }
}

/** Bytes above which the user is asked first. */
function mostBytes(job: Asked, { askAboveBytes }: JobParts): number {
  const wanted = 'state' in job && job.state.name === 'downloading' && job.state.anySize === true;
  return wanted ? Number.POSITIVE_INFINITY : (askAboveBytes?.() ?? Number.POSITIVE_INFINITY);
}

function tooLarge(job: Asked, size: ClipSize, parts: JobParts): Fetched {
  parts.log(`${job.id}: the clip has ${size.atLeast ? 'more than ' : ''}${size.bytes} bytes: the user is asked`);
  return { kind: 'never', why: 'large', size };
}

/** The addresses of the last look once; after that the service is asked anew, since addresses run out. */
async function freshUrls(
  jobId: string,
  memory: FetchMemory,
  { client }: Connection,
  parts: JobParts,
  signal: AbortSignal,
): Promise<readonly string[] | 'later'> {
  const known = memory.urls;
  delete memory.urls;
  if (known && known.length > 0) return known;
  await parts.rate.turn(signal);
  const look = await client.job(jobId, signal);
  if (look.kind === 'found') return look.value.urls;
  return look.kind === 'notFound' ? [] : 'later';
}

/** What the host sends: the whole clip, or the rest of one. */
class Receiving {
  private readonly most: number;
  /** Of the clip, with those that were here. */
  private bytes: number;
  private broke: 'network' | 'otherFile' | undefined;

  constructor(
    private readonly job: Asked,
    private readonly reply: Open,
    private readonly part: string,
    private readonly kept: KeptPart,
    private readonly beginning: Beginning | undefined,
    private readonly memory: FetchMemory,
    private readonly parts: JobParts,
    private readonly signal: AbortSignal,
  ) {
    this.most = mostBytes(job, parts);
    this.bytes = reply.from;
  }

  async receive(): Promise<Fetched> {
    const { reply, kept, most } = this;
    const announced = this.leastBytes || Number(reply.file.headers['content-length'] ?? 0);
    // what the host announces is believed here, true or not: it is asked about, and nothing else follows from it
    if (announced > most) {
      await leaveFile(reply.file);
      return tooLarge(this.job, { bytes: announced }, this.parts);
    }
    if (this.joins && !(await kept.claim())) {
      await leaveFile(reply.file);
      return { kind: 'later', pause: 2500 };
    }
    if (!this.joins) await kept.drop();
    else failPoint('save: joined');
    try {
      await writeClip(this.body(), this.part, this.signal, this.joins ? this.beginning?.bytes : 0);
      failPoint('save: fetched');
    } catch (error) {
      return this.brokeOff(error);
    }
    if (this.bytes > most) return tooLarge(this.job, { bytes: most, atLeast: true }, this.parts);
    return this.check();
  }

  private get joins(): boolean {
    return this.reply.from > 0;
  }

  /** A host may answer with a shorter range than the one asked for. */
  private get leastBytes(): number {
    return this.joins ? (this.reply.version?.total ?? 0) : 0;
  }

  private async *body(): AsyncIterable<Uint8Array> {
    const { beginning, most } = this;
    try {
      for await (const piece of this.reply.file.body) {
        const before = this.bytes;
        this.bytes += piece.byteLength;
        if (this.bytes > most) return; // a host that announces no length, or not that of what it sends
        const known = this.joins && beginning ? beginning.overlap.subarray(before - beginning.from, this.bytes - beginning.from) : nothing;
        if (known.compare(piece, 0, known.byteLength) !== 0) {
          this.broke = 'otherFile';
          throw new Error('The file has changed.');
        }
        if (known.byteLength < piece.byteLength) yield known.byteLength > 0 ? piece.subarray(known.byteLength) : piece;
      }
      if (this.bytes < this.leastBytes) throw Object.assign(new Error('The host gives less than was asked for.'), { code: 'SHORT' });
    } catch (error) {
      this.broke ??= 'network';
      throw error;
    }
  }

  private async brokeOff(error: unknown): Promise<Fetched> {
    const { job, kept, memory, parts } = this;
    const { version } = this.reply;
    const before = this.beginning?.bytes ?? 0;
    if (this.broke === 'otherFile') return this.beginAnew('the host has another file by now');
    const wanted = this.signal.aborted || this.broke === 'network';
    const isKept = wanted && version !== undefined && (await kept.keep(version));
    if (isKept) failPoint('save: kept');
    else await kept.drop();
    if (this.signal.aborted) return { kind: 'later', pause: 0 };
    parts.log(`${job.id}: the clip broke off: ${fileTrouble(error).code}${isKept ? `, ${this.bytes} of ${version.total} bytes stay` : ''}`);
    if (isKept && this.joins && this.bytes - before >= goodShare * version.total) memory.broken = 0;
    // a part that somebody took away is no trouble of the disk
    return wanted || this.joins ? broken(memory) : { kind: 'never', why: 'storage' };
  }

  private async check(): Promise<Fetched> {
    const { job, part, kept, memory, parts, signal } = this;
    // a length other than the announced one has ended in an error already: both ways to the network count
    const clip = await inspectClip(part, signal);
    failPoint('save: checked');
    if (clip.kind === 'clip') {
      const { kind: _, ...verified } = clip;
      const synced = await fsyncFile(part);
      failPoint('save: synced');
      return synced.kind === 'synced' ? { kind: 'clip', verified } : { kind: 'never', why: 'storage' };
    }
    if (clip.kind === 'trouble') return { kind: 'never', why: 'storage' };
    if (this.joins) return this.beginAnew(`what was joined is no whole clip: ${clip.what}`);
    await kept.drop();
    parts.log(`${job.id}: what came is no whole clip: ${clip.what}`);
    return clip.what === 'cutOff' ? broken(memory) : emptyHanded(memory, 'notAVideo');
  }

  /** In one piece from now on. */
  private async beginAnew(why: string): Promise<Fetched> {
    this.parts.log(`${this.job.id}: ${why}`);
    await this.kept.drop();
    this.memory.unjoinable = true;
    return broken(this.memory);
  }
}

const nothing = Buffer.alloc(0);

function broken(memory: FetchMemory): Fetched {
  memory.broken = (memory.broken ?? 0) + 1;
  return memory.broken < mostBroken ? { kind: 'later', pause: pauseAfterTroubles(memory.broken - 1) } : { kind: 'never', why: 'network' };
}

function emptyHanded(memory: FetchMemory, why: NotFetched, pause = 2500): Fetched {
  memory.emptyHanded = (memory.emptyHanded ?? 0) + 1;
  return memory.emptyHanded < mostEmptyHanded ? { kind: 'later', pause } : { kind: 'never', why };
}

function wordsFor(reply: Exclude<ClipReply, { kind: 'open' }>): string {
  switch (reply.kind) {
    case 'gone':
      return `HTTP ${reply.status}`;
    case 'refusedAddress':
      return reply.why;
    case 'trouble':
      return reply.fault?.code ?? `HTTP ${reply.status ?? 0}`;
  }
}
