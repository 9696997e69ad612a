import { lstat } from 'node:fs/promises';

/** Whether a file of no bytes stands there: on a disk without hard links a name that is reserved looks like this. */
export async function isEmpty(file: string): Promise<boolean> {
  return lstat(file).then(
    (stats) => stats.isFile() && stats.size === 0,
    () => false,
  );
}
