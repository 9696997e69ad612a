import { link, open, rename, unlink } from 'node:fs/promises';
import { failPoint } from './failPoint';
import { errorCode } from './fileTrouble';
import { isEmpty } from './isEmpty';

/** What systems answer where hard links do not exist: FAT, many network and container mounts, some sandboxes. */
const noHardLinks = new Set(['EPERM', 'EACCES', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL', 'EISDIR', 'UNKNOWN']);

/**
 * Gives a finished file its name in the same folder, or leaves it where it is when the name is taken: of several that ask at
 * once one gets it, and nothing that stands under the name is replaced. Throws the system's error.
 */
export async function nameOnce(from: string, to: string, makeLink: typeof link = link): Promise<'named' | 'taken'> {
  try {
    await makeLink(from, to);
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return 'taken';
    if (noHardLinks.has(errorCode(error))) return reserveAndRename(from, to);
    throw error;
  }
  failPoint('name: linked');
  await unlink(from);
  return 'named';
}

/** An empty file, made only if there is none of that name, is ours: the rename may replace it. */
async function reserveAndRename(from: string, to: string): Promise<'named' | 'taken'> {
  try {
    await (await open(to, 'wx')).close();
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return 'taken';
    throw error;
  }
  try {
    failPoint('name: reserved');
    await rename(from, to);
    return 'named';
  } catch (error) {
    // by now it may be somebody's clip: a window that was stopped here for hours has been replaced by another
    if (await isEmpty(to)) await unlink(to).catch(() => undefined);
    throw error;
  }
}
