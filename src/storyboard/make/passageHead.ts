import { secondsIn } from './secondsIn';
import { leadingId } from './shotIds';

/** What stands before the words of a passage: `**Shot 2 – Opening** (5 s): …`. */
export interface PassageHead {
  readonly id: string | undefined;
  readonly title: string;
  /** As written. */
  readonly seconds: string | undefined;
  readonly rest: string;
}

const bold = /^(\*\*|__)(?!\s)(.{1,80}?)\1\s*/;
/** `Scene 2: …` counts the passages and is no id. */
const numbered = /^((?:scene|part|act|prompt|sequence|シーン|場面|プロンプト)\s?[#＃]?\d{1,3}[a-z]?)\s*(?:[:：.–—]|-\s)\s*(.+)$/iu;
const joint = /^\s*[:：–—-]+\s*/;
const bracket = /^\s*[(（[【]([^)）\]】]{1,24})[)）\]】]\s*/;

/** Reads the first line of a passage. `isAlone`: no more lines follow, and a line in bold is then the text itself. */
export function passageHead(line: string, isAlone: boolean): PassageHead {
  const marked = bold.exec(line);
  if (marked) {
    const inner = marked[2] ?? '';
    const found = leadingId(inner);
    const { seconds, rest } = leadingSeconds(line.slice(marked[0].length));
    const after = rest.replace(joint, '');
    if (found || after !== '' || !isAlone) {
      const late = trailingSeconds(found ? found.rest : inner.replace(/[:：.。]\s*$/, ''));
      return { id: found?.id, title: late.title, seconds: seconds ?? late.seconds, rest: after };
    }
  }
  const found = leadingId(line);
  if (!found) {
    const [, title = '', words = line] = numbered.exec(line) ?? [];
    const { seconds, rest } = leadingSeconds(words);
    return { id: undefined, title, seconds, rest: seconds === undefined ? words : rest.replace(joint, '') };
  }
  const { seconds, rest } = leadingSeconds(found.rest);
  const after = rest.replace(joint, '');
  // an id that stands alone in its line, with a name or without, heads what follows
  return isAlone || after.length > 60 || /[.。!！?？,、]$/.test(after)
    ? { id: found.id, title: '', seconds, rest: after }
    : { id: found.id, title: after, seconds, rest: '' };
}

/** `(5 s)`, `[0:05–0:10]`, `0:05–0:10`. */
function leadingSeconds(text: string): { readonly seconds: string | undefined; readonly rest: string } {
  const [whole, inner] = bracket.exec(text) ?? /^\s*(\d{1,2}:\d{2}\s*[-–—~〜]\s*\d{1,2}:\d{2})(?!\d)\s*/.exec(text) ?? [];
  return whole !== undefined && inner !== undefined && isLength(inner)
    ? { seconds: inner, rest: text.slice(whole.length) }
    : { seconds: undefined, rest: text };
}

/** A title without the length behind it. */
export function trailingSeconds(title: string): { readonly title: string; readonly seconds: string | undefined } {
  const [whole, inner] = /\s*[(（[【]([^)）\]】]{1,24})[)）\]】]\s*$/.exec(title) ?? [];
  return whole !== undefined && inner !== undefined && isLength(inner)
    ? { title: title.slice(0, -whole.length), seconds: inner }
    : { title, seconds: undefined };
}

/** With a unit or as a time; `(2)` may be anything. */
const isLength = (text: string): boolean => !/^\d+$/.test(text.trim()) && secondsIn(text) !== undefined;
