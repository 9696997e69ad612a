import type { TextRange } from './lines';
import type { Origin } from './resolvedShot';
import type { Shot, Storyboard } from './storyboard';

/** Where a value is written, whatever part of the board that is; the shot's id where it is not written at all. `text`: one of a list. */
export function placeOfOrigin(origin: Origin, shot: Shot, { textBlocks }: Pick<Storyboard, 'textBlocks'>, text?: string): TextRange {
  switch (origin.kind) {
    case 'shot':
    case 'heading':
    case 'frontMatter':
      return placeIn(origin.entry, text);
    case 'still':
      return origin.range;
    case 'cast': {
      const block = textBlocks.find(({ kind, name }) => kind === 'cast' && name === origin.name);
      const entries = block?.entries.filter(({ name }) => name === 'ref' || name === 'refs') ?? [];
      const entry = entries.find(({ value }) => text === undefined || textsIn(value).includes(text)) ?? entries[0];
      return entry ? placeIn(entry, text) : shot.idRange;
    }
    case 'setting':
    case 'modelDefault':
      return shot.idRange;
    default:
      return origin satisfies never;
  }
}

type Entry = Extract<Origin, { readonly kind: 'shot' }>['entry'];

function placeIn({ value, valueRange, keyRange }: Entry, text: string | undefined): TextRange {
  const item = value.kind === 'list' ? value.items.find((one) => one.text === text) : undefined;
  return item?.range ?? (valueRange.end > valueRange.start ? valueRange : keyRange);
}

const textsIn = (value: Entry['value']): readonly string[] =>
  value.kind === 'list' ? value.items.map(({ text }) => text) : value.kind === 'text' ? [value.text] : [];

/** Of a value that is written at the shot its own place; of one that is inherited the shot's id: elsewhere it may be right. */
export function placeOf(origin: Origin | undefined, shot: Shot): TextRange {
  if (origin?.kind === 'shot')
    return origin.entry.valueRange.end > origin.entry.valueRange.start ? origin.entry.valueRange : origin.entry.keyRange;
  return origin?.kind === 'still' ? origin.range : shot.idRange;
}
