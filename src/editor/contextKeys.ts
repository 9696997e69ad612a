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

const lists = new Map<string, string>();

/** For `resource in kreaVideo.storyboards`; no value at all where there is nothing, so that the key alone is false then. */
export function setContextList(key: 'storyboards', values: readonly string[]): void {
  const all = values.join('\n');
  if ((lists.get(key) ?? '') === all) return;
  lists.set(key, all);
  void commands.executeCommand('setContext', `kreaVideo.${key}`, values.length === 0 ? undefined : values);
}
