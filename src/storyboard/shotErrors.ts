import type { Board } from './readBoard';
import type { ShotFinding } from './resolvedShot';
import { shotKey } from './shotId';
import type { BoardFinding, Shot, Storyboard } from './storyboard';

/** What in the text itself leaves open what a request should be: nobody pays for it before a person has looked. */
const errors: ReadonlySet<BoardFinding['code']> = new Set(['frontMatter', 'duplicateId', 'keyTwice', 'secondPrompt']);

export const isBoardError = ({ code }: BoardFinding): boolean => errors.has(code);

/** All that keeps a shot of the board from being generated: its own findings, then those of the text that bear on it. */
export function shotErrors({ storyboard, shots }: Board, index: number): readonly (ShotFinding | BoardFinding)[] {
  const shot = shots[index];
  if (!shot) return [];
  const own = shot.findings.filter(({ severity }) => severity === 'error');
  const ofText = storyboard.findings.filter((finding) => isBoardError(finding) && bearsOn(finding, storyboard, shot.resolved.shot));
  return [...own, ...ofText];
}

function bearsOn(finding: BoardFinding, { headings }: Storyboard, { id, range, above }: Shot): boolean {
  if (finding.code === 'frontMatter') return true;
  // their takes would lie in one folder, so neither of them can be generated
  if (finding.code === 'duplicateId') return shotKey(finding.id) === shotKey(id);
  const { start } = finding;
  const isWithin = (from: number, to: number) => from <= start && start < to;
  // what a front matter or a heading above says, the shot inherits
  return (
    isWithin(range.start, range.end) ||
    start < (headings[0]?.range.start ?? 0) ||
    above.some((at) => isWithin(headings[at]?.range.start ?? 0, headings[at + 1]?.range.start ?? 0))
  );
}
