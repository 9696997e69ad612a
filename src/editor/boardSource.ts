import { readFile, stat } from 'node:fs/promises';
import { Uri, window, workspace } from 'vscode';
import { isStoryboard } from '../storyboard/isStoryboard';
import { decodeText } from '../storyboard/make/decodeText';

/** What a storyboard is to be made of. */
export interface BoardSource {
  readonly text: string;
  /** Of its file, or of the tab. */
  readonly name: string;
  readonly isSelection: boolean;
}

export type FoundSource =
  | { readonly kind: 'source'; readonly source: BoardSource }
  | { readonly kind: 'none' | 'isStoryboard' }
  | { readonly kind: 'unreadable' | 'tooLarge'; readonly name: string };

/** Bytes: a text of this size has more shots than anybody makes. */
const largest = 5_000_000;

/** The selection; without one the whole of the file of the menu, or of the one in the editor. */
export async function boardSource(target: unknown): Promise<FoundSource> {
  const editor = window.activeTextEditor;
  const uri = target instanceof Uri ? target : editor?.document.uri;
  if (!uri || uri.scheme === 'output') return { kind: 'none' };
  const name = uri.path.split('/').at(-1) ?? '';
  if (editor && !editor.selection.isEmpty && editor.document.uri.toString() === uri.toString()) {
    const text = editor.document.getText(editor.selection);
    return text.trim() === '' ? { kind: 'none' } : { kind: 'source', source: { text, name, isSelection: true } };
  }
  const read = await wholeText(uri);
  if (read.kind !== 'text') return { kind: read.kind, name };
  const { text } = read;
  const lines = text.split(/\r\n|\n|\r/);
  const isMarkdown = /\.(?:md|markdown)$/i.test(name);
  if (
    isMarkdown &&
    isStoryboard({ fileName: name, languageId: 'markdown', lineCount: lines.length, lineAt: (at) => ({ text: lines[at] ?? '' }) })
  )
    return { kind: 'isStoryboard' };
  return text.trim() === '' ? { kind: 'none' } : { kind: 'source', source: { text, name, isSelection: false } };
}

/** Of a file on disk its bytes: the editor takes the CSV of a Japanese Excel for UTF-8. */
async function wholeText(
  uri: Uri,
): Promise<{ readonly kind: 'text'; readonly text: string } | { readonly kind: 'unreadable' | 'tooLarge' }> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  try {
    if (uri.scheme !== 'file' || open?.isDirty) return { kind: 'text', text: (open ?? (await workspace.openTextDocument(uri))).getText() };
    if ((await stat(uri.fsPath)).size > largest) return { kind: 'tooLarge' };
    return { kind: 'text', text: decodeText(await readFile(uri.fsPath)) };
  } catch {
    return { kind: 'unreadable' };
  }
}
