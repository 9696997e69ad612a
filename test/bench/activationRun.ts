// VS Code calls `run` in an extension host in which the packed extension lies unloaded: loads and activates it by the
// clock, with the editor's real API, and appends the milliseconds to BENCH_OUT.
import { appendFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as Vscode from 'vscode';

export async function run(): Promise<void> {
  const { BENCH_EXTENSION: extension = '', BENCH_OUT: out = '', BENCH_FILE: file } = process.env;
  const main = path.join(extension, 'dist/extension.js');
  const load = createRequire(main);
  const vscode: typeof Vscode = load('vscode');
  if (file) await vscode.window.showTextDocument(vscode.Uri.file(file));
  const context = { subscriptions: [], globalStorageUri: vscode.Uri.file(path.join(extension, 'storage')) };
  const start = process.hrtime.bigint();
  load(main).activate(context);
  appendFileSync(out, `${Number(process.hrtime.bigint() - start) / 1e6}\n`);
}
