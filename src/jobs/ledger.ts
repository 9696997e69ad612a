import { EventEmitter } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Clock } from './clock';
import { failPoint } from './failPoint';
import { type Job, type JobState, jobIdOf, liveStates, type StateName } from './job';
import { LedgerFile, schemaVersion, transaction, versionOf } from './ledgerFile';
import { LedgerTrouble } from './ledgerTrouble';
import { neverThrowing } from './neverThrowing';
import { openJobsMarker } from './openJobsMarker';
import { readJob } from './readJob';

const live = `(${liveStates.map((name) => `'${name}'`).join(', ')})`;

/**
 * The local database of all jobs. A row is on disk before a byte of its request is sent, and only the window that
 * owns a row moves it on. No WAL: it corrupts on network homes. Every call throws LedgerTrouble and nothing else.
 */
export class Ledger {
  readonly events = new EventEmitter<{ changed: [] }>();
  private readonly file: LedgerFile;
  private readonly unreadable = new Set<string>();

  private readonly log: (line: string) => void;

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    log: (line: string) => void,
  ) {
    this.log = neverThrowing(log);
    this.file = new LedgerFile(folder, clock, this.log);
  }

  /** There while any job is live: at start a window looks for this file and loads nothing without it. */
  static markerOf(folder: string): string {
    return join(folder, openJobsMarker);
  }

  /** Touched at each commit, so that other windows can watch one small file. */
  static stampOf(folder: string): string {
    return join(folder, 'ledger.stamp');
  }

  async insert(job: Job): Promise<void> {
    await this.write((database) => insertRow(database, job, this.clock.wall()));
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

  /**
   * Writes down an id the service gave us, whoever owns the row by now, even if the row is gone or was written by a
   * newer version: a proven id is never dropped. False when the row has an id already.
   */
  async recordAccepted(job: Job, to: Extract<JobState, { jobId: string }>): Promise<boolean> {
    return this.write(
      (database) => {
        const now = this.clock.wall();
        const { changes } = database
          .prepare('UPDATE jobs SET owner = ?, state = ?, job_id = ?, detail = ?, changed_at = ? WHERE id = ? AND job_id IS NULL')
          .run(job.owner, to.name, to.jobId, JSON.stringify(to), now, job.id);
        if (changes === 1) return true;
        return !database.prepare('SELECT 1 FROM jobs WHERE id = ?').get(job.id) && insertRow(database, { ...job, state: to }, now);
      },
      { evenIfNewer: true },
    );
  }

  /** Makes a row this owner's, if nobody has touched it since it was read. An old wish to cancel goes when it begins anew. */
  async takeOver(job: Job, newOwner: string, to: JobState): Promise<boolean> {
    const forget = to.name === 'intended' ? ', cancel_asked_at = NULL' : '';
    return this.write((database) => {
      const { changes } = database
        .prepare(
          `UPDATE jobs SET owner = ?, epoch = epoch + 1, state = ?, detail = ?, changed_at = ? ${forget}
           WHERE id = ? AND owner = ? AND epoch = ? AND detail = ?`,
        )
        .run(newOwner, to.name, JSON.stringify(to), this.clock.wall(), job.id, job.owner, job.epoch, JSON.stringify(job.state));
      return changes === 1;
    });
  }

  async askToCancel(id: string): Promise<void> {
    await this.write((database) => {
      const { changes } = database
        .prepare(`UPDATE jobs SET cancel_asked_at = ? WHERE id = ? AND cancel_asked_at IS NULL AND state IN ${live}`)
        .run(this.clock.wall(), id);
      return changes === 1;
    });
  }

  /** Forgets a cancel that came too late, so that the job's row says what is true. */
  async forgetCancel(id: string): Promise<void> {
    await this.write((database) => {
      const { changes } = database.prepare('UPDATE jobs SET cancel_asked_at = NULL WHERE id = ? AND cancel_asked_at IS NOT NULL').run(id);
      return changes === 1;
    });
  }

  async get(id: string): Promise<Job | undefined> {
    return (await this.select('WHERE id = ?', id))[0];
  }

  /** Oldest first: open ones and those whose fate is not known. */
  async liveJobs(): Promise<readonly Job[]> {
    return this.select(`WHERE state IN ${live} ORDER BY created_at, rowid`);
  }

  /** Newest first. */
  async newest(limit: number): Promise<readonly Job[]> {
    return this.select('ORDER BY created_at DESC, rowid DESC LIMIT ?', limit);
  }

  /** Keeps the file open between calls, until `rest`. */
  stayOpen(): void {
    this.file.stayOpen();
  }

  rest(): void {
    this.file.rest();
  }

  /** Takes away a marker that was left by a kill. */
  async tidyMarker(): Promise<void> {
    if (!existsSync(Ledger.markerOf(this.folder))) return;
    if (this.file.exists) await this.file.use((database) => this.removeMarker(database));
    else rmSync(Ledger.markerOf(this.folder), { force: true });
  }

  private async select(clause: string, ...values: readonly SQLInputValue[]): Promise<readonly Job[]> {
    if (!this.file.exists) return [];
    const rows = await this.file.use((database) => database.prepare(`SELECT * FROM jobs ${clause}`).all(...values));
    return rows.flatMap((row) => readJob(row) ?? this.skip(String(row.id)));
  }

  private skip(id: string): [] {
    if (!this.unreadable.has(id)) this.log(`The ledger has a row that this version cannot read: ${id}`);
    this.unreadable.add(id);
    return [];
  }

  /** `change` says whether it changed anything. One IMMEDIATE transaction: a plain BEGIN meets SQLITE_BUSY half-way in spite of any time-out. */
  private async write(change: (database: DatabaseSync) => boolean, { evenIfNewer = false } = {}): Promise<boolean> {
    const changed = await this.file.use((database) => {
      failPoint('commit: begins');
      if (!evenIfNewer && versionOf(database) > schemaVersion) throw new LedgerTrouble('newer');
      const [value, anyLive] = transaction(database, () => {
        const value = change(database);
        const anyLive = hasLive(database);
        // before the commit: a kill in between leaves a marker too many, never a paid job without one
        if (anyLive && !existsSync(Ledger.markerOf(this.folder))) writeFileSync(Ledger.markerOf(this.folder), '');
        failPoint('commit: changed');
        return [value, anyLive];
      });
      failPoint('commit: stands');
      if (!anyLive) this.removeMarker(database);
      return value;
    });
    if (changed) this.tell();
    failPoint('commit: told');
    return changed;
  }

  /** In a transaction after the one that ended the last job, so that no window adds a job in between. */
  private removeMarker(database: DatabaseSync): void {
    try {
      transaction(database, () => {
        if (!hasLive(database)) rmSync(Ledger.markerOf(this.folder), { force: true });
      });
    } catch {
      // another window writes just now, or the folder cannot be written: the marker stays and costs one look at the next start
    }
  }

  /** The commit stands whatever becomes of the stamp. */
  private tell(): void {
    try {
      writeFileSync(Ledger.stampOf(this.folder), String(this.clock.wall()));
    } catch (error) {
      this.log(`Other windows see the change late: ${String(error)}`);
    }
    this.events.emit('changed');
  }
}

function insertRow(database: DatabaseSync, job: Job, now: number): boolean {
  const { order, state } = job;
  const { changes } = database
    .prepare(
      `INSERT INTO jobs (id, account, api_base, created_at, job_order, micro_usd, owner, epoch, state, job_id, detail, changed_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      job.id,
      job.account,
      job.apiBase,
      job.createdAt,
      JSON.stringify(order),
      order.estimate.kind === 'unknown' ? null : order.estimate.microUsd,
      job.owner,
      job.epoch,
      state.name,
      jobIdOf(job) ?? null,
      JSON.stringify(state),
      now,
    );
  return changes === 1;
}

function hasLive(database: DatabaseSync): boolean {
  return database.prepare(`SELECT 1 FROM jobs WHERE state IN ${live} LIMIT 1`).get() !== undefined;
}
