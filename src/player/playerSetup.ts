import type * as vscode from 'vscode';
import type { PlayerAction } from './messages';
import type { PlayerClip } from './playerClip';

/** What the player is given by the window that it is in. */
export interface PlayerSetup {
  /** Root of the extension: `dist/player` and `media` lie below it. */
  readonly extensionUri: vscode.Uri;
  /** Folders a clip may lie in. Asked once per opened panel, because a change of them reloads the page. */
  readonly roots: () => readonly vscode.Uri[];
  /** The take of a stored panel; undefined when nobody knows it any more: the panel is closed then. */
  readonly findClip: (takeId: string, signal: AbortSignal) => Promise<PlayerClip | undefined>;
  readonly loop: () => boolean;
  /** The buttons that work for this clip in this window. */
  readonly actions: (clip: PlayerClip) => readonly PlayerAction[];
  /** One English line for the log; never holds a prompt. */
  readonly log: (line: string) => void;
  /** Of the panel, when it is not the player that a reload brings back. */
  readonly viewType?: string;
}
