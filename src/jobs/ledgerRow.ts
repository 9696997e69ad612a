import type { DatabaseSync } from 'node:sqlite';
import { mustFit, reservedFor } from './budget';
import { type Job, jobIdOf, liveStates } from './job';
import { isStateName } from './jobKind';

export function insertRow(database: DatabaseSync, job: Job, now: number): boolean {
  const { order, state } = job;
  if (state.name === 'intended') mustFit(database, order);
  const { changes } = database
    .prepare(
      `INSERT INTO jobs (id, account, api_base, created_at, job_order, micro_usd, owner, epoch, state, job_id, detail, changed_at, batch, reserved_micro_usd)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
      order.batch?.id ?? null,
      order.batch ? (reservedFor(order) ?? null) : null,
    );
  return changes === 1;
}

/** Whether the row whose id this file name begins with is of a job that has ended. False without one. */
export function hasEndedRow(database: DatabaseSync, fileName: string): boolean {
  const rows = database.prepare("SELECT state FROM jobs WHERE substr(?, 1, length(id) + 1) = id || '-'").all(fileName);
  // a state of a newer version may be one that is worked on
  return rows.length > 0 && rows.every(({ state }) => typeof state === 'string' && isStateName(state) && !liveStates.includes(state));
}
