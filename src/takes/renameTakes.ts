import { link, lstat, rename, unlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, type FileTrouble, fileTrouble } from './fileTrouble';
import { nameOnce } from './nameOnce';
import type { Take } from './take';
import { TakeFolders } from './takeFolders';
import { moveSidecar } from './writeSidecar';

export type TakesRenaming =
  | { readonly kind: 'renamed'; readonly count: number }
  /** Something of that name is there. What was renamed before it stays so, whole. */
  | { readonly kind: 'nameTaken'; readonly file: string }
  | FileTrouble;

/** Gives every take in the folder of a shot the shot's name. After a stop at any point each clip still has a sidecar that names it. */
export async function renameTakes(folder: string, stem: string, shot: string): Promise<TakesRenaming> {
  const takes = await new TakeFolders(() => 0).takesIn(folder);
  let count = 0;
  for (const take of takes) {
    if (take.sidecar.shot === shot && renamed(take.sidecarPath, stem) === take.sidecarPath) continue;
    const renaming = await renameTake(take, stem, shot);
    if (renaming.kind !== 'renamed') return renaming;
    count++;
  }
  return { kind: 'renamed', count };
}

/** Both names lead to the clip until the sidecar names the new one. */
async function renameTake({ clip, sidecar, sidecarPath, poster }: Take, stem: string, shot: string): Promise<TakesRenaming> {
  const output = { ...sidecar.output, file: renamed(sidecar.output.file, stem) };
  const newClip = clip && path.join(path.dirname(clip), output.file);
  try {
    const isLinked = clip !== undefined && newClip !== undefined && clip !== newClip && (await linkTo(clip, newClip));
    if (isLinked === 'taken') return { kind: 'nameTaken', file: newClip ?? '' };
    const to = renamed(sidecarPath, stem);
    const writing = await moveSidecar(sidecarPath, to, { ...sidecar, shot, output });
    if (writing.kind === 'nameTaken') {
      if (isLinked === 'linked' && newClip !== undefined) await unlink(newClip).catch(() => undefined);
      return { kind: 'nameTaken', file: to };
    }
    if (writing.kind !== 'written') return writing;
    if (isLinked === 'linked') await unlink(clip ?? '');
    // a poster is made anew when a page next shows the clip
    if (poster !== undefined && renamed(poster, stem) !== poster) await nameOnce(poster, renamed(poster, stem)).catch(() => undefined);
    return { kind: 'renamed', count: 1 };
  } catch (error) {
    return fileTrouble(error);
  }
}

/** `moved`: this disk knows no second name for a file. */
async function linkTo(from: string, to: string): Promise<'linked' | 'moved' | 'taken'> {
  try {
    await link(from, to);
    return 'linked';
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return (await isSameFile(from, to)) ? await isOtherCase(from, to) : 'taken';
    return (await nameOnce(from, to)) === 'named' ? 'moved' : 'taken';
  }
}

/** Where names differ in case alone the disk may hold them for one; two links are left of a rename that was stopped. */
async function isOtherCase(from: string, to: string): Promise<'linked' | 'moved'> {
  if (from.toLowerCase() !== to.toLowerCase()) return 'linked';
  await rename(from, to);
  return 'moved';
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([lstat(one), lstat(other)]);
  return first.ino === second.ino && first.dev === second.dev;
}

/** Number and ending stay. */
function renamed(file: string, stem: string): string {
  const name = path.basename(file);
  const at = name.search(/_take-\d{1,9}(?:\.[^.]*)?$/i);
  return at < 0 ? file : path.join(path.dirname(file), stem + name.slice(at)).replace(/^\.[/\\]/, '');
}
