import type { DatabaseSync } from 'node:sqlite';
import { type Job, liveStates, type Pause, type StateName } from './job';

/**
 * A cancel that was asked for in time is free: the row must not go on to be sent. And requests of one account go one
 * at a time, so that an answer that is lost leaves few jobs it could belong to.
 */
const onItsWay = "SELECT 1 FROM jobs other WHERE other.state = 'submitting' AND json_extract(other.detail, '$.since') BETWEEN ? AND ?";
export const maySubmit = `AND cancel_asked_at IS NULL AND NOT EXISTS (${onItsWay} AND other.account = jobs.account AND other.id <> jobs.id)`;

/** Milliseconds after which a request that is still on its way no longer keeps others waiting: its window is stopped. */
export const longestSubmit = 300_000;

export const provenOf = "WHERE account = ? AND api_base = ? AND job_id IS NOT NULL AND state <> 'perhaps'";

export function isSubmitting(database: DatabaseSync, account: string, now: number): boolean {
  const row = database.prepare(`${onItsWay} AND other.account = ?`).get(now - longestSubmit, now + longestSubmit, account);
  return row !== undefined;
}

export function pauseRow(
  database: DatabaseSync,
  { id, owner, epoch }: Pick<Job, 'id' | 'owner' | 'epoch'>,
  why: Pause | undefined,
): boolean {
  const { changes } = database
    .prepare('UPDATE jobs SET paused = ? WHERE id = ? AND owner = ? AND epoch = ? AND paused IS NOT ?')
    .run(why ?? null, id, owner, epoch, why ?? null);
  return changes === 1;
}

export function adoptRows(database: DatabaseSync, { account, apiBase, owner }: Job, newAccount: string): boolean {
  const { changes } = database
    .prepare(
      `UPDATE OR IGNORE jobs SET account = ?, paused = NULL
       WHERE account = ? AND api_base = ? AND (owner = ? OR state NOT IN ${inSql(liveStates)})`,
    )
    .run(newAccount, account, apiBase, owner);
  return changes > 0;
}

export function heldOf(database: DatabaseSync, jobIds: readonly string[]): readonly string[] {
  const row = database.prepare('SELECT 1 FROM jobs WHERE job_id = ? LIMIT 1');
  return jobIds.filter((id) => row.get(id) !== undefined);
}

export function inSql(states: readonly StateName[]): string {
  return `(${states.map((name) => `'${name}'`).join(', ')})`;
}
