import type { DatabaseSync } from 'node:sqlite';
import type { Order } from './job';

/** Jobs that share a budget. Amounts are estimates in millionths of a US dollar, whole. */
export interface Batch {
  readonly id: string;
  /** What all its jobs together may come to. */
  readonly budget: number;
  /** What the user reckons a job at whose price is not known. */
  readonly reckonedAt?: number;
}

/** Nothing was written: the job would have led its batch over the budget, or nobody said what it comes to. */
export class OverBudget extends Error {
  override readonly name = 'OverBudget';

  constructor(
    readonly batch: Batch,
    /** What the rows of the batch come to without it. */
    readonly reserved: number,
    /** `undefined`: its price is not known, and the user has named no figure. */
    readonly wanted: number | undefined,
  ) {
    super(`${reserved} of ${batch.budget} are reserved, ${wanted ?? 'an unknown amount'} is wanted`);
  }
}

/** What a job of a batch takes from its budget. */
export function reservedFor({ estimate, batch }: Pick<Order, 'estimate' | 'batch'>): number | undefined {
  return estimate.kind === 'unknown' ? batch?.reckonedAt : estimate.microUsd;
}

/**
 * Throws OverBudget unless the job fits. To be asked in the IMMEDIATE transaction that writes it as *intended*: looked at
 * before, four windows reserved 103 of 100. What nobody knows to be free counts in full.
 */
export function mustFit(database: DatabaseSync, order: Order): void {
  const { batch } = order;
  if (!batch) return;
  const row = database
    .prepare(
      `SELECT coalesce(sum(reserved_micro_usd), 0) AS reserved FROM jobs
       WHERE batch = ? AND state NOT IN ('notSent', 'refused', 'closed', 'cancelled') AND NOT (${endedForNothing})`,
    )
    .get(batch.id);
  const reserved = Number(row?.reserved);
  const wanted = reservedFor(order);
  if (wanted === undefined || reserved + wanted > batch.budget) throw new OverBudget(batch, reserved, wanted);
}

/** Krea ended the job without a video and said why: such jobs are not charged. */
export const endedForNothing = `state = 'failed' AND json_valid(detail) AND json_extract(detail, '$.withoutVideo') = 0
  AND coalesce(nullif(json_extract(detail, '$.failure.code'), ''), json_extract(detail, '$.failure.message'), '') <> ''`;
