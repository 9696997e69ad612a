import { commands } from 'vscode';

type ContextKey =
  | 'hasOpenJobs'
  | 'offline'
  | 'triedOffline'
  | 'hasToken'
  | 'madeVideo'
  | 'hasStoryboard'
  | 'isStoryboard'
  | 'jobsByStoryboard'
  | 'jobsFiltered';

const known = new Map<ContextKey, boolean>();

/** Context keys for when-clauses and the walkthrough; one value each for the whole window. */
export function setContextKey(key: ContextKey, value: boolean): void {
  if (known.get(key) === value) return;
  known.set(key, value);
  void commands.executeCommand('setContext', `kreaVideo.${key}`, value);
}
