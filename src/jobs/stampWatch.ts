import { mkdirSync, watch } from 'node:fs';
import { basename } from 'node:path';
import { Ledger } from './ledger';

/**
 * Calls `changed` at every commit to the ledger in this folder, by whatever window, until the answer is called.
 * The folder is made when it is not there: another window's first job would go unseen otherwise.
 */
export function watchStamp(folder: string, changed: () => void, log: (line: string) => void): () => void {
  try {
    mkdirSync(folder, { recursive: true });
    const stamp = basename(Ledger.stampOf(folder));
    const watcher = watch(folder, (_event, name) => {
      if (name === null || name === stamp) changed();
    });
    const stop = (): void => watcher.close();
    watcher.on('error', stop);
    return stop;
  } catch (error) {
    log(`Other windows' jobs are seen late: ${String(error)}`);
    return () => undefined;
  }
}
