import assert from 'node:assert/strict';
import { homedir, hostname, userInfo } from 'node:os';
import * as vscode from 'vscode';

/** The language of the window, as its runner says. */
export const language = process.env.KREA_TEST_LANGUAGE ?? 'en';
const kana = /[\u3040-\u30ff\u4e00-\u9fff]/;

export interface ReportRow {
  readonly sign: string;
  readonly words: string;
  readonly code: string;
}

export interface ReadReport {
  /** The codes of the report by their sign. */
  readonly good: readonly string[];
  readonly faults: readonly string[];
  readonly unknown: readonly string[];
  readonly rows: readonly ReportRow[];
  readonly text: string;
}

/** Runs *Check My Setup* and reads its report, after all that must hold of every report. `secret`: what must not stand in it. */
export async function readReport(secret: readonly string[]): Promise<ReadReport> {
  await vscode.commands.executeCommand('kreaVideo.checkSetup');
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.isUntitled, true);
  const text = document?.getText() ?? '';
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  const [lines = '', facts = ''] = text.split('```text');
  const held = [...secret, '127.0.0.1', '/tmp', homedir()].filter((part) => part !== '' && text.includes(part));
  const words = new Set(text.split(/[^\p{L}\p{N}_.-]+/u));
  held.push(...[userInfo().username, hostname()].filter((name) => words.has(name)));
  assert.deepEqual(held, [], 'what the report must not hold');
  const rows = [...lines.matchAll(/^- (.+?) \*\*(.+?)\*\*: (.+) `([\w.]+)`$/gm)].map(
    ([, sign = '', , words = '', code = '']): ReportRow => ({ sign, words, code }),
  );
  assert.equal(rows.length, lines.split('\n- ').length - 1, 'every line of the report is read');
  assertWords(rows);
  for (const fact of [`Node ${process.versions.node}`, vscode.version, 'krea-video/']) assert.ok(facts.includes(fact), facts);
  const of = (sign: string) => rows.filter((row) => row.sign === sign).map(({ code }) => code);
  return { good: of('✅'), faults: of('❌'), unknown: of('➖'), rows, text };
}

/** In the language of the window; a fault says more than that it is there. */
export function assertWords(rows: readonly Pick<ReportRow, 'sign' | 'words'>[]): void {
  for (const { sign, words } of rows) {
    assert.equal(kana.test(words), language === 'ja', words);
    if (sign === '❌') assert.ok((words.match(/[.。!?]/g) ?? []).length >= 2, `a fault says what it is and what to do: ${words}`);
  }
}
