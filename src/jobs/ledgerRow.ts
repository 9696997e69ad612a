import type { DatabaseSync } from 'node:sqlite';
import { type Job, jobIdOf } from './job';

export function insertRow(database: DatabaseSync, job: Job, now: number): boolean {
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
