import { boardSeverity } from '../storyboard/boardSeverity';
import type { Found } from '../storyboard/fixesOf';
import type { TextRange } from '../storyboard/lines';
import { placeOfOrigin } from '../storyboard/placeOfOrigin';
import type { Board, BoardShot } from '../storyboard/readBoard';
import type { ShotFinding } from '../storyboard/resolvedShot';
import { shotAt } from '../storyboard/shotAt';
import { boardFindingWords } from './boardFindingWords';
import { shotFindingWords } from './shotFindingWords';

/** What the editor says at a place of a storyboard. */
export interface BoardSentence extends TextRange {
  readonly severity: 'error' | 'warning' | 'hint';
  /** For filters and for quick fixes. */
  readonly code: string;
  readonly words: string;
  /** What quick fixes are made of, where it is a finding of the text. */
  readonly found?: Found & { readonly shot: BoardShot | undefined };
  /** Where the value is written that a shot inherits. */
  readonly from?: TextRange;
}

/**
 * Every finding of a board as a sentence at its place, once. `isSettled`: the shot has the take it is to have, so that what the
 * models say of it is a hint and no more.
 */
export function boardSentences(board: Board, isSettled: (shot: BoardShot) => boolean): readonly BoardSentence[] {
  const settled = board.shots.map(isSettled);
  const ofText = board.storyboard.findings.map((finding): BoardSentence => {
    const { start, end } = finding;
    const severity = boardSeverity(finding);
    const isMild = severity === 'warning' && settled[shotAt(board.storyboard, start) ?? -1] === true;
    const found = { of: 'text', finding, shot: undefined } as const;
    return { start, end, severity: isMild ? 'hint' : severity, code: finding.code, words: boardFindingWords(finding), found };
  });
  const ofShots = board.shots.flatMap((shot, index) =>
    shot.findings.map((finding) => sentenceOf(finding, shot, settled[index] === true, board)),
  );
  return merged([...ofText, ...ofShots]);
}

/** Two shots that take a value from one place say the same there; the graver of them counts. */
export function merged(sentences: readonly BoardSentence[]): readonly BoardSentence[] {
  const byPlace = new Map<string, BoardSentence>();
  for (const sentence of sentences) {
    const key = `${sentence.code} ${sentence.start} ${sentence.end} ${sentence.words}`;
    const known = byPlace.get(key);
    if (!known || gravity[sentence.severity] > gravity[known.severity]) byPlace.set(key, sentence);
  }
  return [...byPlace.values()];
}

const gravity = { hint: 0, warning: 1, error: 2 } as const;

function sentenceOf(finding: ShotFinding, shot: BoardShot, isSettled: boolean, { storyboard }: Board): BoardSentence {
  const { resolved } = shot;
  const { shot: text, modelOrigin } = resolved;
  // the model of a whole board is gone once, not in each of its shots
  const isOfModel = finding.code === 'retiredModel' || finding.code === 'unknownModel';
  const { start, end } = isOfModel ? placeOfOrigin(modelOrigin, text, storyboard) : finding;
  const origin = finding.code === 'request' ? finding.origin : undefined;
  const isElsewhere = origin?.kind === 'heading' || origin?.kind === 'frontMatter';
  return {
    ...{ start, end, severity: isSettled ? 'hint' : finding.severity },
    code: finding.code === 'request' ? finding.finding.code : finding.code,
    words: shotFindingWords(finding, resolved, storyboard),
    found: { of: 'shot', finding, shot },
    ...(isElsewhere && { from: placeOfOrigin(origin, text, storyboard) }),
  };
}
