import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';

/** SQLITE_BUSY from another process, SQLITE_FULL from a full disk, SQLITE_IOERR from a file system that writes nothing. */
export type LedgerTrouble = 'BUSY' | 'FULL' | 'IOERR';

/** Real milliseconds that a ledger is in trouble: longer than the patience of its calls. */
export const troubleMs = 900;
/** Bytes: enough for two ledgers, their journals and a few clips. */
const smallDisk = 768 * 1024;
const mounted = new Set<string>();
process.once('exit', () => {
  for (const folder of mounted) unmount(folder);
});

/** Puts a small disk of its own under the folder. False where only an administrator may. */
export function mountSmallDisk(folder: string): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${smallDisk}`, 'tmpfs', folder], { stdio: 'ignore' });
    mounted.add(folder);
    return true;
  } catch {
    return false;
  }
}

export function unmount(folder: string): void {
  mounted.delete(folder);
  try {
    execFileSync('umount', ['--lazy', folder], { stdio: 'ignore' });
  } catch {
    // it was none
  }
}

/** What a killed run left mounted below the folder. */
export function unmountBelow(folder: string): void {
  if (process.platform !== 'linux') return;
  for (const line of readFileSync('/proc/mounts', 'utf8').split('\n')) {
    const place = line.split(' ')[1];
    if (place?.startsWith(folder)) unmount(place);
  }
}

/** Begins the trouble for a window that is stopped just now. Returns what ends it. */
export async function beginTrouble(trouble: LedgerTrouble, storage: string, pid: number): Promise<() => void> {
  switch (trouble) {
    case 'BUSY':
      return lockOut(path.join(storage, 'ledger.sqlite'));
    case 'FULL':
      return fillDisk(path.join(storage, 'filler'), mounted.has(storage));
    case 'IOERR':
      // no file may grow past 0 bytes: EFBIG, which SQLite calls an I/O error
      execFileSync('prlimit', ['--pid', String(pid), '--fsize=0:']);
      return () => {
        try {
          execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:'], { stdio: 'ignore' });
        } catch {
          // the window is gone
        }
      };
  }
}

/** As another process that works on the file for long. */
async function lockOut(file: string): Promise<() => void> {
  const other = new DatabaseSync(file, { timeout: 0 });
  for (let tries = 0; ; tries++)
    try {
      other.exec('BEGIN EXCLUSIVE');
      return () => other.close();
    } catch (error) {
      if (tries > 200) {
        other.close();
        throw error;
      }
      await pause(5);
    }
}

function fillDisk(filler: string, isSmall: boolean): () => void {
  if (!isSmall) return () => undefined; // the window limits its own ledger then
  const file = openSync(filler, 'w');
  try {
    for (const piece = Buffer.alloc(4096); ; ) writeSync(file, piece);
  } catch {
    // ENOSPC: it is full
  } finally {
    closeSync(file);
  }
  return () => rmSync(filler, { force: true });
}

/**
 * Where no small disk can be had: SQLite's own quota on the connection that this window has open. A long answer first,
 * so that the next one needs a page that may not be had. Returns what ends it.
 */
export function limitPages(database: DatabaseSync): () => void {
  database.exec("INSERT OR REPLACE INTO answers (job, status, body, at) VALUES ('filler', 0, printf('%3900s', ''), 0)");
  const pages = Number(database.prepare('PRAGMA page_count').get()?.page_count);
  database.exec(`PRAGMA max_page_count = ${pages}`);
  return () => {
    // a ledger that rests is closed, and the quota with it
    if (database.isOpen) database.exec('PRAGMA max_page_count = 1073741823');
  };
}
