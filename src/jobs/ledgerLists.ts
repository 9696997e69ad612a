import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { endedForNothing } from './budget';
import type { Clock } from './clock';
import type { Job } from './job';
import { type JobFilter, wordMatcher } from './jobFilter';
import { type CountedGroup, dayOf, type GroupBy, groupKey, type JobGroup, noneCounted } from './jobGroup';
import { type JobKind, kindOf, statesBut, statesOf } from './jobKind';
import { LedgerFile } from './ledgerFile';
import { ensureListIndex, listFields } from './listIndex';
import { neverThrowing } from './neverThrowing';
import { readJob } from './readJob';

/** Rows of a group, newest first. */
export interface JobPage {
  readonly jobs: readonly Job[];
  /** Rows that only a newer version can read. */
  readonly unreadable: number;
  readonly more: boolean;
}

/** One row as far as money is concerned. `free`: Krea ended it without a video and says why; such jobs are not charged. */
export interface ChargedRow {
  readonly createdAt: number;
  readonly state: string;
  readonly free: boolean;
  readonly microUsd: number | undefined;
  readonly model: string;
  readonly root: string | undefined;
  readonly source: string | undefined;
}

/** The latest moment that a Date can hold. */
const endOfTime = 8.64e15;
/** Rows read at once where all are: the host is shared. */
const atOnce = 500;

/**
 * What lists of jobs ask of a ledger. Reads only, in its own connection, which is closed between calls; makes no file
 * where there is none. Every call throws LedgerTrouble and nothing else.
 */
export class LedgerLists {
  private readonly file: LedgerFile;
  private readonly log: (line: string) => void;
  private indexed = false;

  constructor(folder: string, clock: Clock, log: (line: string) => void) {
    this.log = neverThrowing(log);
    this.file = new LedgerFile(folder, clock, this.log);
  }

  /** Groups that have a job, the one with the newest job first. */
  async groups(by: GroupBy, filter: JobFilter = {}): Promise<readonly CountedGroup[]> {
    const groups = await this.use((database) => {
      const where = prepareFilter(database, filter);
      return by === 'day' ? daysIn(database, where) : storyboardsIn(database, where);
    });
    return groups ?? [];
  }

  async jobs(group: JobGroup, limit: number, filter: JobFilter = {}): Promise<JobPage> {
    const rows = await this.use((database) => {
      const { sql, values } = groupClause(group);
      const found = `SELECT rowid FROM jobs WHERE ${sql} AND ${prepareFilter(database, filter)} ORDER BY created_at DESC, rowid DESC LIMIT ?`;
      return database
        .prepare(`SELECT * FROM jobs WHERE rowid IN (${found}) ORDER BY created_at DESC, rowid DESC`)
        .all(...values, limit + 1);
    });
    const shown = (rows ?? []).slice(0, limit);
    const jobs = shown.flatMap((row) => readJob(row) ?? []);
    return { jobs, unreadable: shown.length - jobs.length, more: (rows?.length ?? 0) > limit };
  }

  /** Every row, newest first, out of the index alone. */
  async charged(): Promise<readonly ChargedRow[]> {
    const rows = await this.use((database) => {
      const free = new Set(
        database
          .prepare(`SELECT rowid FROM jobs WHERE ${endedForNothing}`)
          .all()
          .map(({ rowid }) => rowid),
      );
      const { model, root, source } = listFields;
      return database
        .prepare(
          `SELECT rowid, created_at, state, micro_usd, ${model} AS model, ${root} AS root, ${source} AS source
           FROM jobs ORDER BY created_at DESC`,
        )
        .all()
        .map((row) => ({
          createdAt: Number(row.created_at),
          state: String(row.state),
          free: free.has(row.rowid ?? null),
          microUsd: typeof row.micro_usd === 'number' ? row.micro_usd : undefined,
          model: textOf(row.model) ?? '',
          root: textOf(row.root),
          source: textOf(row.source),
        }));
    });
    return rows ?? [];
  }

  /** Every job, in the order they were made; a few at a time, so that nobody waits. */
  async *all(): AsyncGenerator<Job> {
    for (let after = 0; ; ) {
      const from = after;
      const rows = await this.use((database) =>
        database.prepare('SELECT rowid, * FROM jobs WHERE rowid > ? ORDER BY rowid LIMIT ?').all(from, atOnce),
      );
      if (!rows || rows.length === 0) return;
      for (const row of rows) {
        const job = readJob(row);
        if (job) yield job;
        after = Number(row.rowid);
      }
    }
  }

  private async use<T>(read: (database: DatabaseSync) => T): Promise<T | undefined> {
    if (!this.file.exists) return undefined;
    return this.file.use((database) => {
      this.index(database);
      return read(database);
    });
  }

  /** Tried once: a file that cannot be written, or that another window writes just now, is read without. */
  private index(database: DatabaseSync): void {
    if (this.indexed) return;
    this.indexed = true;
    try {
      ensureListIndex(database);
    } catch (error) {
      this.log(`Lists of jobs are slower than they could be: ${String(error)}`);
    }
  }
}

/** From day to day by two looks into the index each, however many jobs there are. */
function daysIn(database: DatabaseSync, where: string): readonly CountedGroup[] {
  const newest = database.prepare(`SELECT created_at FROM jobs WHERE created_at < ? AND ${where} ORDER BY created_at DESC LIMIT 1`);
  const states = database.prepare(
    `SELECT state, count(*) AS jobs FROM jobs WHERE created_at >= ? AND created_at < ? AND ${where} GROUP BY state`,
  );
  const groups: CountedGroup[] = [];
  for (let before = endOfTime; ; ) {
    const at = newest.get(before)?.created_at;
    if (typeof at !== 'number' || at < -endOfTime) return groups;
    const group = dayOf(at);
    const counts = noneCounted();
    for (const { state, jobs } of states.all(group.from, group.to)) counts[kindOf(String(state))] += Number(jobs);
    groups.push({ group, counts });
    before = group.from;
  }
}

function storyboardsIn(database: DatabaseSync, where: string): readonly CountedGroup[] {
  const rows = database
    .prepare(
      `SELECT ${listFields.root} AS root, ${listFields.source} AS source, state, count(*) AS jobs, max(created_at) AS newest
       FROM jobs WHERE ${where} GROUP BY 1, 2, 3`,
    )
    .all();
  const groups = new Map<string, { group: JobGroup; counts: Record<JobKind, number>; newest: number }>();
  for (const row of rows) {
    const group = storyboardOf(textOf(row.root), textOf(row.source));
    const counted = groups.get(groupKey(group)) ?? { group, counts: noneCounted(), newest: 0 };
    counted.counts[kindOf(String(row.state))] += Number(row.jobs);
    counted.newest = Math.max(counted.newest, Number(row.newest));
    groups.set(groupKey(group), counted);
  }
  return [...groups.values()].sort((a, b) => b.newest - a.newest).map(({ group, counts }) => ({ group, counts }));
}

export function storyboardOf(root: string | undefined, source: string | undefined): Exclude<JobGroup, { kind: 'day' }> {
  return root !== undefined && source !== undefined ? { kind: 'storyboard', root, source } : { kind: 'noFile' };
}

function groupClause(group: JobGroup): { readonly sql: string; readonly values: readonly SQLInputValue[] } {
  const { root, source } = listFields;
  switch (group.kind) {
    case 'day':
      return { sql: 'created_at >= ? AND created_at < ?', values: [group.from, group.to] };
    case 'storyboard':
      return { sql: `(${root}) = ? AND (${source}) = ?`, values: [group.root, group.source] };
    case 'noFile':
      return { sql: `((${root}) IS NULL OR (${source}) IS NULL)`, values: [] };
  }
}

/** A condition in SQL. Words are matched by a function of ours, since SQLite knows the case of ASCII letters only. */
function prepareFilter(database: DatabaseSync, { kind, words }: JobFilter): string {
  const list = (names: readonly string[]): string => `(${names.map((name) => `'${name}'`).join(', ')})`;
  const conditions = ['1'];
  if (kind === 'unclear') conditions.push(`state NOT IN ${list(statesBut(kind))}`);
  else if (kind !== undefined) conditions.push(`state IN ${list(statesOf(kind))}`);
  if (words?.trim()) {
    const matches = wordMatcher(words);
    database.function('has_words', (order) => (matches(order) ? 1 : 0));
    conditions.push('has_words(job_order)');
  }
  return conditions.join(' AND ');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
