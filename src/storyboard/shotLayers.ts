import type { Entry } from './entry';
import type { Origin } from './resolvedShot';
import { ofTheFile, onlyOnShot, type Shot, type Storyboard } from './storyboard';

/** An entry that holds for a shot, with the place it comes from. */
export interface Held {
  readonly entry: Entry;
  readonly origin: Extract<Origin, { readonly kind: 'shot' | 'heading' | 'frontMatter' }>;
}

/** What holds for a shot, by name: front matter, the headings above, outermost first, the shot; the nearest wins (rule 3). */
export function heldBy(board: Storyboard, shot: Shot): ReadonlyMap<string, Held> {
  const held = new Map<string, Held>();
  const inherit = (entry: Entry, origin: Held['origin']): void => {
    if (entry.known && !onlyOnShot.has(entry.name) && !ofTheFile.has(entry.name)) held.set(entry.name, { entry, origin });
  };
  for (const entry of board.frontMatter) inherit(entry, { kind: 'frontMatter', entry });
  for (const heading of shot.above)
    for (const entry of board.headings[heading]?.body.list?.entries ?? []) inherit(entry, { kind: 'heading', entry, heading });
  for (const entry of shot.entries) if (entry.known) held.set(entry.name, { entry, origin: { kind: 'shot', entry } });
  return held;
}

/** The text of an entry; empty where there is none, or where it holds a list. */
export function textOf(held: Held | undefined): string {
  return held?.entry.value.kind === 'text' ? held.entry.value.text.trim() : '';
}
