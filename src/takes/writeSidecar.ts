import { link, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { errorCode, type FileTrouble, fileTrouble } from './fileTrouble';
import { fsyncFolder } from './placeClip';
import { readSidecar, type Sidecar } from './sidecar';
import { withoutPrivateParts } from './withoutPrivateParts';

export type SidecarWriting = { readonly kind: 'written' } | { readonly kind: 'nameTaken' } | FileTrouble;

/**
 * Whole and on disk, or not there at all. A file of that name is replaced only when it is the sidecar of the same job.
 * The sidecar comes before the clip (rule 11), so it is here that two saves for one name are told apart.
 */
export async function writeSidecar(file: string, sidecar: Sidecar): Promise<SidecarWriting> {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.${path.basename(file)}.${sidecar.job_id.replace(/[^\w-]/g, '')}.tmp`);
  try {
    await rm(temporary, { force: true });
    await writeDurably(temporary, `${JSON.stringify(withoutPrivateParts(sidecar), null, 2)}\n`);
    const result = await nameIt(temporary, file, sidecar.job_id);
    if (result.kind !== 'written') return result;
    const syncing = await fsyncFolder(folder);
    return syncing.kind === 'trouble' ? syncing : result;
  } catch (error) {
    return fileTrouble(error);
  } finally {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** When the clip's name was taken: the new content under the new name first, then away with the old file, if it is this job's. */
export async function moveSidecar(from: string, to: string, sidecar: Sidecar): Promise<SidecarWriting> {
  const writing = await writeSidecar(to, sidecar);
  if (writing.kind !== 'written' || from === to) return writing;
  try {
    if (await isOf(from, sidecar.job_id)) await unlink(from);
    return writing;
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? writing : fileTrouble(error);
  }
}

async function writeDurably(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'wx');
  await handle.writeFile(text);
  await handle.sync();
}

async function nameIt(temporary: string, file: string, jobId: string): Promise<SidecarWriting> {
  try {
    await link(temporary, file);
    return { kind: 'written' };
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENOSPC' || code === 'EROFS' || code === 'EIO') return fileTrouble(error);
    if (code !== 'EEXIST' && (await reserve(file))) return replace(temporary, file);
  }
  return (await isOf(file, jobId)) ? replace(temporary, file) : { kind: 'nameTaken' };
}

/** Without hard links: an empty file, made only if there is none of that name, is ours to replace. */
async function reserve(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx')).close();
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

async function replace(temporary: string, file: string): Promise<SidecarWriting> {
  await rename(temporary, file);
  return { kind: 'written' };
}

async function isOf(file: string, jobId: string): Promise<boolean> {
  try {
    return readSidecar(JSON.parse(await readFile(file, 'utf8')))?.job_id === jobId;
  } catch {
    return false;
  }
}
