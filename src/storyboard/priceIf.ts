import { type Price, priceOf } from '../catalogue/price';
import type { Entry } from './entry';
import { type BoardSurroundings, resolveShot } from './resolveShot';
import type { Shot, Storyboard } from './storyboard';

const nowhere = { start: 0, end: 0 };

/**
 * What a shot would cost if its own list said `name: text`; `undefined` takes that line away. Also for what headings above say,
 * as long as the shot says nothing of its own.
 */
export function priceIf(board: Storyboard, shot: Shot, name: string, text: string | undefined, around: BoardSurroundings): Price {
  const others = shot.entries.filter((entry) => entry.name !== name);
  const written: Entry = {
    ...{ name, known: true, value: { kind: 'text', text: text ?? '' } },
    ...{ range: nowhere, keyRange: nowhere, valueRange: nowhere },
  };
  const { model, body } = resolveShot(board, { ...shot, entries: text === undefined ? others : [...others, written] }, around);
  return model.kind === 'model' ? priceOf(model.model, body) : { kind: 'unknown' };
}
