import { EventEmitter } from 'node:events';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Evidence } from '../krea/submitAnswer';
import { adoptRows, heldOf, inSql, isSubmitting, longestSubmit, maySubmit, pauseRow, provenOf } from './accountRows';
import { mustFit } from './budget';
import type { Clock } from './clock';
import { failPoint } from './failPoint';
import { cancellableStates, type Job, type JobState, jobIdOf, liveStates, type Pause, type StateName } from './job';
import type { WatchLease } from './leases';
import { type FileKind, LedgerFile, ledgerKind, transaction, versionOf, windowsKind } from './ledgerFile';
import { hasEndedRow, insertRow } from './ledgerRow';
import { LedgerTrouble } from './ledgerTrouble';
import { neverThrowing } from './neverThrowing';
import { openJobsMarker } from './openJobsMarker';
import { readJob } from './readJob';
import { type AcceptedState, keepAnswer, readAnswer, recordAccepted } from './recordAccepted';

const whileWatching = `AND EXISTS (SELECT 1 FROM watches
  WHERE watches.account = jobs.account AND watches.api_base = jobs.api_base AND watches.owner = ? AND watches.epoch = ?)`;
/** Of so many of the newest jobs the run times are learnt. */
const mostLearntFrom = 400;

const live = inSql(liveStates);
const cancellable = inSql(cancellableStates);

/**
 * The local database of all jobs. A row is on disk before a byte of its request is sent, and only the window that
 * owns a row moves it on. No WAL: it corrupts on network homes. Every call throws LedgerTrouble or OverBudget and nothing else.
 */
export class Ledger {
  readonly events = new EventEmitter<{ changed: [] }>();
  readonly file: LedgerFile;
  /** Beside the ledger: what its windows tell each other while they live. */
  readonly windows: LedgerFile;
  private readonly unreadable = new Set<string>();

  private readonly log: (line: string) => void;

  constructor(
    private readonly folder: string,
    private readonly clock: Clock,
    log: (line: string) => void,
    kind: FileKind = ledgerKind,
  ) {
    this.log = neverThrowing(log);
    this.file = new LedgerFile(folder, clock, this.log, kind);
    this.windows = new LedgerFile(folder, clock, this.log, windowsKind);
  }

  /** There while any job is live: at start a window looks for this file and loads nothing without it. */
  static markerOf(folder: string): string {
    return join(folder, openJobsMarker);
  }

  /** Touched at each commit, so that other windows can watch one small file. */
  static stampOf(folder: string): string {
    return join(folder, 'ledger.stamp');
  }

  /** Throws OverBudget, and writes nothing, when the job does not fit into what is left for its batch. */
  async insert(job: Job): Promise<void> {
    await this.write((database) => insertRow(database, job, this.clock.wall()));
  }

  /**
   * Moves a job on, if it is still this owner's and still in one of the states it is moved from.
   * False when it is not: a stale owner stops silently. A window that watches for all may move the rows of others as
   * long as the watch is its own.
   */
  async move(job: Pick<Job, 'id' | 'owner' | 'epoch'>, from: readonly StateName[], to: JobState, watch?: WatchLease): Promise<boolean> {
    const places = from.map(() => '?').join(', ');
    const unlessHeld = to.name === 'submitting' ? maySubmit : '';
    const held = to.name === 'submitting' ? [to.since - longestSubmit, to.since + longestSubmit] : [];
    return this.write((database) => {
      const { changes } = database
        .prepare(
          `UPDATE jobs SET state = ?, job_id = ${jobIdFor(to)}, detail = ?, changed_at = ?
           WHERE id = ? AND owner = ? AND epoch = ? AND state IN (${places}) ${unlessHeld} ${watch ? whileWatching : ''}`,
        )
        .run(
          to.name,
          jobIdOf({ state: to }) ?? null,
          JSON.stringify(to),
          this.clock.wall(),
          job.id,
          job.owner,
          job.epoch,
          ...from,
          ...held,
          ...(watch ? [watch.owner, watch.epoch] : []),
        );
      return changes === 1;
    });
  }

  /**
   * Writes down an id the service gave us, whoever owns the row by now, even if the row is gone or was written by a
   * newer version: a proven id is never dropped, and takes the place of a guess. False when the row has a proven id already.
   */
  async recordAccepted(job: Job, to: AcceptedState, answer?: Evidence): Promise<boolean> {
    return this.write((database) => recordAccepted(database, job, to, answer, this.clock.wall()), { evenIfNewer: true });
  }

  /** The start of the service's answer to the request of this job, whatever came of it. */
  async keepAnswer(id: string, answer: Evidence): Promise<void> {
    await this.write((database) => keepAnswer(database, id, answer, this.clock.wall()));
  }

  async answerTo(id: string): Promise<Evidence | undefined> {
    if (!this.file.exists) return undefined;
    return this.file.use((database) => readAnswer(database, id));
  }

  /** Makes a row this owner's, if nobody has touched it since it was read. An old wish to cancel goes when it begins anew. */
  async takeOver(job: Job, newOwner: string, to: JobState): Promise<boolean> {
    const forget = to.name === 'intended' ? ', cancel_asked_at = NULL' : '';
    return this.write((database) => {
      if (to.name === 'intended' && job.state.name === 'notSent') mustFit(database, job.order);
      const { changes } = database
        .prepare(
          `UPDATE jobs SET owner = ?, epoch = epoch + 1, state = ?, job_id = ${jobIdFor(to)}, detail = ?, changed_at = ? ${forget}
           WHERE id = ? AND owner = ? AND epoch = ? AND detail = ?`,
        )
        .run(
          newOwner,
          to.name,
          jobIdOf({ state: to }) ?? null,
          JSON.stringify(to),
          this.clock.wall(),
          job.id,
          job.owner,
          job.epoch,
          JSON.stringify(job.state),
        );
      return changes === 1;
    });
  }

  async askToCancel(id: string): Promise<void> {
    await this.write((database) => {
      const { changes } = database
        .prepare(`UPDATE jobs SET cancel_asked_at = ? WHERE id = ? AND cancel_asked_at IS NULL AND state IN ${cancellable}`)
        .run(this.clock.wall(), id);
      return changes === 1;
    });
  }

  /** Says why nobody asks after the job, or that somebody does again. */
  async pause(job: Pick<Job, 'id' | 'owner' | 'epoch'>, why: Pause | undefined): Promise<boolean> {
    return this.write((database) => pauseRow(database, job, why));
  }

  /** The token was replaced by one that sees the same jobs: what this window and no window works on goes with it. */
  async adoptAccount(job: Job, newAccount: string): Promise<void> {
    await this.write((database) => adoptRows(database, job, newAccount));
  }

  /** The newest job at Krea that an answer proved to be of this account. */
  async witnessOf(account: string, apiBase: string): Promise<string | undefined> {
    const [job] = await this.select(`${provenOf} ORDER BY created_at DESC, rowid DESC LIMIT 1`, account, apiBase);
    return job && jobIdOf(job);
  }

  /** Whether a request of this account is on its way, in whatever window. */
  async isSubmitting(account: string): Promise<boolean> {
    return this.file.use((database) => isSubmitting(database, account, this.clock.wall()));
  }

  /** Acts on a file that is named by its job, if that has ended, while no window can bring it back to life. */
  async ifEnded(fileName: string, act: () => void): Promise<boolean> {
    if (!this.file.exists) return false;
    return this.file.use((database) =>
      transaction(database, () => {
        if (!hasEndedRow(database, fileName)) return false;
        act();
        return true;
      }),
    );
  }

  /** Those of these ids that any row has. */
  async held(jobIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(this.file.exists ? await this.file.use((database) => heldOf(database, jobIds)) : []);
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

  /** Runs at this address that were seen from *processing* to their end, newest first. */
  async runs(apiBase: string): Promise<readonly { readonly order: Job['order']; readonly ranMs: number }[]> {
    const newest = await this.select(
      `WHERE api_base = ? AND state IN ('done', 'downloading', 'notFetched') ORDER BY created_at DESC, rowid DESC LIMIT ${mostLearntFrom}`,
      apiBase,
    );
    return newest.flatMap(({ order, state }) => ('ranMs' in state && state.ranMs !== undefined ? [{ order, ranMs: state.ranMs }] : []));
  }

  /** Keeps the file open between calls, until `rest`. */
  stayOpen(): void {
    this.file.stayOpen();
    this.windows.stayOpen();
  }

  rest(): void {
    this.file.rest();
    this.windows.rest();
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
      if (!evenIfNewer && versionOf(database) > this.file.version) throw new LedgerTrouble('newer');
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
  tell(): void {
    try {
      writeFileSync(Ledger.stampOf(this.folder), String(this.clock.wall()));
    } catch (error) {
      this.log(`Other windows see the change late: ${String(error)}`);
    }
    this.events.emit('changed');
  }
}

/** A state that holds no id of Krea's frees the one that was only guessed. */
function jobIdFor(to: JobState): string {
  return to.name === 'unknown' || to.name === 'closed' ? '?' : 'coalesce(?, job_id)';
}

function hasLive(database: DatabaseSync): boolean {
  return database.prepare(`SELECT 1 FROM jobs WHERE state IN ${live} LIMIT 1`).get() !== undefined;
}
