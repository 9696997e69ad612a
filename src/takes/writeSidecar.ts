import { link, lstat, open, readFile, rename, rm, unlink } from 'node:fs/promises';
import path from 'node:path';
import { failPoint } from './failPoint';
import { errorCode, type FileTrouble, fileTrouble } from './fileTrouble';
import { fsyncFolder } from './fsync';
import { isEmpty } from './isEmpty';
import { nameOnce } from './nameOnce';
import { readSidecar, type Sidecar } from './sidecar';
import { withoutPrivateParts } from './withoutPrivateParts';

export type SidecarWriting = { readonly kind: 'written' } | { readonly kind: 'nameTaken' } | FileTrouble;

/**
 * Whole and on disk. After trouble it may stand there all the same: `removeSidecar`. A file of that name is replaced only when it is the sidecar of the same job.
 * The sidecar comes before the clip (rule 11), so it is here that two saves for one name are told apart.
 */
export async function writeSidecar(file: string, sidecar: Sidecar, makeLink: typeof link = link): Promise<SidecarWriting> {
  const folder = path.dirname(file);
  const temporary = path.join(folder, `.${path.basename(file)}.${sidecar.job_id.replace(/[^\w-]/g, '')}.tmp`);
  try {
    // left by a kill: then an empty file under the name can be what that try had reserved (see nameOnce)
    const begunBefore = await isThere(temporary);
    await rm(temporary, { force: true });
    await writeDurably(temporary, `${JSON.stringify(withoutPrivateParts(sidecar), null, 2)}\n`);
    failPoint('sidecar: temporary');
    if ((await nameOnce(temporary, file, makeLink)) === 'taken') {
      const ours = (await isOf(file, sidecar.job_id)) || (begunBefore && (await isEmpty(file)));
      if (!ours) return { kind: 'nameTaken' };
      await rename(temporary, file);
    }
    failPoint('sidecar: named');
    const syncing = await fsyncFolder(folder);
    failPoint('sidecar: synced');
    return syncing.kind === 'trouble' ? syncing : { kind: 'written' };
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

/** Takes a sidecar back, if it is this job's. */
export async function removeSidecar(file: string, jobId: string): Promise<void> {
  if (await isOf(file, jobId)) await unlink(file).catch(() => undefined);
}

async function writeDurably(file: string, text: string): Promise<void> {
  await using handle = await open(file, 'wx');
  await handle.writeFile(text);
  await handle.sync();
}

async function isThere(file: string): Promise<boolean> {
  return lstat(file).then(
    () => true,
    () => false,
  );
}

async function isOf(file: string, jobId: string): Promise<boolean> {
  try {
    return readSidecar(JSON.parse(await readFile(file, 'utf8')))?.job_id === jobId;
  } catch {
    return false;
  }
}
