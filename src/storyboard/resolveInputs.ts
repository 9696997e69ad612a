import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InputPlace } from './inputs';

/** A place with the file it means. */
export interface ResolvedInput extends InputPlace {
  /** Its real path: no link leads on from it. */
  readonly file: string;
  /** For people and sidecars: relative to the root with `/`, else the name alone. */
  readonly shown: string;
}

export type ResolvedInputs =
  | { readonly kind: 'inputs'; readonly inputs: readonly ResolvedInput[] }
  | { readonly kind: 'refused'; readonly place: InputPlace; readonly why: 'missing' | 'outside' | 'unreadable'; readonly code?: string };

export interface InputFolders {
  /** Where relative paths begin, the nearest first: the folder of the text, then its workspace folder. */
  readonly bases: readonly string[];
  /** What a text may name lies inside: the workspace folder, else the folder of the file. None: it may name nothing. */
  readonly root?: string;
  /** Paths that the user has pointed at by hand. These may lie anywhere. */
  readonly chosen: ReadonlySet<string>;
}

/** From what a request says to files. Whether they are fit to be sent is not looked at. */
export async function resolveInputs(places: readonly InputPlace[], folders: InputFolders): Promise<ResolvedInputs> {
  const inputs: ResolvedInput[] = [];
  const root = folders.root === undefined ? undefined : await realpath(folders.root).catch(() => undefined);
  for (const place of places) {
    const found = await findFile(place.written, folders.bases);
    if (typeof found !== 'string') return { kind: 'refused', place, ...found };
    const way = root === undefined ? undefined : path.relative(root, found);
    const inside = way !== undefined && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
    if (!inside && !folders.chosen.has(place.written)) return { kind: 'refused', place, why: 'outside' };
    inputs.push({ ...place, file: found, shown: inside ? way.replaceAll('\\', '/') : path.basename(found) });
  }
  return { kind: 'inputs', inputs };
}

interface NotFound {
  readonly why: 'missing' | 'unreadable';
  readonly code?: string;
}

async function findFile(written: string, bases: readonly string[]): Promise<string | NotFound> {
  const plain = plainPath(written);
  if (plain === undefined) return { why: 'missing' };
  const candidates = path.isAbsolute(plain) ? [plain] : bases.map((base) => path.resolve(base, plain));
  for (const candidate of candidates)
    try {
      return await realpath(candidate);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN';
      if (code !== 'ENOENT' && code !== 'ENOTDIR') return { why: 'unreadable', code };
    }
  return { why: 'missing' };
}

function plainPath(written: string): string | undefined {
  if (written.includes('\0')) return undefined;
  if (!/^file:/i.test(written)) return written.trim();
  try {
    return fileURLToPath(written);
  } catch {
    return undefined; // a host, or signs that no path has
  }
}
