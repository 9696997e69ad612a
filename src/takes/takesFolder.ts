import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { failPoint } from './failPoint';
import { errorCode, type FileTrouble, fileTrouble } from './fileTrouble';
import { safeName } from './takeNames';

/** What decides where takes go. Paths are absolute. */
export interface TakesPlace {
  /** `board`: its name without ending, and the value of `takes` in its front matter. `day`: ISO, of loose takes. */
  readonly kind:
    | { readonly kind: 'loose'; readonly day: string }
    | { readonly kind: 'board'; readonly board: string; readonly takes?: string };
  /** Absent for a text that was never saved. */
  readonly documentPath?: string;
  /** The one the document lies in, or the first one for a text that was never saved. */
  readonly workspaceFolder?: string;
  readonly setting?: { readonly value: string; readonly from: 'user' | 'workspace' };
  /** The user's folder for videos, for when no folder is open. */
  readonly videosFolder: string;
  /** For a setting that begins with `~/`. */
  readonly homeFolder?: string;
}

/** `path` may not exist yet; it lies in `root`, links followed. */
export interface PlannedFolder {
  readonly kind: 'folder';
  readonly path: string;
  readonly root: string;
}

export type TakesFolder =
  | PlannedFolder
  | { readonly kind: 'refused'; readonly reason: 'absolutePath' | 'outsideRoot' | 'brokenLink' | 'notAFolder'; readonly path: string }
  | FileTrouble;

/**
 * Text that comes with a project (a storyboard, workspace settings) can name only folders inside that project; the user's own
 * setting may name any folder. Nothing is made yet.
 */
export async function takesFolder(place: TakesPlace): Promise<TakesFolder> {
  const wanted = wantedFolder(place);
  if (wanted.kind !== 'folder') return wanted;
  return insideRoot(wanted);
}

/** Makes it, and looks again: a link may have come in between. The path of the answer is free of links. */
export async function makeTakesFolder({ path: folder, root }: PlannedFolder): Promise<TakesFolder> {
  const before = await insideRoot({ kind: 'folder', path: folder, root });
  if (before.kind !== 'folder') return before;
  try {
    await makeFolders(before.path);
    failPoint('folder: made');
    return await insideRoot({ kind: 'folder', path: before.path, root });
  } catch (error) {
    return errorCode(error) === 'EEXIST' ? { kind: 'refused', reason: 'notAFolder', path: folder } : fileTrouble(error);
  }
}

/** Node's own recursive mkdir never ends where the system answers ENOENT for a folder whose parent is there (/proc, some mounts). */
async function makeFolders(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  if (path.dirname(folder) !== folder) await makeFolders(path.dirname(folder));
  try {
    await mkdir(folder);
  } catch (error) {
    // another window may have been faster
    if (errorCode(error) !== 'EEXIST' || !(await isFolder(folder))) throw error;
  }
}

async function isFolder(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory();
  } catch {
    return false;
  }
}

function wantedFolder(place: TakesPlace): TakesFolder {
  const { kind, documentPath, workspaceFolder, setting, videosFolder, homeFolder } = place;
  const below = kind.kind === 'loose' ? path.join('loose', kind.day) : safeName(kind.board, 'board');
  const fromBoard = kind.kind === 'board' && kind.takes !== undefined && kind.takes.trim() !== '' ? kind.takes.trim() : undefined;
  const value = setting?.value.trim();

  if (fromBoard === undefined && value && setting?.from === 'user') {
    const own = homeFolder !== undefined && /^~[/\\]/.test(value) ? path.join(homeFolder, value.slice(2)) : value;
    if (path.isAbsolute(own)) return { kind: 'folder', path: path.join(own, below), root: own };
  }
  const named = fromBoard ?? (value || 'takes');
  if (isAbsoluteSomewhere(named)) return { kind: 'refused', reason: 'absolutePath', path: named };

  const beside = documentPath === undefined ? workspaceFolder : path.dirname(documentPath);
  if (beside === undefined || (workspaceFolder === undefined && kind.kind === 'loose')) {
    return { kind: 'folder', path: path.join(videosFolder, 'Krea Video', below), root: videosFolder };
  }
  const folder = path.resolve(beside, named);
  return { kind: 'folder', path: fromBoard === undefined ? path.join(folder, below) : folder, root: workspaceFolder ?? beside };
}

/** Also by the rules of other systems: a project is read on all of them. */
const isAbsoluteSomewhere = (text: string) =>
  path.posix.isAbsolute(text) || path.win32.isAbsolute(text) || /^[a-z]:/i.test(text) || /^~([/\\]|$)/.test(text);

async function insideRoot({ path: folder, root }: PlannedFolder): Promise<TakesFolder> {
  try {
    const [realRoot, realFolder] = [await followLinks(root), await followLinks(folder)];
    if (realRoot === undefined || realFolder === undefined) return { kind: 'refused', reason: 'brokenLink', path: folder };
    const way = path.relative(realRoot, realFolder);
    if (way === '..' || way.startsWith(`..${path.sep}`) || path.isAbsolute(way))
      return { kind: 'refused', reason: 'outsideRoot', path: folder };
    return { kind: 'folder', path: realFolder, root };
  } catch (error) {
    return errorCode(error) === 'ENOTDIR' ? { kind: 'refused', reason: 'notAFolder', path: folder } : fileTrouble(error);
  }
}

/** The real path of what exists, and the rest as written; undefined where a link leads to nothing (and could be pointed anywhere). */
async function followLinks(folder: string): Promise<string | undefined> {
  try {
    const real = await realpath(folder);
    if (!(await stat(real)).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    return real;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
  const there = await lstat(folder).catch(() => undefined);
  if (there?.isSymbolicLink()) return undefined;
  if (there) return followLinks(folder); // made by another window just now
  const above = path.dirname(folder);
  const realAbove = above === folder ? undefined : await followLinks(above);
  return realAbove && path.join(realAbove, path.basename(folder));
}
