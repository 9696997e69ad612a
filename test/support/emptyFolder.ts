import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const made: string[] = [];
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** A new temporary folder, free of links in its path, gone at the end of the process. */
export function emptyFolder(inside = tmpdir()): string {
  const folder = realpathSync(mkdtempSync(path.join(inside, 'krea-video-')));
  made.push(folder);
  return folder;
}

/** Where files stay in memory, if the system has such a place: for tests that would wait for the disk and for nothing else. */
export const inMemory: string | undefined = existsSync('/dev/shm') ? '/dev/shm' : undefined;
