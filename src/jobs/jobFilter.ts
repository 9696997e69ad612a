import type { JobKind } from './jobKind';

/** What a list leaves out: all but one kind, and jobs that lack one of the words. */
export interface JobFilter {
  readonly kind?: JobKind;
  /** As typed, white space between them; looked for in prompt, model, shot and storyboard. */
  readonly words?: string;
}

export function isFiltering({ kind, words }: JobFilter): boolean {
  return kind !== undefined || wordsIn(words ?? '').length > 0;
}

/** Whether the order of a row, as JSON, holds every word. Letters of any script match whatever their case or width. */
export function wordMatcher(words: string): (order: unknown) => boolean {
  const wanted = wordsIn(words);
  return (order) => {
    if (wanted.length === 0) return true;
    const text = folded(textsOf(order).join('\n'));
    return wanted.every((word) => text.includes(word));
  };
}

function wordsIn(words: string): readonly string[] {
  return folded(words).split(/\s+/).filter(Boolean);
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function textsOf(order: unknown): readonly string[] {
  try {
    const value: unknown = typeof order === 'string' ? JSON.parse(order) : undefined;
    const model = field(value, 'model');
    const destination = field(value, 'destination');
    const texts = [
      field(value, 'prompt'),
      field(model, 'name'),
      field(model, 'id'),
      field(destination, 'shot'),
      field(destination, 'source'),
    ];
    return texts.filter((text) => typeof text === 'string');
  } catch {
    return [];
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
