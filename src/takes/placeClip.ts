import { createReadStream, createWriteStream } from 'node:fs';
import { link, lstat, readdir, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { failPoint } from './failPoint';
import { errorCode, type FileTrouble, fileTrouble } from './fileTrouble';
import { fsyncFolder } from './fsync';
import { nameOnce } from './nameOnce';
import { sha256Of } from './sha256Of';
import { nextTakeNumber } from './takeNames';

export type Placing = { readonly kind: 'placed' } | { readonly kind: 'nameTaken' } | { readonly kind: 'partGone' } | FileTrouble;

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
 * Gives a finished part its name. A file of that name is never replaced, and the part is removed only when the clip stands,
 * synced, under it. May be repeated after a kill at any point: `nameTaken` can then be our own clip, which `sameClip` tells.
 */
export async function placeClip(part: string, clip: string, signal: AbortSignal, makeLink: typeof link = link): Promise<Placing> {
  try {
    await lstat(part);
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? { kind: 'partGone' } : fileTrouble(error);
  }
  try {
    const placed = await linkOrCopy(part, clip, signal, makeLink);
    if (!placed) return { kind: 'nameTaken' };
    await makeLasting(clip);
    // a part that stays behind is litter in the storage and no harm
    await unlink(part).catch(() => undefined);
    failPoint('clip: part gone');
    return { kind: 'placed' };
  } catch (error) {
    return fileTrouble(error);
  }
}

/** A clip whose name would not survive a power cut does not stand there: the part is still the one. */
async function makeLasting(clip: string): Promise<void> {
  try {
    failPoint('clip: linked');
    const syncing = await fsyncFolder(path.dirname(clip));
    if (syncing.kind === 'trouble') throw Object.assign(new Error('not synced'), { code: syncing.code });
    failPoint('clip: synced');
  } catch (error) {
    await unlink(clip).catch(() => undefined);
    throw error;
  }
}

async function linkOrCopy(part: string, clip: string, signal: AbortSignal, makeLink: typeof link): Promise<boolean> {
  try {
    await makeLink(part, clip);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return isSameFile(part, clip);
    // also with no hard links at all: what is renamed must not be the part, which stays until the clip is safe
    if (errorCode(error) !== 'ENOENT') return copyAcross(part, clip, signal, makeLink);
    throw error;
  }
}

/** Never half a clip under its name: the copy is whole and on disk before it gets it. */
async function copyAcross(part: string, clip: string, signal: AbortSignal, makeLink: typeof link): Promise<boolean> {
  // the part's name holds job and epoch: a copy of that name is our own, from before a kill
  const copy = path.join(path.dirname(clip), `.${path.basename(part)}.copy`);
  try {
    await rm(copy, { force: true });
    await pipeline(createReadStream(part), createWriteStream(copy, { flags: 'wx', flush: true }), { signal });
    failPoint('clip: copied');
    return (await nameOnce(copy, clip, makeLink)) === 'named';
  } finally {
    await rm(copy, { force: true }).catch(() => undefined);
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([lstat(one, { bigint: true }), lstat(other, { bigint: true })]);
  return a.ino !== 0n && a.ino === b.ino && a.dev === b.dev;
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
