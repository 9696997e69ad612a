import type { Entry } from './entry';
import { readFrontMatter } from './frontMatter';
import { insertEntry } from './insertEntry';
import { Lines, lineEnding, type TextChange } from './lines';
import { heldBy } from './shotLayers';
import type { Shot, Storyboard } from './storyboard';

export interface ModelChange {
  /** Id of the model that `shots` and `kept` have now. */
  readonly from: string;
  readonly to: string;
  readonly shots: readonly Shot[];
  /** They stay with `from`, wherever it is written. */
  readonly kept: readonly Shot[];
}

/**
 * The changes, in the order of the text, that give shots another model: each place from which one of them takes its model
 * is changed, and a shot that is kept and takes it from there too gets a line of its own. The setting is not the board's:
 * where it decides, the front matter does from now on.
 */
export function changeModel(text: string, board: Storyboard, { from, to, shots, kept }: ModelChange): readonly TextChange[] {
  const placeOf = (shot: Shot): Entry | undefined => heldBy(board, shot).get('model')?.entry;
  const places = new Set(shots.map(placeOf));
  const changes: TextChange[] = [];
  let moved = kept.filter((shot) => places.has(placeOf(shot)));
  for (const place of places) if (place) changes.push(...changedValue(text, place, to));
  if (places.has(undefined)) {
    const above = inFrontMatter(text, board, `model: ${to}`);
    if (above) changes.push(above);
    else {
      // a front matter that cannot be read is left to the writer
      moved = moved.filter((shot) => placeOf(shot) !== undefined);
      const bare = shots.filter((shot) => placeOf(shot) === undefined);
      changes.push(...bare.map((shot) => insertEntry(text, board, shot, `model: ${to}`)));
    }
  }
  changes.push(...moved.map((shot) => insertEntry(text, board, shot, `model: ${from}`)));
  return changes.toSorted((one, other) => one.start - other.start);
}

/** The word alone, so that quotes, stars and comments around it stay; a list, which names no model, as a whole. */
function changedValue(text: string, { keyRange, valueRange, range, value }: Entry, to: string): readonly TextChange[] {
  // an id, or `default`, or nothing: the setting decided
  const word = value.kind === 'text' ? value.text.trim() : '';
  const whole = Math.max(range.end, valueRange.end);
  const sent = withoutComments(text.slice(keyRange.end, whole));
  const found: TextChange[] = [];
  for (let at = sent.indexOf(word); word !== '' && at >= 0; at = sent.indexOf(word, at + word.length))
    if (!/[\w./-]/.test(sent.charAt(at - 1)) && !/^[\w-]|^[./]\w/.test(sent.slice(at + word.length)))
      found.push({ start: keyRange.end + at, end: keyRange.end + at + word.length, text: to });
  if (found.length > 0) return found;
  const { start } = valueRange;
  const end = value.kind === 'text' ? start : start + text.slice(start, whole).trimEnd().length;
  const lead = /\S/.test(text.charAt(start - 1)) ? ' ' : '';
  return [{ start, end, text: `${lead}${to}${end === start && /\S/.test(text.charAt(start)) ? ' ' : ''}` }];
}

const withoutComments = (text: string): string => text.replace(/<!--.*?-->/gs, (comment) => ' '.repeat(comment.length));

/** A line more at the top of the front matter, or one that holds this line alone. */
function inFrontMatter(text: string, board: Storyboard, entry: string): TextChange | undefined {
  const lines = new Lines(text);
  const ending = lineEnding(text);
  const front = readFrontMatter(text, lines);
  const put = (start: number, words: string): TextChange => ({ start, end: start, text: words });
  if (front.end === 0) return put(lines.startOf(0), `---${ending}${entry}${ending}---${ending}${ending}`);
  if (front.errors.length > 0 || lines.count < 2) return undefined;
  const [top] = board.frontMatter;
  if (!top) return put(lines.startOf(1), `${entry}${ending}`);
  const start = lines.startOf(Math.max(1, lines.lineAt(top.keyRange.start)));
  const lead = text.slice(start, top.keyRange.start);
  if (/^\s*\{/.test(lead)) return put(top.keyRange.start, `${entry}, `);
  return put(start, `${/^\s*/.exec(lead)?.[0] ?? ''}${entry}${ending}`);
}
