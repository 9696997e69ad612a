import { l10n, type Progress, ProgressLocation, window } from 'vscode';
import type { UploadProgress } from '../jobs/jobParts';
import type { Jobs } from '../jobs/jobs';
import { parameterLabel } from './parameterRows';

/** Milliseconds: an upload that is over by then is not worth a notification. */
const shown = 1000;

interface Note {
  end: () => void;
  share: number;
  progress: Progress<{ readonly increment: number }> | undefined;
}

/** Shows the uploads of this window that take long, with a way to call them off. */
export function showUploads(jobs: Pick<Jobs, 'events' | 'cancel'>): void {
  const notes = new Map<string, Note>();
  jobs.events.on('upload', (upload) => {
    const key = `${upload.id} ${upload.role}`;
    if (upload.ended) {
      notes.get(key)?.end();
      notes.delete(key);
      return;
    }
    const note = notes.get(key) ?? begin(upload, jobs);
    notes.set(key, note);
    const share = (100 * upload.sent) / upload.bytes;
    if (!note.progress || share - note.share < 1) return;
    note.progress.report({ increment: share - note.share });
    note.share = share;
  });
}

function begin({ id, role }: UploadProgress, jobs: Pick<Jobs, 'cancel'>): Note {
  const note: Note = { end: () => undefined, share: 0, progress: undefined };
  const ended = new Promise<void>((resolve) => {
    note.end = resolve;
  });
  const timer = setTimeout(() => {
    const title = l10n.t('Sending the file for {0} to Krea. This is free.', parameterLabel(role));
    void window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (progress, token) => {
      note.progress = progress;
      token.onCancellationRequested(() => void jobs.cancel(id).catch(() => undefined)); // trouble with the ledger shows elsewhere
      return ended;
    });
  }, shown);
  void ended.then(() => clearTimeout(timer));
  return note;
}
