import { type TextDocument, Uri, window, workspace } from 'vscode';
import { shotAt } from '../storyboard/shotAt';
import { shotKey } from '../storyboard/shotId';
import type { Boards, OpenBoard } from './boards';

/** A shot as lenses and rows name it to a command. */
export interface ShotName {
  readonly uri: Uri;
  /** Its id. */
  readonly shot: string;
  /** The price that stood beside the button, in millionths of a US dollar. */
  readonly seen?: number;
  /** Number of a take. */
  readonly take?: number;
}

export interface NamedShot extends ShotName {
  readonly document: TextDocument;
}

export type ShotAsked = { readonly kind: 'shot'; readonly named: NamedShot } | { readonly kind: 'noStoryboard' | 'noShotAtCursor' };

/** The shot that a command is about: that of its argument, else the one at the cursor. */
export async function namedShot(argument: unknown, boards: Boards): Promise<ShotAsked> {
  const name = shotName(argument);
  if (name) return { kind: 'shot', named: { ...name, document: await workspace.openTextDocument(name.uri) } };
  const editor = window.activeTextEditor;
  const board = editor && (await boards.of(editor.document));
  if (!editor || !board) return { kind: 'noStoryboard' };
  const { document } = editor;
  const at = document.offsetAt(editor.selection.active);
  const shot = board.storyboard.shots[shotAt(board.storyboard, at) ?? -1];
  return shot ? { kind: 'shot', named: { uri: document.uri, shot: shot.id, document } } : { kind: 'noShotAtCursor' };
}

/** The shot in which the cursor stands, with nothing selected. */
export async function shotAtCursor(boards: Boards): Promise<NamedShot | undefined> {
  if (window.activeTextEditor?.selection.isEmpty !== true) return undefined;
  const asked = await namedShot(undefined, boards);
  return asked.kind === 'shot' ? asked.named : undefined;
}

/** Where the shot stands in a board, which may be one of a later version; `undefined` when it is gone. */
export function indexOfShot({ shots }: Pick<OpenBoard, 'shots'>, { shot }: Pick<ShotName, 'shot'>): number | undefined {
  const index = shots.findIndex(({ resolved }) => shotKey(resolved.shot.id) === shotKey(shot));
  return index < 0 ? undefined : index;
}

function shotName(value: unknown): ShotName | undefined {
  if (typeof value !== 'object' || value === null || !('uri' in value) || !('shot' in value)) return undefined;
  const { uri, shot } = value;
  if (!(uri instanceof Uri) || typeof shot !== 'string') return undefined;
  const seen = 'seen' in value && typeof value.seen === 'number' ? { seen: value.seen } : {};
  const take = 'take' in value && typeof value.take === 'number' && Number.isSafeInteger(value.take) ? { take: value.take } : {};
  return { uri, shot, ...seen, ...take };
}
