import { open } from 'node:fs/promises';
import { errorCode, type FileTrouble, fileTrouble } from './fileTrouble';

export type Syncing = { readonly kind: 'synced' } | FileTrouble;

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

/** Windows and some mounts cannot sync a folder: there the journal of the file system is all there is. */
const noFolderSync = new Set(['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EBADF', 'EACCES']);

/** After this the names in the folder survive a power cut. */
export async function fsyncFolder(folder: string): Promise<Syncing> {
  try {
    await using handle = await open(folder, 'r');
    await handle.sync();
    return { kind: 'synced' };
  } catch (error) {
    return noFolderSync.has(errorCode(error)) ? { kind: 'synced' } : fileTrouble(error);
  }
}
