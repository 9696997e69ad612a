import { homedir } from 'node:os';
import { join } from 'node:path';
import { l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { LedgerLists } from '../jobs/ledgerLists';
import { csvHead, csvOf } from '../jobs/spendingCsv';
import { isoDay } from '../takes/takeNames';
import { inLabel } from './plainText';
import { tellTrouble } from './tellFailure';

/** Writes one line per job where the person wants it. */
export async function saveSpending(lists: LedgerLists, now: Date): Promise<void> {
  const folder = workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath ?? homedir();
  const target = await window.showSaveDialog({
    defaultUri: Uri.file(join(folder, `krea-video-spending-${isoDay(now)}.csv`)),
    filters: { CSV: ['csv'] },
    title: l10n.t('Save Spending as CSV'),
  });
  if (!target) return;
  const name = inLabel(target.path.split('/').at(-1) ?? '', 80);
  const jobs = await window.withProgress({ location: ProgressLocation.Window, title: l10n.t('Saving {0}…', name) }, async () => {
    const lines = [csvHead];
    for await (const job of lists.all()) lines.push(csvOf(job));
    try {
      await workspace.fs.writeFile(target, Buffer.from(lines.join('')));
      return lines.length - 1;
    } catch {
      return undefined;
    }
  });
  if (jobs === undefined)
    void tellTrouble(l10n.t('{0} could not be written.', name), l10n.t('Choose Another Folder…'), () => saveSpending(lists, now));
  else void window.showInformationMessage(l10n.t('Saved {0} jobs in {1}. All amounts are estimates.', jobs, name));
}
