import { isBlank } from './lines';
import { isCast, isStyle, type Section } from './outline';
import type { TextBlock } from './storyboard';

/** A style, a block or a member of the cast, as its heading says (rule 10). */
export function textBlockOf(section: Section, sections: readonly Section[]): TextBlock | undefined {
  if (section.role !== 'textBlock') return undefined;
  const { index, text: heading, body } = section;
  const holder = section.parent === undefined ? undefined : sections[section.parent];
  const words = { heading: index, text: oneLine(body.prompt?.text ?? ''), entries: body.list?.entries ?? [] };
  if (holder?.role !== 'textBlocks') return isStyle(section) ? { kind: 'style', name: '', ...words } : undefined;
  const name = heading.replace(/[*_`]/g, '').trim();
  return isCast(holder) ? { kind: 'cast', name: name.replace(/^[@＠]/, ''), ...words } : { kind: 'block', name, ...words };
}

/** Two names are one when their keys are equal. */
export const blockKey = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

const wide = String.raw`[\p{sc=Hira}\p{sc=Kana}\p{sc=Han}\u3000-\u303F\u30FB\u30FC\uFF01-\uFF60]`;
const betweenWide = new RegExp(`(?<=${wide})\\s*\\n\\s*(?=${wide})`, 'gu');

/** The ends of lines become blanks; between kana and kanji nothing stands (rule 10). */
export const oneLine = (text: string): string =>
  isBlank(text)
    ? ''
    : text
        .replace(betweenWide, '')
        .replace(/\s*\n\s*/g, ' ')
        .trim();
