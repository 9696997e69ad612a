import { rmSync } from 'node:fs';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobParts } from './jobParts';
import { perhapsFolder } from './perhapsWatch';

/** Milliseconds after which nobody still looks at a clip that was fetched to be looked at, whose name tells no window. */
const previewsKept = 24 * 3_600_000;

/**
 * Removes what dead runs have left of clips on their way, and what a power cut brought back. Whose file it is, its name
 * tells, and whether that job has ended, the ledger: a file of a live job may be another window's download, or the only
 * copy of a clip, and stays; so does one of no row, since the ledger may have been set aside.
 */
export async function clearParts({ ledger, clipStore, log }: Pick<JobParts, 'ledger' | 'clipStore' | 'log'>): Promise<void> {
  const guessed = perhapsFolder(clipStore);
  const parts = (await namesIn(clipStore)).filter((name) => name.endsWith('.part')).map((name) => ({ name, file: join(clipStore, name) }));
  const guesses = (await namesIn(guessed)).map((name) => ({ name, file: join(guessed, name) }));
  for (const { name, file } of [...parts, ...guesses]) {
    const isPreview = name.startsWith('found-') || name.startsWith('.');
    if (isPreview ? await clearPreview(file) : await ledger.ifEnded(name, () => rmSync(file, { force: true })))
      log(`${name} was left by an earlier run and is removed`);
  }
}

async function clearPreview(file: string): Promise<boolean> {
  const { mtimeMs } = await lstat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
  if (Date.now() - mtimeMs < previewsKept) return false;
  return rm(file, { force: true }).then(
    () => true,
    () => false,
  );
}

async function namesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
