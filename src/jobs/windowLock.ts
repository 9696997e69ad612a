import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { isBusy } from './sqliteBusy';

/**
 * Says to the other windows that this one is alive: an exclusive lock on a small file of its own, which the system
 * frees when the process ends, and at nothing else (a stopped process still holds it).
 */
export class WindowLock {
  private held: DatabaseSync | undefined;
  private holders = 0;

  constructor(
    private readonly folder: string,
    readonly windowId: string,
  ) {}

  /** Each `hold` wants its `release`; the lock goes with the last. */
  async hold(): Promise<void> {
    this.holders += 1;
    if (this.held) return;
    await mkdir(this.folder, { recursive: true });
    const { DatabaseSync } = await import('node:sqlite');
    if (this.held || this.holders === 0) return;
    const file = new DatabaseSync(fileOf(this.folder, this.windowId), { timeout: 0 });
    file.exec('PRAGMA journal_mode = DELETE; BEGIN EXCLUSIVE');
    this.held = file;
  }

  /** Whether that window is gone. */
  async isFree(windowId: string): Promise<boolean> {
    if (windowId === this.windowId) return false;
    const { DatabaseSync } = await import('node:sqlite');
    const path = fileOf(this.folder, windowId);
    let file: DatabaseSync;
    try {
      file = new DatabaseSync(path, { timeout: 0 });
    } catch {
      return true; // the folder itself is gone
    }
    try {
      file.exec('BEGIN EXCLUSIVE; ROLLBACK');
    } catch (error) {
      return !isBusy(error);
    } finally {
      file.close();
    }
    await rm(path, { force: true });
    return true;
  }

  async release(): Promise<void> {
    this.holders = Math.max(0, this.holders - 1);
    if (this.holders > 0 || !this.held) return;
    this.held.close();
    this.held = undefined;
    await rm(fileOf(this.folder, this.windowId), { force: true });
  }
}

function fileOf(folder: string, windowId: string): string {
  return join(folder, `${windowId}.lock`);
}
