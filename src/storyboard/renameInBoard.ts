import type { TextChange } from './lines';
import { isSameNamed, type NamePlace } from './namesInBoard';
import { shotHeading, shotKey } from './shotId';
import type { Shot, Storyboard } from './storyboard';
import { blockKey } from './textBlock';

export type Renaming =
  | {
      readonly kind: 'changes';
      /** In the order of the text. */
      readonly changes: readonly TextChange[];
      /** A shot that is renamed, with its new id. */
      readonly shot?: { readonly before: Shot; readonly id: string };
    }
  /** `noId`: its heading would make no shot any more. `signs`: it could not be mentioned. */
  | { readonly kind: 'refused'; readonly why: 'empty' | 'noId' | 'signs' | 'taken' | 'reserved'; readonly name: string };

/** Whether another name can be given here. `style` and `scene` are words of the format. */
export const canRename = ({ isByOtherWord }: NamePlace): boolean => !isByOtherWord;

/** A shot or block with all its mentions. Of two shots with one id only the first is mentioned by it. */
export function renameInBoard(text: string, board: Storyboard, places: readonly NamePlace[], at: NamePlace, written: string): Renaming {
  const name = at.of.kind === 'words' ? written.trim().replace(/^[@＠]\s*/, '') : written.trim();
  const refused = (why: Extract<Renaming, { kind: 'refused' }>['why']): Renaming => ({ kind: 'refused', why, name });
  if (name === '') return refused('empty');
  if (/[(){}[\]@（）｛｝［］＠\r\n]/.test(name) || name.length > 80) return refused('signs');
  const changes = places
    .filter((place) => isSameNamed(place.of, at.of) && canRename(place))
    .map(({ range }): TextChange => ({ ...range, text: name }))
    .sort((one, other) => one.start - other.start);
  if (at.of.kind === 'words') {
    const reserved = ['style', 'スタイル', 'scene'];
    const { heading } = at.of;
    const block = board.textBlocks.find((one) => one.heading === heading);
    if (block?.kind === 'block' && reserved.includes(blockKey(name))) return refused('reserved');
    const others = board.textBlocks.filter((one) => one.kind === block?.kind && one !== block);
    if (others.some((one) => blockKey(one.name) === blockKey(name))) return refused('taken');
    return { kind: 'changes', changes };
  }
  const { shot: index } = at.of;
  const before = board.shots[index];
  if (!before) return refused('empty');
  if (/[,:：，、]/.test(name)) return refused('signs');
  if (board.shots.some(({ id }, other) => other !== index && shotKey(id) === shotKey(name))) return refused('taken');
  if (!isStillShot(text, board, before, name)) return refused('noId');
  return { kind: 'changes', changes, shot: { before, id: name } };
}

/** What stands in a heading must look like an id; behind `id:` any name may stand but `none`. */
function isStillShot(text: string, board: Storyboard, { heading, idRange }: Shot, name: string): boolean {
  const { textRange } = board.headings[heading] ?? {};
  if (!textRange || idRange.start < textRange.start || idRange.end > textRange.end) return name.toLowerCase() !== 'none';
  const changed = text.slice(textRange.start, idRange.start) + name + text.slice(idRange.end, textRange.end);
  const found = shotHeading(changed);
  return found !== undefined && shotKey(found.id) === shotKey(name);
}
