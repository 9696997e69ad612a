import { randomUUID } from 'node:crypto';
import { lstat, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { nameOnce } from '../takes/nameOnce';

/** The poster lies beside its clip and differs from it only in the ending. */
export function posterFile(clip: string): string {
  const { dir, name } = path.parse(clip);
  return path.join(dir, `${name}.jpg`);
}

/** `version` changes when the file does. A folder that cannot be read has no poster and takes none. */
export async function posterOf(
  clip: string,
): Promise<
  { readonly kind: 'there'; readonly file: string; readonly version: string } | { readonly kind: 'wanted' } | { readonly kind: 'none' }
> {
  const file = posterFile(clip);
  try {
    const found = await lstat(file);
    return found.isFile() ? { kind: 'there', file, version: `${Math.trunc(found.mtimeMs)}-${found.size}` } : { kind: 'none' };
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? { kind: 'wanted' } : { kind: 'none' };
  }
}

/** The first bytes of every JPEG. */
const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;

/** Whole or not at all, and never over a file of that name. Rejects with the system's error. */
export async function savePoster(clip: string, jpeg: Uint8Array): Promise<'saved' | 'there' | 'noJpeg'> {
  if (!isJpeg(jpeg)) return 'noJpeg';
  const file = posterFile(clip);
  const part = path.join(path.dirname(file), `.${randomUUID()}.jpg.part`);
  try {
    await writeFile(part, jpeg, { flag: 'wx' });
    return (await nameOnce(part, file)) === 'named' ? 'saved' : 'there';
  } finally {
    await rm(part, { force: true });
  }
}
