import { entryAt, removal, renaming } from './entryFixes';
import type { Fix, FixSurroundings } from './fix';
import { freeId } from './freeId';
import { insertEntry } from './insertEntry';
import { lineEnding, narrow } from './lines';
import type { Board } from './readBoard';
import { shotHeading, shotKey } from './shotId';
import type { BoardFinding } from './storyboard';

/** What settles a finding of the text itself. */
export function boardFixes(finding: BoardFinding, { board }: Pick<FixSurroundings, 'board'>): readonly Fix[] {
  const { text, storyboard } = board;
  const { start, end } = finding;
  const placed = entryAt(storyboard, finding);
  switch (finding.code) {
    case 'unusableKey':
    case 'nearKey': {
      if (!placed) return [];
      const near = finding.near === undefined ? [] : [renaming(placed.entry, finding.near, true)];
      return [...near, ...removal(text, placed, near.length === 0)];
    }
    case 'keyTwice':
    case 'onlyOnShot':
      return placed ? removal(text, placed, true) : [];
    case 'duplicateId':
      return newId(finding, board);
    case 'numberedHeading':
      return shotOutOf(finding, board);
    case 'onlyQuotes': {
      const plain = text.slice(start, end).replace(/^( {0,3})> ?/gm, '$1');
      return [{ act: { kind: 'useQuote' }, changes: [{ start, end, text: plain }], preferred: true }];
    }
    case 'fullWidthHeading': {
      const [, signs = '', blanks = ''] = /^(＃{1,6})(\s*)/.exec(text.slice(start, end)) ?? [];
      // Markdown wants a plain blank behind them
      const whole = signs.length + (blanks.startsWith('\u3000') ? 1 : 0);
      const plain = `${'#'.repeat(signs.length)}${/^[ \t]/.test(blanks) ? '' : ' '}`;
      return [{ act: { kind: 'headingSign' }, changes: [{ start, end: start + whole, text: plain }], preferred: true }];
    }
    case 'fullWidthBullet': {
      const [, margin = '', sign = ''] = /^(\s*)([・･•●■]\s*)/.exec(text.slice(start, end)) ?? [];
      const at = start + margin.length;
      return [{ act: { kind: 'bulletSign' }, changes: [{ start: at, end: at + sign.length, text: '- ' }], preferred: true }];
    }
    case 'ruleUnderText':
      return [{ act: { kind: 'blankLine' }, changes: [{ start, end: start, text: lineEnding(text) }], preferred: true }];
    case 'commentNotClosed': {
      // what is hidden below a blank line was hardly meant to be
      const [first = ''] = text.slice(start, end).split(/(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/, 1);
      const at = start + first.trimEnd().length;
      return [{ act: { kind: 'closeComment' }, changes: [{ start: at, end: at, text: ' -->' }], preferred: true }];
    }
    case 'frontMatter':
    case 'duplicateBlock':
    case 'blockFile':
    case 'secondPrompt':
      return [];
    default:
      return finding satisfies never;
  }
}

function newId({ start, end }: BoardFinding, { storyboard }: Board): readonly Fix[] {
  const index = storyboard.shots.findIndex(({ idRange }) => idRange.start === start && idRange.end === end);
  const id = freeId(
    storyboard.shots.map((shot) => shot.id),
    index,
  );
  return id === undefined ? [] : [{ act: { kind: 'giveId', id }, changes: [{ start, end, text: id }], preferred: true }];
}

/** `3. The door` becomes `Shot 3. The door`, in the word that the board uses; a heading with a word of its own gets a line `id:`. */
function shotOutOf({ start, end }: BoardFinding, { text, storyboard }: Board): readonly Fix[] {
  const heading = text.slice(start, end);
  const taken = new Set(storyboard.shots.map(({ id }) => shotKey(id)));
  const [, lead = '', number] = /^([\s*_`[(【「『#№]*)(\d+)/.exec(narrow(heading)) ?? [];
  if (number !== undefined && !/[#№]/.test(lead)) {
    const changed = `${heading.slice(0, lead.length)}${wordFor(
      storyboard.shots.map(({ id }) => id),
      heading,
    )}${heading.slice(lead.length)}`;
    const id = shotHeading(changed)?.id;
    if (id !== undefined && !taken.has(shotKey(id))) {
      const at = start + lead.length;
      const word = changed.slice(lead.length, changed.length - heading.length + lead.length);
      return [{ act: { kind: 'makeShot', id }, changes: [{ start: at, end: at, text: word }], preferred: true }];
    }
  }
  const own = /^[\s*_`[(【「『]*(.*?\d+)/.exec(narrow(heading))?.[1]?.trim();
  const section = storyboard.headings.find(({ textRange }) => textRange.start === start);
  if (own === undefined || !section) return [];
  const id = taken.has(shotKey(own)) ? `${own}A` : own;
  if (taken.has(shotKey(id))) return [];
  return [
    {
      act: { kind: 'makeShot', id },
      changes: [insertEntry(text, storyboard, { heading: section.index, range: section.wholeRange }, `id: ${id}`)],
      preferred: true,
    },
  ];
}

function wordFor(ids: readonly string[], heading: string): string {
  const named = ids.flatMap((id) => /^(shot|frame|cut|panel|clip) ?|^(?:カット|ショット|コマ)/i.exec(id)?.[0] ?? [])[0];
  if (named !== undefined) return named;
  return /[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}]/u.test(heading) ? 'カット' : 'Shot ';
}
