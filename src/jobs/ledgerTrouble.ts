/** `newer`: a later version of the extension has written the file, and this window may add nothing to it. */
export type LedgerTroubleKind = 'noSqlite' | 'newer' | 'busy' | 'unusable';

export class LedgerTrouble extends Error {
  override readonly name = 'LedgerTrouble';

  constructor(
    readonly kind: LedgerTroubleKind,
    cause?: unknown,
  ) {
    super(kind, { cause });
  }
}
