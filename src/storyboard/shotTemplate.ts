import { isCast } from './outline';
import { shotHeading, shotKey } from './shotId';
import type { Storyboard } from './storyboard';

/** `SH060` after `SH050`, `カット4` after `カット3`: the step is that of the last two ids, and no id is given twice. */
export function nextShotId(board: Storyboard): string {
  const [last, before] = board.shots.toReversed().flatMap(({ id }) => numbered(id) ?? []);
  if (!last) return 'SH010';
  const isSeries = before?.lead === last.lead && last.number > before.number;
  const step = isSeries ? last.number - before.number : last.number % 10 === 0 ? 10 : 1;
  const taken = new Set(board.shots.map(({ id }) => shotKey(id)));
  for (let number = last.number + step; ; number += step) {
    const id = last.lead + String(number).padStart(last.digits, '0');
    if (!taken.has(shotKey(id))) return id;
  }
}

function numbered(id: string) {
  const [, lead, digits] = /^(.*?)(\d+)[a-z]?$/i.exec(id.normalize('NFKC')) ?? [];
  return lead === undefined || digits === undefined ? undefined : { lead, number: Number(digits), digits: digits.length };
}

/** Snippets: what stands behind the signs of the heading, or the whole of it. */
export interface Template {
  readonly insert: string;
}

export function shotTemplate(board: Storyboard, id: string, heading: 'typed' | 'whole'): Template {
  const level = board.headings[board.shots.at(-1)?.heading ?? -1]?.level ?? 2;
  const style = board.textBlocks.some(({ kind }) => kind === 'style') ? '{{style}} ' : '';
  // an id that is no id by its looks would make no shot
  const isShot = shotHeading(id) !== undefined;
  const plain = id.replace(/[$}\\]/g, '\\$&');
  const entry = isShot ? '' : `- id: ${plain}\n\n`;
  return { insert: `${marks(level, heading)}${isShot ? plain : ''} \${1}\n\n${entry}${style}\${0}` };
}

export function castTemplate(board: Storyboard, heading: 'typed' | 'whole'): Template {
  const holder = board.headings.find((one) => one.role === 'textBlocks' && isCast(one));
  const cast = holder || heading === 'typed' ? '' : '# Cast\n\n';
  return { insert: `${cast}${marks((holder?.level ?? 1) + 1, heading)}@\${1:name}\n\n- name: \${2}\n- ref: \${3}\n\n\${0}` };
}

const marks = (level: number, heading: 'typed' | 'whole'): string => (heading === 'typed' ? '' : `${'#'.repeat(Math.min(level, 6))} `);
