import type { Catalogue } from '../catalogue/model';
import { boardFixes } from './boardFixes';
import { applied, type Fix, type FixAct, type FixSurroundings } from './fix';
import type { Board } from './readBoard';
import { keysOf } from './readBoard';
import { readStoryboard } from './readStoryboard';
import type { ShotFinding } from './resolvedShot';
import { shotFixes } from './shotFixes';
import type { BoardFinding, Storyboard } from './storyboard';

export type Found = { readonly of: 'text'; readonly finding: BoardFinding } | { readonly of: 'shot'; readonly finding: ShotFinding };

/** What would settle a finding, the best first. Each is a change of these bytes and of no others. */
export function fixesOf(found: Found, { board, catalogue, shot }: FixSurroundings): readonly Fix[] {
  return fixesFor(found, { board, catalogue, shot }).filter((fix) => mayChangePrompts(fix.act) || keepsPrompts(fix, board, catalogue));
}

function fixesFor(found: Found, { board, catalogue, shot }: FixSurroundings): readonly Fix[] {
  switch (found.of) {
    case 'text':
      return boardFixes(found.finding, { board });
    case 'shot':
      return shot ? shotFixes(found.finding, shot, { board, catalogue }) : [];
    default:
      return found satisfies never;
  }
}

function mayChangePrompts({ kind }: FixAct): boolean {
  switch (kind) {
    case 'set':
    case 'rename':
    case 'remove':
    case 'keepAsNote':
    case 'giveId':
    case 'useModel':
    case 'nameShot':
      return false;
    case 'makeShot':
    case 'insertBlock':
    case 'appendAvoid':
    case 'useQuote':
    case 'headingSign':
    case 'bulletSign':
    case 'blankLine':
    case 'closeComment':
      return true;
    default:
      return kind satisfies never;
  }
}

/** A line too few, and a list of parameters would be read as words to send. */
function keepsPrompts({ changes }: Fix, { text, storyboard }: Board, catalogue: Catalogue): boolean {
  const after = promptsOf(readStoryboard(applied(text, changes), keysOf(catalogue)));
  return promptsOf(storyboard).join('\u0000') === after.join('\u0000');
}

const promptsOf = ({ shots }: Storyboard): readonly string[] => shots.map(({ prompt }) => prompt?.text ?? '');
