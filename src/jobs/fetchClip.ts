import { mkdir, rm } from 'node:fs/promises';
import { type ClipReply, openClip } from '../krea/fileHost';
import type { OpenFile } from '../krea/transport';
import { fileTrouble } from '../takes/fileTrouble';
import { fsyncFile } from '../takes/fsync';
import { inspectClip } from '../takes/inspectClip';
import { writeClip } from '../takes/writeClip';
import type { Job, NotFetched, Verified } from './job';
import { belongsTo, type Connection, type JobParts } from './jobParts';
import type { LookMemory } from './lookAtJob';

export type Fetched =
  | { readonly kind: 'clip'; readonly verified: Verified }
  /** Worth another try after so many milliseconds. */
  | { readonly kind: 'later'; readonly pause: number }
  | { readonly kind: 'never'; readonly why: NotFetched };

/** Fresh addresses tried before a clip counts as not to be had. */
const mostEmptyHanded = 3;

/** Brings the clip whole to `part`. The bytes are checked before anyone believes in them. */
export async function fetchClip(
  job: Job,
  jobId: string,
  part: string,
  memory: LookMemory,
  parts: JobParts,
  signal: AbortSignal,
): Promise<Fetched> {
  const connection = await parts.connect();
  if (!connection || !belongsTo(connection, job)) return { kind: 'later', pause: 60_000 };
  const urls = await freshUrls(jobId, memory, connection, parts, signal);
  const url = urls?.[0];
  if (!url) return urls ? emptyHanded(memory, 'gone') : later(memory);
  const reply = await openClip(connection.network, url, connection.client.apiBase, signal);
  if (reply.kind !== 'open') {
    parts.log(`${job.id}: the clip could not be opened: ${wordsFor(reply)}`);
    if (reply.kind === 'gone') return emptyHanded(memory, 'gone');
    return reply.kind === 'refusedAddress' ? { kind: 'never', why: 'refusedAddress' } : later(memory);
  }
  return receive(job, reply.file, part, memory, parts, signal);
}

/** The addresses of the last look once; after that the service is asked anew, since addresses run out. */
async function freshUrls(
  jobId: string,
  memory: LookMemory,
  { client }: Connection,
  parts: JobParts,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const known = memory.urls;
  delete memory.urls;
  if (known && known.length > 0) return known;
  await parts.rate.turn(signal);
  const look = await client.job(jobId, signal);
  return look.kind === 'found' ? look.value.urls : undefined;
}

async function receive(job: Job, file: OpenFile, part: string, memory: LookMemory, parts: JobParts, signal: AbortSignal): Promise<Fetched> {
  try {
    await mkdir(parts.clipStore, { recursive: true });
    await writeClip(file.body, part, signal);
  } catch (error) {
    await rm(part, { force: true });
    const trouble = fileTrouble(error);
    parts.log(`${job.id}: the clip broke off: ${trouble.code}`);
    return isDisk(error) ? { kind: 'never', why: 'storage' } : later(memory);
  }
  const announced = file.headers['content-encoding'] ? undefined : file.headers['content-length'];
  const clip = await inspectClip(part, signal);
  if (clip.kind === 'clip' && (announced === undefined || Number(announced) === clip.bytes)) {
    const synced = await fsyncFile(part);
    if (synced.kind !== 'synced') return { kind: 'never', why: 'storage' };
    const { kind: _, ...verified } = clip;
    return { kind: 'clip', verified };
  }
  await rm(part, { force: true });
  parts.log(
    `${job.id}: what came is no whole clip: ${clip.kind === 'clip' ? 'wrong length' : clip.kind === 'notAVideo' ? clip.what : clip.code}`,
  );
  if (clip.kind === 'trouble') return later(memory);
  return emptyHanded(memory, clip.kind === 'notAVideo' && clip.what !== 'cutOff' ? 'notAVideo' : 'network');
}

/** Errors of our own disk, not of the network, which share a stream here. */
function isDisk(error: unknown): boolean {
  return (
    error instanceof Error && 'syscall' in error && typeof error.syscall === 'string' && /^(open|write|fsync|close)$/.test(error.syscall)
  );
}

function later(memory: LookMemory): Fetched {
  memory.troubles += 1;
  return { kind: 'later', pause: Math.min(60_000, 2500 * 2 ** Math.min(memory.troubles, 5)) };
}

function emptyHanded(memory: LookMemory, why: NotFetched): Fetched {
  memory.emptyHanded = (memory.emptyHanded ?? 0) + 1;
  return memory.emptyHanded >= mostEmptyHanded ? { kind: 'never', why } : { kind: 'later', pause: 2500 };
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
