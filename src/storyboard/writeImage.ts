import type { EntryItem } from './entry';
import type { KnownKeys } from './parameterList';
import { readStoryboard } from './readStoryboard';
import type { Shot, Storyboard } from './storyboard';
import { type TextChange, writeEntry } from './writeEntry';

export type ImageRole = 'start' | 'end' | 'refs';

/** Fields of the service that mean the same as a word of the board. */
const fields = { start: 'start_image', end: 'end_image', refs: 'reference_images' } as const;

/**
 * Writes paths of images at a shot: the first as its start or end, or all as further references. `undefined` where no line says
 * them as a board reads it, such as one with a line break in its name.
 */
export function writeImage(
  text: string,
  board: Storyboard,
  shot: Shot,
  role: ImageRole,
  paths: readonly string[],
  known: KnownKeys,
): TextChange | undefined {
  const named = shot.entries.find(({ name }) => name === role) ?? shot.entries.find(({ name }) => name === fields[role]);
  const key = named?.name ?? role;
  const before = role === 'refs' && named ? itemsOf(named.value) : [];
  const wanted = role === 'refs' ? [...new Set([...before, ...paths])] : paths.slice(0, 1);
  const index = board.shots.indexOf(shot);
  for (const value of spellings(wanted)) {
    const change = writeEntry(text, board, shot, key, value);
    const read = readStoryboard(text.slice(0, change.start) + change.text + text.slice(change.end), known).shots[index];
    const entry = read?.entries.find(({ name }) => name === key);
    if (read?.id === shot.id && entry && isSame(itemsOf(entry.value), wanted)) return change;
  }
  return undefined;
}

/** One line for some paths: as they are, or in brackets where their signs would be read as something else. */
function spellings(paths: readonly string[]): readonly string[] {
  if (paths.some((path) => /[\r\n]/.test(path))) return [];
  const bracketed = paths.map((path) => `[image](<${path}>)`);
  const [only, ...others] = paths;
  if (only !== undefined && others.length === 0) return [only, `[image](${only})`, ...bracketed];
  return [`[${paths.join(', ')}]`, `[${bracketed.join(', ')}]`];
}

function itemsOf(
  value:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'list'; readonly items: readonly EntryItem[] }
    | { readonly kind: 'data' },
): readonly string[] {
  switch (value.kind) {
    case 'text':
      return /^(?:none|default|)$/i.test(value.text.trim()) ? [] : [value.text];
    case 'list':
      return value.items.map(({ text }) => text);
    case 'data':
      return [];
    default:
      return value satisfies never;
  }
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index]);
