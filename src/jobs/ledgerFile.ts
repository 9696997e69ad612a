import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { OverBudget } from './budget';
import type { Clock } from './clock';
import { LedgerTrouble } from './ledgerTrouble';
import { isBroken, isBusy } from './sqliteErrors';

/** What each version of the file added to the one before. Migrations only add. */
const migrations: readonly string[] = [
  `
  CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    api_base TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    job_order TEXT NOT NULL,
    micro_usd INTEGER,
    owner TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    cancel_asked_at INTEGER,
    state TEXT NOT NULL,
    job_id TEXT,
    detail TEXT NOT NULL,
    changed_at INTEGER NOT NULL,
    UNIQUE (account, job_id)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS jobs_by_state ON jobs (state);
  CREATE INDEX IF NOT EXISTS jobs_by_time ON jobs (created_at);
`,
  `
  CREATE TABLE watches (
    account TEXT NOT NULL,
    api_base TEXT NOT NULL,
    owner TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    looks_asked INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (account, api_base)
  ) STRICT;
`,
  `
  ALTER TABLE jobs ADD COLUMN paused TEXT;
  CREATE TABLE answers (job TEXT PRIMARY KEY, status INTEGER NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
  CREATE INDEX jobs_by_job_id ON jobs (job_id);
`,
  `
  CREATE TABLE assets (
    account TEXT NOT NULL,
    api_base TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    asset_id TEXT NOT NULL,
    address TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (account, api_base, sha256)
  ) STRICT;
`,
  `
  ALTER TABLE jobs ADD COLUMN batch TEXT;
  ALTER TABLE jobs ADD COLUMN reserved_micro_usd INTEGER;
  CREATE INDEX jobs_by_batch ON jobs (batch) WHERE batch IS NOT NULL;
`,
];

/** The oldest reader of a file this version writes. */
export const schemaVersion = migrations.length;

export interface FileKind {
  readonly name: string;
  readonly migrations: readonly string[];
  /** Whether what was committed is still there after a power cut. */
  readonly durable: boolean;
}

export const ledgerKind: FileKind = { name: 'ledger.sqlite', migrations, durable: true };

/** What windows tell each other while they live. Written every few seconds, and worth nothing after a power cut. */
export const windowsKind: FileKind = {
  name: 'windows.sqlite',
  migrations: [
    `
  CREATE TABLE beats (owner TEXT PRIMARY KEY, beat INTEGER NOT NULL) STRICT;
  CREATE TABLE calls (id INTEGER PRIMARY KEY CHECK (id = 1), full_at INTEGER NOT NULL) STRICT;
`,
  ],
  durable: false,
};

/** Milliseconds a call waits for other windows before it gives up. */
const patience = 10_000;

/** The SQLite file of the ledger: opened at the first call, closed when nobody uses it, set aside when it is broken. */
export class LedgerFile {
  private database: DatabaseSync | undefined;
  /** Calls under way, and watches that call often: while there is one the file stays open. */
  private users = 0;

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
    private readonly kind: FileKind = ledgerKind,
  ) {}

  get exists(): boolean {
    return this.database !== undefined || existsSync(this.path);
  }

  /** The version that this window writes: a file of a later one is for it to read, and to bring an answer to. */
  get version(): number {
    return this.kind.migrations.length;
  }

  /** Throws `newer` when a later version has written the file: this window is not to work on its rows any more. */
  async mustNotBeNewer(): Promise<void> {
    await this.use((database) => {
      if (versionOf(database) > this.version) throw new LedgerTrouble('newer');
    });
  }

  stayOpen(): void {
    this.users += 1;
  }

  rest(): void {
    this.users -= 1;
    this.closeUnused();
  }

  /** Waits for other windows, in short pauses, and throws LedgerTrouble when it is in vain. */
  async use<T>(use: (database: DatabaseSync) => T): Promise<T> {
    const started = this.clock.monotonic();
    let mended = false;
    this.users += 1;
    try {
      for (let pause = 4; ; pause = Math.min(pause * 2, 100)) {
        try {
          return use(await this.open());
        } catch (error) {
          if (isBroken(error) && !mended) {
            mended = true;
            await this.setAside().catch((trouble: unknown) => this.log(`The ledger is broken and stays where it is: ${String(trouble)}`));
            continue;
          }
          if (!isBusy(error))
            throw error instanceof LedgerTrouble || error instanceof OverBudget ? error : new LedgerTrouble('unusable', error);
          if (this.clock.monotonic() - started > patience) throw new LedgerTrouble('busy', error);
          // never a busy wait: it would freeze the host that all extensions share
          await this.clock.wait(pause, never);
        }
      }
    } finally {
      this.users -= 1;
      this.closeUnused();
    }
  }

  private get path(): string {
    return join(this.folder, this.kind.name);
  }

  private async open(): Promise<DatabaseSync> {
    if (this.database) return this.database;
    const { DatabaseSync } = await sqlite();
    mkdirSync(this.folder, { recursive: true });
    this.database ??= prepared(new DatabaseSync(this.path, { timeout: 0 }), this.kind);
    return this.database;
  }

  private closeUnused(): void {
    if (this.users > 0) return;
    this.database?.close();
    this.database = undefined;
  }

  /** A broken file is kept for whoever can mend it; a new one takes its place. Another window may have done so just now. */
  private async setAside(): Promise<void> {
    this.database?.close();
    this.database = undefined;
    const { DatabaseSync } = await sqlite();
    if (this.database || !existsSync(this.path)) return;
    if (isWhole(() => new DatabaseSync(this.path, { timeout: 0, readOnly: true }))) return;
    const aside = `${this.path}.broken-${this.clock.wall()}`;
    renameSync(this.path, aside);
    // a journal left behind would be played back into the new file
    if (existsSync(`${this.path}-journal`)) renameSync(`${this.path}-journal`, `${aside}-journal`);
    this.log(`The ledger could not be read and was set aside as ${aside}`);
  }
}

const never = new AbortController().signal;

function sqlite(): Promise<typeof import('node:sqlite')> {
  return import('node:sqlite').catch((error: unknown) => {
    throw new LedgerTrouble('noSqlite', error);
  });
}

/** IMMEDIATE: a plain BEGIN meets SQLITE_BUSY half-way in spite of any time-out. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    database.exec('COMMIT');
    return value;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function prepared(database: DatabaseSync, { migrations: steps, durable }: FileKind): DatabaseSync {
  try {
    database.exec(`PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = ${durable ? 'FULL' : 'OFF'}`);
    if (versionOf(database) < steps.length)
      transaction(database, () => {
        // another window may have been first, perhaps with a newer version
        for (const step of steps.slice(versionOf(database))) database.exec(step);
        if (versionOf(database) < steps.length) database.exec(`PRAGMA user_version = ${steps.length}`);
      });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

export function versionOf(database: DatabaseSync): number {
  const version = database.prepare('PRAGMA user_version').get()?.user_version;
  return typeof version === 'number' ? version : 0;
}

function isWhole(open: () => DatabaseSync): boolean {
  try {
    const database = open();
    try {
      return database.prepare('PRAGMA quick_check(1)').get()?.quick_check === 'ok';
    } finally {
      database.close();
    }
  } catch (error) {
    if (isBroken(error)) return false;
    throw error;
  }
}
