import {
  CodeAction,
  type CodeActionContext,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  type Disposable,
  languages,
  Range,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import type { Fix } from '../storyboard/fix';
import { fixesOf } from '../storyboard/fixesOf';
import { diagnosticSource } from './boardDiagnostics';
import { type BoardSentence, boardSentences } from './boardSentences';
import type { Boards } from './boards';
import { fixWords } from './fixWords';
import { storyboardFiles } from './storyboardFiles';

/** Offers for each thing that is said of a storyboard what settles it. */
export class QuickFixes implements CodeActionProvider, Disposable {
  private readonly registered: Disposable;

  constructor(private readonly boards: Boards) {
    this.registered = languages.registerCodeActionsProvider([...storyboardFiles], this, {
      providedCodeActionKinds: [CodeActionKind.QuickFix],
    });
  }

  async provideCodeActions(document: TextDocument, _range: Range, { diagnostics }: CodeActionContext): Promise<CodeAction[]> {
    const ours = diagnostics.filter(({ source }) => source === diagnosticSource);
    if (ours.length === 0) return [];
    const board = await this.boards.of(document);
    if (!board) return [];
    const sentences = boardSentences(board, () => false);
    return ours.flatMap((diagnostic) => {
      const said = sentences.find((sentence) => isSaidBy(sentence, diagnostic, document));
      if (!said?.found) return [];
      const fixes = fixesOf(said.found, { board, catalogue: board.catalogue, shot: said.found.shot });
      return fixes.map((fix) => actionFor(fix, diagnostic, document));
    });
  }

  dispose(): void {
    this.registered.dispose();
  }
}

const isSaidBy = ({ start, code, words }: BoardSentence, diagnostic: Diagnostic, document: TextDocument): boolean =>
  diagnostic.code === code && diagnostic.message === words && document.offsetAt(diagnostic.range.start) === start;

function actionFor({ act, changes, preferred }: Fix, diagnostic: Diagnostic, document: TextDocument): CodeAction {
  const action = new CodeAction(fixWords(act), CodeActionKind.QuickFix);
  const edit = new WorkspaceEdit();
  for (const { start, end, text } of changes)
    edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
  action.edit = edit;
  action.diagnostics = [diagnostic];
  action.isPreferred = preferred;
  return action;
}
