import { isBlank, type TextRange } from './lines';
import type { Section } from './outline';
import type { Shot, Storyboard } from './storyboard';
import { merged } from './unsentMarks';

/**
 * What stands inside shots and is never sent, in the order of the text, without the blanks around it: quotes, comments, tables,
 * pictures for the reader, notes, parameters for the edit. Headings and lines of known parameters are in none.
 */
export function unsentRanges(board: Storyboard, text: string): readonly TextRange[] {
  return board.shots.flatMap((shot) => {
    const sections = sectionsOf(board, shot);
    const ownPrompt = sections.find(({ role }) => role === 'prompt');
    const unsent = sections.flatMap((section) => unsentIn(section, ownPrompt));
    return joined(text, without(merged(unsent), sentIn(shot, ownPrompt ?? sections[0])));
  });
}

function sectionsOf(board: Storyboard, shot: Shot): readonly Section[] {
  const sections: Section[] = [];
  for (let at = shot.heading; at < board.headings.length; at++) {
    const section = board.headings[at];
    if (!section || section.range.start >= shot.range.end) break;
    sections.push(section);
  }
  return sections;
}

function unsentIn({ role, body, range, bodyEnd, index }: Section, ownPrompt: Section | undefined): readonly TextRange[] {
  switch (role) {
    case 'shot':
      // where a heading holds the prompt, what stands before it is for people
      return ownPrompt ? [...body.unsent, ...(body.prompt?.pieces ?? [])] : body.unsent;
    case 'prompt':
      return index === ownPrompt?.index ? body.unsent : [{ start: range.end, end: bodyEnd }];
    case 'note':
      return [{ start: range.end, end: bodyEnd }];
    case 'textBlock':
    case 'textBlocks':
    case 'section':
      return body.unsent;
    default:
      return role satisfies never;
  }
}

/** What is sent, though it may stand inside of what is not. */
function sentIn({ stills }: Shot, holder: Section | undefined): readonly TextRange[] {
  const [fence] = holder?.body.fences ?? [];
  return merged([...stills.flatMap(({ alt, range }) => (inputs.has(alt) ? [range] : [])), ...(fence ? [fence] : [])]);
}

const inputs: ReadonlySet<string> = new Set(['start', 'end', 'ref', 'reference']);

/** Both in order, and none in another. */
function without(ranges: readonly TextRange[], holes: readonly TextRange[]): readonly TextRange[] {
  const left: TextRange[] = [];
  let next = 0;
  for (const { start, end } of ranges) {
    let from = start;
    while (next < holes.length && (holes[next]?.end ?? 0) <= start) next++;
    for (let at = next; at < holes.length; at++) {
      const hole = holes[at];
      if (!hole || hole.start >= end) break;
      if (hole.start > from) left.push({ start: from, end: hole.start });
      from = hole.end;
    }
    if (from < end) left.push({ start: from, end });
  }
  return left;
}

/** Without the blanks around each, and those with only blanks between them as one. */
function joined(text: string, ranges: readonly TextRange[]): readonly TextRange[] {
  const all: TextRange[] = [];
  for (const range of ranges) {
    const part = text.slice(range.start, range.end);
    if (isBlank(part)) continue;
    const start = range.end - part.trimStart().length;
    const end = range.start + part.trimEnd().length;
    const last = all.at(-1);
    if (last && isBlank(text.slice(last.end, start))) all[all.length - 1] = { start: last.start, end };
    else all.push({ start, end });
  }
  return all;
}
