import type { DatabaseSync } from 'node:sqlite';
import { schemaVersion, transaction, versionOf } from './ledgerFile';

/** One field of the order as SQL; null where the row holds no JSON. */
function orderField(path: string): string {
  return `CASE WHEN json_valid(job_order) THEN json_extract(job_order, '${path}') END`;
}

/** SQL for what lists sort and group by; the index holds exactly these, so that no row is read for it. */
export const listFields = {
  model: orderField('$.model.name'),
  root: orderField('$.destination.root'),
  source: orderField('$.destination.source'),
} as const;

const name = 'jobs_in_lists';

/**
 * Adds the index that answers a list's groups and sums without reading the rows, which hold whole prompts. It adds
 * nothing to what the file says, SQLite keeps it whatever version writes, and without it every query is as right,
 * only slower: so it needs no new schema version.
 */
export function ensureListIndex(database: DatabaseSync): void {
  const there = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?").get(name) !== undefined;
  // a file of a newer version is that version's to change
  if (there || versionOf(database) > schemaVersion) return;
  const { model, root, source } = listFields;
  transaction(database, () =>
    database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON jobs (created_at, state, micro_usd, ${model}, ${root}, ${source})`),
  );
}
