import { copyFile, link, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fsyncFile } from '../takes/fsync';
import { sameClip } from '../takes/placeClip';
import type { Job, SavedTake, Verified } from './job';

/** A clip that is kept in the storage becomes a part again, which then looks for its name as any other. Nothing is fetched. */
export async function partOfKept(job: Job, saved: SavedTake & Verified, clipStore: string, signal: AbortSignal): Promise<boolean> {
  const part = join(clipStore, `${job.id}-${job.epoch}.part`);
  try {
    await mkdir(clipStore, { recursive: true });
    if (!(await sameClip(part, saved.sha256, saved.bytes, signal))) {
      await rm(part, { force: true });
      await link(saved.clip, part).catch(() => copyFile(saved.clip, part));
    }
    return (await fsyncFile(part)).kind === 'synced';
  } catch {
    return false;
  }
}

/** Once the ledger knows of the part, which holds the same bytes. */
export async function removeKept({ clip, sidecar }: SavedTake): Promise<void> {
  for (const file of [clip, sidecar]) await rm(file, { force: true }).catch(() => undefined);
}

/** What is known of the bytes, without their place. */
export function verifiedPart({ sha256, bytes, container, width, height, seconds, videoCodec, audioCodec }: Verified): Verified {
  return { sha256, bytes, container, width, height, seconds, videoCodec, audioCodec };
}
