import { Range, type TextDocument, TextEditorRevealType, window } from 'vscode';
import type { TextRange } from '../storyboard/lines';
import type { Boards } from './boards';
import { gestureFailure } from './gestureFailures';
import { indexOfShot, namedShot } from './namedShot';
import { tellFailure } from './tellFailure';

/** Brings the cursor to the heading of a shot. */
export async function goToShot(argument: unknown, boards: Boards): Promise<void> {
  const asked = await namedShot(argument, boards);
  if (asked.kind !== 'shot') return void tellFailure(gestureFailure(asked));
  const { named } = asked;
  const board = await boards.of(named.document);
  const shot = board?.storyboard.shots[indexOfShot(board, named) ?? -1];
  if (!shot) return void tellFailure(gestureFailure({ kind: 'shotGone', shot: named.shot }));
  await goToPlace(named.document, { start: shot.idRange.start, end: shot.idRange.start });
}

/** In the editor that shows the text already, if one does. */
export async function goToPlace(document: TextDocument, { start, end }: TextRange): Promise<void> {
  const selection = new Range(document.positionAt(start), document.positionAt(end));
  const there = window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
  const editor = await window.showTextDocument(document, { selection, ...(there !== undefined && { viewColumn: there }) });
  editor.revealRange(selection, TextEditorRevealType.InCenterIfOutsideViewport);
}
