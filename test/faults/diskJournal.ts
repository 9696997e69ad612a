import { lstatSync, readFileSync, writeSync } from 'node:fs';
import fsPromises from 'node:fs/promises';

/** What this process did to the disk, in order: enough to say what a power cut after any step leaves. Bytes are base64. */
export type DiskEvent =
  /** A name leads to a file from now on; `made`: a new one, without content. */
  | { readonly kind: 'named'; readonly path: string; readonly file: number; readonly made: boolean }
  | { readonly kind: 'renamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'removed'; readonly path: string }
  | { readonly kind: 'syncedFile'; readonly file: number; readonly bytes: string }
  | { readonly kind: 'syncedFolder'; readonly path: string }
  | { readonly kind: 'committed'; readonly bytes: string };

/** Begins the journal of this process. Returns what tells it of a commit of the ledger. */
export function keepDiskJournal(to: number): (ledger: string) => void {
  const tell = (event: DiskEvent): void => void writeSync(to, `${JSON.stringify(event)}\n`);
  const { open, link, rename, unlink, rm } = fsPromises;
  Object.assign(fsPromises, {
    open: async (...args: Parameters<typeof open>) => {
      const path = String(args[0]);
      const before = lstatSync(path, { throwIfNoEntry: false });
      const handle = await open(...args);
      const stats = lstatSync(path);
      if (!before) tell({ kind: 'named', path, file: stats.ino, made: true });
      const sync = handle.sync.bind(handle);
      handle.sync = async () => {
        await sync();
        if (stats.isDirectory()) tell({ kind: 'syncedFolder', path });
        else tell({ kind: 'syncedFile', file: stats.ino, bytes: readFileSync(path, 'base64') });
      };
      return handle;
    },
    link: async (from: string, path: string) => {
      await link(from, path);
      tell({ kind: 'named', path, file: lstatSync(path).ino, made: false });
    },
    rename: async (from: string, path: string) => {
      await rename(from, path);
      tell({ kind: 'renamed', from, to: path });
    },
    unlink: async (path: string) => {
      await unlink(path);
      tell({ kind: 'removed', path });
    },
    rm: async (path: string, options: Parameters<typeof rm>[1]) => {
      await rm(path, options);
      tell({ kind: 'removed', path });
    },
  });
  return (ledger) => tell({ kind: 'committed', bytes: readFileSync(ledger, 'base64') });
}
