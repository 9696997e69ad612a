import { createReadStream, createWriteStream } from 'node:fs';
import { link, lstat, open, readdir, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { errorCode, type FileTrouble, fileTrouble } from './fileTrouble';
import { sha256Of } from './sha256Of';
import { nextTakeNumber } from './takeNames';

export type Placing = { readonly kind: 'placed' } | { readonly kind: 'nameTaken' } | { readonly kind: 'partGone' } | FileTrouble;
export type Syncing = { readonly kind: 'synced' } | FileTrouble;

/** The file system has no hard links (FAT, many network and container mounts), or refuses them. */
const noHardLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'EISDIR', 'UNKNOWN', 'EACCES']);

/** After this the bytes of the file survive a power cut. */
export async function fsyncFile(file: string): Promise<Syncing> {
  try {
    // Windows flushes only what is open for writing
    await using handle = await open(file, 'r+');
    await handle.sync();
    return { kind: 'synced' };
  } catch (error) {
    return fileTrouble(error);
  }
}

/** After this the names in the folder survive a power cut. */
export async function fsyncFolder(folder: string): Promise<Syncing> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
    return { kind: 'synced' };
  } catch (error) {
    // Windows and some mounts have no such call: there the journal of the file system is all there is
    return ['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EBADF', 'EACCES'].includes(errorCode(error)) ? { kind: 'synced' } : fileTrouble(error);
  }
}

export async function freeTakeNumber(
  folder: string,
  stem: string,
): Promise<{ readonly kind: 'number'; readonly number: number } | FileTrouble> {
  try {
    return { kind: 'number', number: nextTakeNumber(stem, await readdir(folder)) };
  } catch (error) {
    return fileTrouble(error);
  }
}

/**
 * Gives a finished part its name. A file of that name is never replaced; the part is removed once the clip stands.
 * May be repeated after a kill at any point: a clip that is the part under another name counts as placed.
 */
export async function placeClip(part: string, clip: string, signal: AbortSignal): Promise<Placing> {
  try {
    await lstat(part);
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? { kind: 'partGone' } : fileTrouble(error);
  }
  const placing = await linkOrCopy(part, clip, signal);
  if (placing.kind !== 'placed') return placing;
  const syncing = await fsyncFolder(path.dirname(clip));
  if (syncing.kind === 'trouble') return syncing;
  // a part that stays behind is litter in the storage, no harm
  await unlink(part).catch(() => undefined);
  return placing;
}

async function linkOrCopy(part: string, clip: string, signal: AbortSignal): Promise<Placing> {
  try {
    await link(part, clip);
    return { kind: 'placed' };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return (await isSameFile(part, clip)) ? { kind: 'placed' } : { kind: 'nameTaken' };
    if (code === 'EXDEV') return copyAcross(part, clip, signal);
    return noHardLinks.has(code) ? copyAcross(part, clip, signal) : fileTrouble(error);
  }
}

/** Never half a clip under its name: the copy is whole and on disk before it gets it. */
async function copyAcross(part: string, clip: string, signal: AbortSignal): Promise<Placing> {
  const copy = path.join(path.dirname(clip), `.${path.basename(part)}.copy`);
  try {
    // the name holds job and epoch: what lies there is our own, from before a kill
    await rm(copy, { force: true });
    await pipeline(createReadStream(part), createWriteStream(copy, { flags: 'wx', flush: true }), { signal });
    return await nameCopy(copy, clip);
  } catch (error) {
    if (signal.aborted) return { kind: 'trouble', reason: 'outOfReach', code: 'ABORT' };
    return fileTrouble(error);
  } finally {
    await rm(copy, { force: true }).catch(() => undefined);
  }
}

async function nameCopy(copy: string, clip: string): Promise<Placing> {
  try {
    await link(copy, clip);
    return { kind: 'placed' };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'EEXIST') return { kind: 'nameTaken' };
    return noHardLinks.has(code) ? reserveAndRename(copy, clip) : fileTrouble(error);
  }
}

/** An empty file made under the name only if there is none: what the rename then replaces is ours. */
async function reserveAndRename(copy: string, clip: string): Promise<Placing> {
  try {
    await (await open(clip, 'wx')).close();
  } catch (error) {
    return errorCode(error) === 'EEXIST' ? { kind: 'nameTaken' } : fileTrouble(error);
  }
  try {
    await rename(copy, clip);
    return { kind: 'placed' };
  } catch (error) {
    await unlink(clip).catch(() => undefined);
    return fileTrouble(error);
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  try {
    const [a, b] = await Promise.all([lstat(one, { bigint: true }), lstat(other, { bigint: true })]);
    return a.ino !== 0n && a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false;
  }
}

/** Whether the delivered bytes stand under this name. False also when that cannot be read. */
export async function sameClip(file: string, sha256: string, bytes: number, signal: AbortSignal): Promise<boolean> {
  try {
    const { size } = await lstat(file);
    return size === bytes && (await sha256Of(file, signal)).sha256 === sha256;
  } catch {
    return false;
  }
}
