import { commands } from 'vscode';

/** Context keys for when-clauses; one value each for the whole window. */
export function setContextKey(key: 'hasOpenJobs' | 'offline', value: boolean): void {
  void commands.executeCommand('setContext', `kreaVideo.${key}`, value);
}
