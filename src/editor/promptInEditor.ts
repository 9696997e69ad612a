import { Selection, type TextEditor } from 'vscode';
import { promptAt } from '../storyboard/promptAt';

export type PromptInEditor =
  | { readonly kind: 'prompt'; readonly prompt: string }
  | { readonly kind: 'blankSelection' | 'noPromptAtCursor' };

/** The selected text. Without a selection the paragraph at the cursor is selected first, so that one sees what goes. */
export function promptInEditor(editor: TextEditor): PromptInEditor {
  const { document } = editor;
  if (!editor.selection.isEmpty) {
    const prompt = document.getText(editor.selection).replace(/\r\n/g, '\n').trim();
    return prompt === '' ? { kind: 'blankSelection' } : { kind: 'prompt', prompt };
  }
  const text = document.getText();
  const range = promptAt(text, document.offsetAt(editor.selection.active), document.languageId === 'markdown' ? 'markdown' : 'plain');
  if (!range) return { kind: 'noPromptAtCursor' };
  editor.selection = new Selection(document.positionAt(range.start), document.positionAt(range.end));
  editor.revealRange(editor.selection);
  return { kind: 'prompt', prompt: text.slice(range.start, range.end).replace(/\r\n/g, '\n') };
}
