import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Clock } from './clock';
import { type Job, type JobState, jobIdOf, type StateName } from './job';
import { openJobsMarker } from './openJobsMarker';
import { readJob } from './readJob';
import { isBroken, isBusy } from './sqliteBusy';

/** The oldest reader of a file this version writes. Migrations only add. */
const schemaVersion = 1;

const schema = `
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
`;

const openStates = "('intended', 'submitting', 'queued', 'running', 'downloading')";

/** Milliseconds a write waits for other windows before it gives up. */
const writePatience = 10_000;

export class LedgerTrouble extends Error {
  override readonly name = 'LedgerTrouble';
  constructor(
    readonly kind: 'noSqlite' | 'newer' | 'busy' | 'unusable',
    cause?: unknown,
  ) {
    super(kind, { cause });
  }
}

/**
 * The local database of all jobs. A row is on disk before a byte of its request is sent, and only the window that
 * owns a row moves it on. No WAL: it corrupts on network homes.
 */
export class Ledger {
  private database: DatabaseSync | undefined;
  readonly events = new EventEmitter<{ changed: [] }>();

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
  ) {}

  /** There while any job is open: at start a window looks for this file and loads nothing without it. */
  static markerOf(folder: string): string {
    return join(folder, openJobsMarker);
  }

  /** Touched at each commit, so that other windows can watch one small file. */
  static stampOf(folder: string): string {
    return join(folder, 'ledger.stamp');
  }

  async insert(job: Job): Promise<void> {
    await this.write((database) => {
      database
        .prepare(
          `INSERT INTO jobs (id, account, api_base, created_at, job_order, micro_usd, owner, epoch, state, job_id, detail, changed_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          job.id,
          job.account,
          job.apiBase,
          job.createdAt,
          JSON.stringify(job.order),
          job.order.estimate.kind === 'unknown' ? null : job.order.estimate.microUsd,
          job.owner,
          job.epoch,
          job.state.name,
          jobIdOf(job) ?? null,
          JSON.stringify(job.state),
          this.clock.wall(),
        );
    });
  }

  /**
   * Moves a job on, if it is still this owner's and still in one of the states it is moved from.
   * False when it is not: a stale owner stops silently.
   */
  async move(job: Pick<Job, 'id' | 'owner' | 'epoch'>, from: readonly StateName[], to: JobState): Promise<boolean> {
    const places = from.map(() => '?').join(', ');
    // a cancel that was asked for in time is free: the row must not go on to be sent
    const unlessCancelled = to.name === 'submitting' ? 'AND cancel_asked_at IS NULL' : '';
    return this.write((database) => {
      const { changes } = database
        .prepare(
          `UPDATE jobs SET state = ?, job_id = coalesce(?, job_id), detail = ?, changed_at = ?
           WHERE id = ? AND owner = ? AND epoch = ? AND state IN (${places}) ${unlessCancelled}`,
        )
        .run(to.name, jobIdOf({ state: to }) ?? null, JSON.stringify(to), this.clock.wall(), job.id, job.owner, job.epoch, ...from);
      return changes === 1;
    });
  }

  /** Writes down an id the service gave us, whoever owns the row by now: a proven id is never dropped. */
  async recordAccepted(id: string, to: Extract<JobState, { jobId: string }>): Promise<boolean> {
    return this.write(
      (database) => {
        const { changes } = database
          .prepare('UPDATE jobs SET state = ?, job_id = ?, detail = ?, changed_at = ? WHERE id = ? AND job_id IS NULL')
          .run(to.name, to.jobId, JSON.stringify(to), this.clock.wall(), id);
        return changes === 1;
      },
      { evenIfNewer: true },
    );
  }

  /** Takes over an open job of a window that is gone. */
  async takeOver(job: Pick<Job, 'id' | 'owner' | 'epoch'>, newOwner: string, to: JobState): Promise<boolean> {
    return this.write((database) => {
      const { changes } = database
        .prepare(
          'UPDATE jobs SET owner = ?, epoch = epoch + 1, state = ?, detail = ?, changed_at = ? WHERE id = ? AND owner = ? AND epoch = ?',
        )
        .run(newOwner, to.name, JSON.stringify(to), this.clock.wall(), job.id, job.owner, job.epoch);
      return changes === 1;
    });
  }

  async askToCancel(id: string): Promise<void> {
    await this.write((database) => {
      database.prepare('UPDATE jobs SET cancel_asked_at = coalesce(cancel_asked_at, ?) WHERE id = ?').run(this.clock.wall(), id);
    });
  }

  /** Forgets a cancel that came too late, so that the job's row says what is true. */
  async forgetCancel(id: string): Promise<void> {
    await this.write((database) => {
      database.prepare('UPDATE jobs SET cancel_asked_at = NULL WHERE id = ?').run(id);
    });
  }

  async get(id: string): Promise<Job | undefined> {
    return (await this.select('WHERE id = ?', id))[0];
  }

  async openJobs(): Promise<readonly Job[]> {
    return this.select(`WHERE state IN ${openStates} ORDER BY created_at`);
  }

  async inState(...states: readonly StateName[]): Promise<readonly Job[]> {
    return this.select(`WHERE state IN (${states.map(() => '?').join(', ')}) ORDER BY created_at`, ...states);
  }

  /** Newest first. */
  async newest(limit: number): Promise<readonly Job[]> {
    return this.select('ORDER BY created_at DESC, rowid DESC LIMIT ?', limit);
  }

  /** An open job that asks for the same as this request. */
  async openWithHash(requestHash: string): Promise<Job | undefined> {
    return (await this.openJobs()).find((job) => job.order.requestHash === requestHash);
  }

  /** Closes the file; the next call opens it again. */
  rest(): void {
    this.database?.close();
    this.database = undefined;
  }

  private async select(clause: string, ...values: readonly SQLInputValue[]): Promise<readonly Job[]> {
    if (!this.database && !existsSync(this.path)) return [];
    const rows = await this.patiently((database) => database.prepare(`SELECT * FROM jobs ${clause}`).all(...values));
    return rows.flatMap((row) => {
      const job = readJob(row);
      if (!job) this.log(`The ledger has a row that this version cannot read: ${String(row.id)}`);
      return job ? [job] : [];
    });
  }

  /** One IMMEDIATE transaction: a plain BEGIN meets SQLITE_BUSY half-way in spite of any time-out. */
  private async write<T>(change: (database: DatabaseSync) => T, { evenIfNewer = false } = {}): Promise<T> {
    const result = await this.patiently((database) => {
      if (!evenIfNewer && versionOf(database) > schemaVersion) throw new LedgerTrouble('newer');
      database.exec('BEGIN IMMEDIATE');
      try {
        const value = change(database);
        this.setMarker(database);
        database.exec('COMMIT');
        return value;
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    });
    writeFileSync(Ledger.stampOf(this.folder), String(this.clock.wall()));
    this.events.emit('changed');
    return result;
  }

  /** Under the write lock, so that no window removes the marker while another adds a job. */
  private setMarker(database: DatabaseSync): void {
    const open = database.prepare(`SELECT 1 FROM jobs WHERE state IN ${openStates} LIMIT 1`).get();
    const marker = Ledger.markerOf(this.folder);
    if (open && !existsSync(marker)) writeFileSync(marker, '');
    if (!open) rmSync(marker, { force: true });
  }

  private async patiently<T>(use: (database: DatabaseSync) => T): Promise<T> {
    const started = this.clock.monotonic();
    for (let pause = 4; ; pause = Math.min(pause * 2, 100)) {
      try {
        const database = await this.open();
        if (database !== this.database) continue; // closed at rest in between
        return use(database);
      } catch (error) {
        if (!isBusy(error)) throw error instanceof LedgerTrouble ? error : new LedgerTrouble('unusable', error);
        if (this.clock.monotonic() - started > writePatience) throw new LedgerTrouble('busy', error);
        // never a busy wait: it would freeze the host that all extensions share
        await this.clock.wait(pause, AbortSignal.timeout(writePatience));
      }
    }
  }

  private get path(): string {
    return join(this.folder, 'ledger.sqlite');
  }

  private async open(): Promise<DatabaseSync> {
    if (this.database) return this.database;
    const sqlite = await import('node:sqlite').catch((error: unknown) => {
      throw new LedgerTrouble('noSqlite', error);
    });
    if (this.database) return this.database;
    mkdirSync(this.folder, { recursive: true });
    try {
      this.database = prepared(new sqlite.DatabaseSync(this.path, { timeout: 0 }));
    } catch (error) {
      if (!isBroken(error)) throw error;
      const aside = `${this.path}.broken-${this.clock.wall()}`;
      renameSync(this.path, aside);
      this.log(`The ledger could not be read and was set aside as ${aside}`);
      this.database = prepared(new sqlite.DatabaseSync(this.path, { timeout: 0 }));
    }
    return this.database;
  }
}

function prepared(database: DatabaseSync): DatabaseSync {
  try {
    database.exec('PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL');
    if (versionOf(database) < schemaVersion) database.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version = ${schemaVersion}; COMMIT`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function versionOf(database: DatabaseSync): number {
  const version = database.prepare('PRAGMA user_version').get()?.user_version;
  return typeof version === 'number' ? version : 0;
}
