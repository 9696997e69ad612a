import { narrow } from './lines';

/** What stands at the beginning of a shot's heading; offsets are those of the heading's text. */
export interface ShotHeading {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly title: string;
}

const named = String.raw`(?:shot|frame|cut|panel|clip|カット|ショット|コマ|ｶｯﾄ|ｼｮｯﾄ|ｺﾏ) ?#? ?\d+[a-z]?(?:[-.]\d+)?(?=$|[\s\p{P}\p{S}\p{sc=Hira}\p{sc=Kana}\p{sc=Han}])`;
const code = String.raw`(?:[a-z]{1,6}[-_]?\d{1,4}[a-z]?|\d{1,3}[a-z])`;
const coded = String.raw`${code}(?:[_-]${code})*(?=$|[\s\p{P}\p{S}])`;
const idAtStart = new RegExp(`^(?:${named}|${coded})`, 'iu');

/** Formats, and whole words with a number behind them, are no codes: 2D, Act1. */
const noId = /^(?:[23]d|\d{1,2}k|(?:scene|act|part|take|day|step|page|week|draft|phase|round|track|level)[-_]?\d+)$/i;

/** Emphasis and brackets may stand around an id: `## **SH010**`, `## 【カット3】`. */
const opening = /^[\s*_`[(【「『]*/;
const separator = /^[\s*_`\])】」』:,.、。・|/\u2013\u2014\u2015-]+/;

/** Rule 4: a heading is a shot when its text begins with an id. */
export function shotHeading(text: string): ShotHeading | undefined {
  const plain = narrow(text);
  const start = opening.exec(plain)?.[0].length ?? 0;
  const id = idAtStart.exec(plain.slice(start))?.[0];
  if (id === undefined || noId.test(id)) return undefined;
  const end = start + id.length;
  return { id: id.replace(/\s+/g, ' '), start, end, title: titleOf(text.slice(end)) };
}

/** The text after an id, without the sign that parts them. */
function titleOf(rest: string): string {
  let end = rest.length;
  while (end > 0 && /[\s*_`]/.test(rest[end - 1] ?? '')) end--;
  return rest.slice(separator.exec(narrow(rest))?.[0].length ?? 0, end);
}

/** Two ids are one when their keys are equal; the folder of the takes would be the same too. */
export const shotKey = (id: string): string =>
  id
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s#_-]+/g, '-');

/** A heading that a person would count, and that is no shot: `3. The door`, `Scene 2`. */
export const isNumbered = (text: string): boolean => /^[\s*_`[(【「『]*(?:[\p{L}]{1,10}\s?)?[#№]?\d+(?![\d\p{L}])/u.test(narrow(text));
