import { dirname } from 'node:path';
import { l10n, workspace } from 'vscode';
import type { Job } from '../jobs/job';

/** Stands for the account in the ledger of the offline demo. */
export const demoAccount = 'offline';

export function isOfDemo(job: Pick<Job, 'account'>): boolean {
  return job.account === demoAccount;
}

/** Where a clip lies, for people. A clip of the demo goes with the window, so its folder is nobody's business. */
export function folderWords(job: Pick<Job, 'account'>, clip: string): string {
  return isOfDemo(job) ? l10n.t('the offline demo') : workspace.asRelativePath(dirname(clip));
}
