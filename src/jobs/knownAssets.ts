import type { Asset } from '../krea/assetUpload';
import { type LedgerFile, transaction } from './ledgerFile';

/** A file at Krea, and when it was last known to be there. `seenAt`: wall time. */
export interface KnownAsset extends Asset {
  readonly seenAt: number;
}

/** Whose files they are: an upload belongs to one account at one address. */
export interface AssetOwner {
  readonly account: string;
  readonly apiBase: string;
}

/** Which contents have been uploaded: each once for an account, by whatever window. Throws LedgerTrouble. */
export class KnownAssets {
  constructor(private readonly file: LedgerFile) {}

  async find({ account, apiBase }: AssetOwner, sha256: string): Promise<KnownAsset | undefined> {
    const row = await this.file.use((database) =>
      database
        .prepare('SELECT asset_id, address, seen_at FROM assets WHERE account = ? AND api_base = ? AND sha256 = ?')
        .get(account, apiBase, sha256),
    );
    if (typeof row?.asset_id !== 'string' || typeof row.address !== 'string' || typeof row.seen_at !== 'number') return undefined;
    return { id: row.asset_id, address: row.address, seenAt: row.seen_at };
  }

  async keep({ account, apiBase }: AssetOwner, sha256: string, { id, address, seenAt }: KnownAsset): Promise<void> {
    await this.file.use((database) =>
      transaction(database, () =>
        database
          .prepare('INSERT OR REPLACE INTO assets (account, api_base, sha256, asset_id, address, seen_at) VALUES (?, ?, ?, ?, ?, ?)')
          .run(account, apiBase, sha256, id, address, Math.round(seenAt)),
      ),
    );
  }

  /** Krea has it no more. `id`: another window may have uploaded it anew meanwhile. */
  async forget({ account, apiBase }: AssetOwner, sha256: string, id: string): Promise<void> {
    await this.file.use((database) =>
      transaction(database, () =>
        database
          .prepare('DELETE FROM assets WHERE account = ? AND api_base = ? AND sha256 = ? AND asset_id = ?')
          .run(account, apiBase, sha256, id),
      ),
    );
  }
}
