import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Take } from './take';
import { TakeFolders } from './takeFolders';

/** The take of a job among the folders of a board's shots, wherever it was moved there; only one whose clip is here. */
export async function takeOfJob(boardFolder: string, jobId: string): Promise<Take | undefined> {
  const folders = await readdir(boardFolder, { withFileTypes: true }).catch(() => []);
  const takes = new TakeFolders(() => 0);
  for (const folder of folders) {
    if (!folder.isDirectory()) continue;
    const found = await takes.takesIn(path.join(boardFolder, folder.name));
    const take = found.find(({ clip, sidecar }) => clip !== undefined && sidecar.job_id === jobId);
    if (take) return take;
  }
  return undefined;
}
