import { narrow } from '../lines';
import { shotHeading, shotKey } from '../shotId';

/** An id at the beginning of a passage, and what follows it. */
export interface LeadingId {
  readonly id: string;
  readonly rest: string;
}

/** `Shot 3: …`, `SH010 – …`, `**カット1** …`: a code counts only with a sign behind it, or any word with a number would be one. */
export function leadingId(line: string): LeadingId | undefined {
  const plain = line.replace(/^\s*(?:[-*+]|\d{1,3}[.)])\s+/, '').replace(/^(\*\*|__)(.+?)\1/, '$2');
  const found = shotHeading(plain);
  if (!found || found.start > 1) return undefined;
  const after = plain.slice(found.end);
  const isNamed = /^(?:shot|frame|cut|panel|clip|カット|ショット|コマ)/i.test(found.id);
  const isMarked = after.trim() === '' || /^\s*[:：.)\]】|–—-]/.test(after) || /^\s*[(（]/.test(after) || after.startsWith('\u3000');
  return isMarked || (isNamed && !/^[a-z]/i.test(after.trim())) ? { id: found.id, rest: found.title } : undefined;
}

/** Whether a heading of nothing but this is a shot by this id. */
export const isShotId = (id: string): boolean => {
  const found = shotHeading(id);
  return found !== undefined && found.start === 0 && found.end === id.length && found.id === id;
};

/** Of each shot an id of its own: that of the source where it has one, a bare number behind `word`, else SH010, SH020… */
export function numberShots(
  ids: readonly (string | undefined)[],
  word: string,
): readonly { readonly id: string; readonly lost?: string }[] {
  const taken = new Set<string>();
  const kept = ids.map((id) => {
    const name = id === undefined ? undefined : named(id, word);
    if (name === undefined || taken.has(shotKey(name))) return undefined;
    taken.add(shotKey(name));
    return name;
  });
  // four digits at most are an id
  const step = ids.length > 900 ? 1 : 10;
  let number = 0;
  return kept.map((id, index) => {
    if (id !== undefined) return { id };
    let next: string;
    do {
      number += step;
      next = `SH${String(number).padStart(3, '0')}`;
    } while (taken.has(shotKey(next)));
    taken.add(shotKey(next));
    const lost = ids[index];
    return lost === undefined ? { id: next } : { id: next, lost };
  });
}

function named(written: string, word: string): string | undefined {
  const id = narrow(written)
    .replace(/[*`]|^_+|_+$/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (id === '' || /^(?:none|default)$/i.test(id)) return undefined;
  const [, number] = /^[#№]?\s*(\d{1,4}(?:[-.]\d{1,3})?)[.):]?$/.exec(id) ?? [];
  return number === undefined ? id : `${word}${number}`;
}
