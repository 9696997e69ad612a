import type { DatabaseSync } from 'node:sqlite';
import type { Evidence } from '../krea/submitAnswer';
import type { Job, JobState } from './job';
import { insertRow } from './ledgerRow';
import { readJob } from './readJob';
import { withoutGuess } from './unclear';

export type AcceptedState = Extract<JobState, { name: 'queued' | 'running' }>;

/**
 * In one transaction: a row that only guessed at this id gives it up, the row of the request gets it, and the start of
 * the answer is kept. Throws SQLite's own error when another row has this id by proof.
 */
export function recordAccepted(database: DatabaseSync, job: Job, to: AcceptedState, answer: Evidence | undefined, now: number): boolean {
  for (const row of database.prepare("SELECT * FROM jobs WHERE job_id = ? AND state = 'perhaps' AND id <> ?").all(to.jobId, job.id)) {
    const guessing = readJob(row);
    if (guessing?.state.name !== 'perhaps') continue;
    const state: JobState = { name: 'unknown', ...withoutGuess(guessing.state) };
    database
      .prepare('UPDATE jobs SET epoch = epoch + 1, state = ?, job_id = NULL, detail = ?, changed_at = ? WHERE id = ?')
      .run(state.name, JSON.stringify(state), now, guessing.id);
  }
  // a version that is older than the file may write the id, but not into tables it does not know
  if (answer && hasAnswers(database)) keepAnswer(database, job.id, answer, now);
  const { changes } = database
    .prepare(
      "UPDATE jobs SET owner = ?, state = ?, job_id = ?, detail = ?, changed_at = ? WHERE id = ? AND (job_id IS NULL OR state = 'perhaps')",
    )
    .run(job.owner, to.name, to.jobId, JSON.stringify(to), now, job.id);
  if (changes === 1) return true;
  const row = database.prepare('SELECT * FROM jobs WHERE id = ?').get(job.id);
  const state = row && readJob(row)?.state;
  // the user took another job for this one before the answer was found: both are paid, so both have a row
  const mistaken = state !== undefined && 'recognised' in state && state.recognised && state.jobId !== to.jobId;
  if (row && !mistaken) return false;
  return insertRow(database, { ...job, id: mistaken ? `${job.id}-proven` : job.id, state: to }, now);
}

export function keepAnswer(database: DatabaseSync, id: string, { status, body }: Evidence, at: number): boolean {
  return (
    database.prepare('INSERT OR REPLACE INTO answers (job, status, body, at) VALUES (?, ?, ?, ?)').run(id, status, body, at).changes === 1
  );
}

export function readAnswer(database: DatabaseSync, id: string): Evidence | undefined {
  const row = hasAnswers(database) ? database.prepare('SELECT status, body FROM answers WHERE job = ?').get(id) : undefined;
  return typeof row?.status === 'number' && typeof row.body === 'string' ? { status: row.status, body: row.body } : undefined;
}

function hasAnswers(database: DatabaseSync): boolean {
  return database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'answers'").get() !== undefined;
}
