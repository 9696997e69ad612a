import { l10n } from 'vscode';
import { LedgerTrouble } from '../jobs/ledgerTrouble';

/** A sentence for an error that no part foresaw, or that stands in the way of everything. Its details are in the log. */
export function unexpectedWords(error: unknown): string {
  if (!(error instanceof LedgerTrouble))
    return l10n.t('Krea Video met an error that it did not expect. Nothing new was sent. The log has the details.');
  switch (error.kind) {
    case 'noSqlite':
      return l10n.t(
        'This editor lacks the database (node:sqlite) in which jobs are kept safe, so nothing was sent. Use VS Code 1.110 or newer.',
      );
    case 'newer':
      return l10n.t('Another window runs a newer version of Krea Video. Reload this window. Nothing was sent.');
    case 'busy':
      return l10n.t('The list of jobs is in use by another window for longer than expected. Nothing was sent. Try again.');
    case 'unusable':
      return l10n.t('The list of jobs could not be written, so nothing was sent. Is the disk full?');
  }
}
