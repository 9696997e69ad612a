import type { Model, Parameter } from '../catalogue/model';
import { isMention } from './expandPrompt';
import type { Origin } from './resolvedShot';
import { type Held, textOf } from './shotLayers';
import type { Still, TextBlock } from './storyboard';
import { blockKey } from './textBlock';

/** A picture that a request should show the model, as it is written. */
export interface ReferenceImage {
  readonly written: string;
  readonly origin: Origin;
}

/** The field by which a model takes pictures of people and things, if it has one. */
export function imageReferenceField({ parameters }: Model): Parameter | undefined {
  return parameters.find(
    ({ name, kind, items }) => kind === 'list' && items?.kind === 'uri' && /image/.test(name) && /reference/.test(name),
  );
}

/**
 * In their order: what `refs` says, stills marked as reference, then those of the cast as the prompt names it (rule 11).
 * `refs: none` sends none.
 */
export function referenceImages(
  refs: Held | undefined,
  stills: readonly Still[],
  mentioned: readonly TextBlock[],
  cast: ReadonlyMap<string, TextBlock>,
): readonly ReferenceImage[] {
  if (textOf(refs).toLowerCase() === 'none') return [];
  const written = refs ? writtenIn(refs) : [];
  const own = written.flatMap(({ text, origin }): readonly ReferenceImage[] => {
    const block = isMention(text) ? cast.get(blockKey(text.replace(/^[@＠]/, ''))) : undefined;
    return block ? imagesOf(block) : [{ written: text, origin }];
  });
  const shown = stills.filter(({ alt }) => alt === 'ref' || alt === 'reference');
  const images = [
    ...own,
    ...shown.map(({ text, range }): ReferenceImage => ({ written: text, origin: { kind: 'still', range } })),
    ...mentioned.flatMap(imagesOf),
  ];
  return images.filter((image, index) => image.written !== '' && images.findIndex(({ written: text }) => text === image.written) === index);
}

function writtenIn({ entry, origin }: Held): readonly { readonly text: string; readonly origin: Origin }[] {
  switch (entry.value.kind) {
    case 'text':
      return [{ text: entry.value.text, origin }];
    case 'list':
      return entry.value.items.map(({ text }) => ({ text, origin }));
    case 'data':
      return [];
    default:
      return entry.value satisfies never;
  }
}

function imagesOf(block: TextBlock): readonly ReferenceImage[] {
  const entries = block.entries.filter(({ name }) => name === 'ref' || name === 'refs');
  const origin: Origin = { kind: 'cast', name: block.name };
  return entries.flatMap(({ value }) => {
    if (value.kind === 'text') return [{ written: value.text, origin }];
    return value.kind === 'list' ? value.items.map(({ text }) => ({ written: text, origin })) : [];
  });
}
