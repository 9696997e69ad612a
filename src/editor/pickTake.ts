import { l10n, Range, WorkspaceEdit, window, workspace } from 'vscode';
import { writePick } from '../storyboard/writePick';
import type { Boards } from './boards';
import { gestureFailure } from './gestureFailures';
import { indexOfShot, type NamedShot } from './namedShot';
import { inLabel } from './plainText';
import { tellFailure } from './tellFailure';

/** Writes into the text which take of a shot is picked: one change, that can be undone. */
export async function writePickedTake(named: NamedShot, take: number, boards: Boards): Promise<void> {
  const { document } = named;
  const board = await boards.of(document);
  const shot = board?.shots[indexOfShot(board, named) ?? -1];
  if (!board || !shot) return void tellFailure(gestureFailure({ kind: 'shotGone', shot: named.shot }));
  if (shot.resolved.pick !== take) {
    const { start, end, text } = writePick(board.text, board.storyboard, shot.resolved.shot, take);
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, new Range(document.positionAt(start), document.positionAt(end)), text);
    if (!(await workspace.applyEdit(edit)))
      return void window.showWarningMessage(l10n.t('The pick could not be written: the file cannot be changed here.'));
  }
  window.setStatusBarMessage(`$(check) ${l10n.t('{0}: take {1} is picked', inLabel(shot.resolved.shot.id, 40), take)}`, 5000);
}
