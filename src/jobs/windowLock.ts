import { rmSync, statSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** Nothing is ever written to the file, so that a journal beside it would only be litter. */
const noJournal = 'PRAGMA journal_mode = MEMORY';

/**
 * Says to the other windows that this one is alive: an exclusive lock on a small file of its own, which the system
 * frees when the process ends, and at nothing else (a stopped process still holds it).
 */
export class WindowLock {
  private held: DatabaseSync | undefined;
  private holders = 0;
  private times = 0;

  constructor(
    private readonly folder: string,
    private readonly windowId: string,
  ) {}

  /**
   * Whom the rows written under this lock belong to. Good while it is held: a name once let go is never locked again,
   * so that whoever finds it free may act on that, and remove its file, however late.
   */
  get owner(): string {
    return `${this.windowId}-${this.times}`;
  }

  /** Each `hold` wants its `release`; the lock goes with the last. Counts at once, before anything is awaited. */
  async hold(): Promise<void> {
    this.holders += 1;
    try {
      if (this.held) return;
      await mkdir(this.folder, { recursive: true });
      const { DatabaseSync } = await import('node:sqlite');
      if (this.held) return;
      this.times += 1;
      const file = new DatabaseSync(this.pathOf(this.owner), { timeout: 0 });
      file.exec(`${noJournal}; BEGIN EXCLUSIVE`);
      this.held = file;
    } catch (error) {
      this.holders -= 1;
      throw error;
    }
  }

  /** Whether the window that wrote rows as this owner is gone. What cannot be told counts as alive. */
  async isFree(owner: string): Promise<boolean> {
    if (this.held && owner === this.owner) return false;
    const path = this.pathOf(owner);
    if (!isThere(path)) return true;
    const { DatabaseSync } = await import('node:sqlite');
    try {
      const file = new DatabaseSync(path, { timeout: 0 });
      try {
        file.exec(`${noJournal}; BEGIN EXCLUSIVE; ROLLBACK`);
      } finally {
        file.close();
      }
    } catch {
      return false;
    }
    await rm(path, { force: true }).catch(() => undefined);
    return true;
  }

  release(): void {
    this.holders -= 1;
    if (this.holders > 0 || !this.held) return;
    this.held.close();
    this.held = undefined;
    try {
      rmSync(this.pathOf(this.owner), { force: true });
    } catch {
      // an empty file that nobody locks harms nobody
    }
  }

  private pathOf(owner: string): string {
    return join(this.folder, `${owner}.lock`);
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
