import { l10n } from 'vscode';
import { errorsOf } from '../storyboard/boardSeverity';
import type { FrameReference } from '../storyboard/frameReference';
import type { TextRange } from '../storyboard/lines';
import type { Board, BoardShot } from '../storyboard/readBoard';
import type { ShotFinding } from '../storyboard/resolvedShot';
import type { BoardFinding } from '../storyboard/storyboard';
import { boardFindingWords } from './boardFindingWords';
import { oneLine } from './plainText';
import { shotFindingWords } from './shotFindingWords';

/** What stands in the way, and where in the text it does. */
export interface WhyNot {
  readonly words: string;
  readonly range: TextRange;
}

/** Why a shot of the board is not generated as it stands; `undefined` when nothing speaks against it. */
export function whyNotGenerated(board: Board, index: number): WhyNot | undefined {
  const boardShot = board.shots[index];
  if (!boardShot) return undefined;
  const { resolved } = boardShot;
  const { shot, omit, clip, prompt, frames } = resolved;
  const id = oneLine(shot.id, 40);
  const at = (name: string): TextRange => shot.entries.find((entry) => entry.name === name)?.range ?? shot.idRange;
  if (omit) return { words: l10n.t('{0} is omitted: its number is kept, and no video is made.', id), range: at('omit') };
  if (clip !== undefined) return { words: l10n.t('{0} is your own footage: no video is made.', id), range: at('clip') };
  if (!prompt) return { words: l10n.t('{0} has no prompt yet.', id), range: shot.idRange };
  const [first, ...more] = errorsOf(board, boardShot);
  if (first) {
    const words = errorWords(first, boardShot, board);
    const what =
      more.length === 0
        ? l10n.t('{0} cannot be generated yet: {1}.', id, words)
        : l10n.t('{0} cannot be generated yet: {1}. Further problems: {2}.', id, words, more.length);
    return { words: what, range: first };
  }
  const [frame] = frames;
  if (frame)
    return { words: frameWords(id, frame.frame), range: frame.origin.kind === 'shot' ? frame.origin.entry.valueRange : shot.idRange };
  return undefined;
}

/** As the diagnostics say it, less the full stop. */
export function errorWords(error: ShotFinding | BoardFinding, { resolved }: BoardShot, { storyboard }: Board): string {
  const words = 'severity' in error ? shotFindingWords(error, resolved, storyboard) : boardFindingWords(error);
  return words.replace(/[.。]$/, '');
}

function frameWords(id: string, frame: FrameReference): string {
  const other = oneLine(frame.shot, 40);
  return l10n.t(
    '{0} needs a frame of {1}, and such frames are not taken by themselves yet. Play a take of {1}, save its frame with Use This Frame, and write the path of that image here.',
    id,
    other,
  );
}
