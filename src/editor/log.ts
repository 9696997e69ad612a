import * as vscode from 'vscode';

/** The extension's log. Never a token, the address of a clip, or (above trace) a prompt. */
export function openLogChannel(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel('Krea Video', { log: true });
}
