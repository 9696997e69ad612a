import type { TextRange } from './lines';
import type { Board, BoardShot } from './readBoard';
import type { ShotFinding } from './resolvedShot';
import type { BoardFinding, Storyboard } from './storyboard';

/** An error keeps every shot that it concerns from being generated. */
export function boardSeverity({ code }: BoardFinding): 'error' | 'warning' | 'hint' {
  switch (code) {
    case 'frontMatter':
    case 'duplicateId':
    case 'keyTwice':
    case 'secondPrompt':
      return 'error';
    case 'unusableKey':
    case 'nearKey':
    case 'duplicateBlock':
    case 'blockFile':
    case 'onlyOnShot':
    case 'ruleUnderText':
    case 'commentNotClosed':
    case 'onlyQuotes':
    case 'fullWidthHeading':
    case 'fullWidthBullet':
      return 'warning';
    case 'numberedHeading':
      return 'hint';
    default:
      return code satisfies never;
  }
}

/** All that keeps a shot from being generated: its own, and what is wrong in the text that it stands in or inherits from. */
export function errorsOf(board: Pick<Board, 'storyboard'>, { resolved, findings }: BoardShot): readonly (BoardFinding | ShotFinding)[] {
  const places = placesOf(board.storyboard, resolved.shot);
  const ofText = board.storyboard.findings.filter(
    (finding) => boardSeverity(finding) === 'error' && places.some(({ start, end }) => start <= finding.start && finding.start < end),
  );
  return [...findings.filter(({ severity }) => severity === 'error'), ...ofText];
}

/** The shot itself, the front matter, and what stands right below each heading above it. */
function placesOf({ headings }: Storyboard, shot: BoardShot['resolved']['shot']): readonly TextRange[] {
  const above = shot.above.flatMap((index) => headings[index] ?? []);
  return [
    { start: 0, end: headings[0]?.range.start ?? 0 },
    ...above.map(({ range, bodyEnd }) => ({ start: range.start, end: bodyEnd })),
    shot.range,
  ];
}
