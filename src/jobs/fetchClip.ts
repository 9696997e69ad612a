import { mkdir, rm } from 'node:fs/promises';
import { type ClipReply, leaveFile, openClip } from '../krea/fileHost';
import type { OpenFile } from '../krea/transport';
import { fileTrouble } from '../takes/fileTrouble';
import { fsyncFile } from '../takes/fsync';
import { inspectClip } from '../takes/inspectClip';
import { writeClip } from '../takes/writeClip';
import { failPoint } from './failPoint';
import type { ClipSize, Job, NotFetched, Verified } from './job';
import type { Connection, JobParts } from './jobParts';
import { type LookMemory, pauseAfterTroubles } from './lookAtJob';

export type Fetched =
  | { readonly kind: 'clip'; readonly verified: Verified }
  /** Worth another try after so many milliseconds. */
  | { readonly kind: 'later'; readonly pause: number }
  | { readonly kind: 'never'; readonly why: NotFetched; readonly size?: ClipSize };

/** Whoever the clip is fetched for: a row of the ledger, or a job that has none yet and is of the account in use. */
export type Asked = Job | Pick<Job, 'id' | 'account' | 'apiBase'>;

/** What is remembered of a clip that has not come yet. */
export type FetchMemory = Pick<LookMemory, 'troubles' | 'urls' | 'emptyHanded' | 'broken'>;

/** Fresh addresses that led to no clip, before it counts as not to be had. */
const mostEmptyHanded = 3;
/** Broken downloads in a row, with pauses that grow to a minute: about a quarter of an hour. */
const mostBroken = 20;

/** Brings the clip whole to `part`. The bytes are checked before anyone believes in them. */
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
  const reply = await openClip(connection.network, url, connection.client.apiBase, signal);
  if (reply.kind === 'open') {
    const large = await isLarge(reply.file, mostBytes(job, parts));
    return large ? tooLarge(job, large, parts) : receive(job, reply.file, part, memory, parts, signal);
  }
  parts.log(`${job.id}: the clip could not be opened: ${wordsFor(reply)}`);
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

/** What the host announces is believed here, true or not: it is asked about, and nothing else follows from it. */
async function isLarge(file: OpenFile, most: number): Promise<ClipSize | undefined> {
  const bytes = Number(file.headers['content-length'] ?? 0);
  if (!(bytes > most)) return undefined;
  await leaveFile(file);
  return { bytes };
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

async function receive(
  job: Asked,
  file: OpenFile,
  part: string,
  memory: FetchMemory,
  parts: JobParts,
  signal: AbortSignal,
): Promise<Fetched> {
  const most = mostBytes(job, parts);
  let networkBroke = false;
  let bytes = 0;
  async function* body(): AsyncIterable<Uint8Array> {
    try {
      for await (const piece of file.body) {
        bytes += piece.byteLength;
        if (bytes > most) return; // a host that announces no length, or not that of what it sends
        yield piece;
      }
    } catch (error) {
      networkBroke = true;
      throw error;
    }
  }
  try {
    await writeClip(body(), part, signal);
    failPoint('save: fetched');
  } catch (error) {
    await rm(part, { force: true });
    if (signal.aborted) return { kind: 'later', pause: 0 };
    parts.log(`${job.id}: the clip broke off: ${fileTrouble(error).code}`);
    return networkBroke ? broken(memory) : { kind: 'never', why: 'storage' };
  }
  if (bytes > most) {
    await rm(part, { force: true });
    return tooLarge(job, { bytes: most, atLeast: true }, parts);
  }
  // a length other than the announced one has ended in an error already: both ways to the network count
  const clip = await inspectClip(part, signal);
  failPoint('save: checked');
  if (clip.kind === 'clip') {
    const { kind: _, ...verified } = clip;
    const synced = await fsyncFile(part);
    failPoint('save: synced');
    return synced.kind === 'synced' ? { kind: 'clip', verified } : { kind: 'never', why: 'storage' };
  }
  await rm(part, { force: true });
  if (clip.kind === 'trouble') return { kind: 'never', why: 'storage' };
  parts.log(`${job.id}: what came is no whole clip: ${clip.what}`);
  return clip.what === 'cutOff' ? broken(memory) : emptyHanded(memory, 'notAVideo');
}

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
