import assert from 'node:assert/strict';
import { type MadeStoryboard, makeStoryboard } from '../../src/storyboard/make/makeStoryboard';
import { sourceForm } from '../../src/storyboard/make/sourceForm';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';

export const known = knownKeys();

export function made(text: string, name = 'notes.md'): MadeStoryboard {
  return makeStoryboard({ text, form: sourceForm(text, name) }, { known });
}

/** A shot in the words of a test: id, title, `key: value` lines, prompt, and the notes below it. */
export interface Said {
  readonly id: string;
  readonly title?: string;
  readonly scene?: string;
  readonly list?: readonly string[];
  readonly prompt?: string;
  readonly notes?: readonly string[];
}

/** The shots of the text that was made, as the storyboard's own reader reads it. */
export function shotsIn({ text, shots }: MadeStoryboard): readonly Said[] {
  const board = readStoryboard(text, known);
  assert.deepEqual(
    board.shots.map(({ id, prompt }) => ({ id, prompt: prompt?.text ?? '' })),
    shots,
    'what was made reads back',
  );
  return board.shots.map(({ id, title, entries, prompt, range, above }) => {
    const list = entries.map(({ range: { start, end } }) => text.slice(start, end).replace(/^- /, ''));
    const notes = text
      .slice(range.start, range.end)
      .split(/\n{2,}/)
      .filter((block) => block.startsWith('>'))
      .map((block) => block.replace(/^> ?/gm, ''));
    const scene = board.headings[above.at(-1) ?? -1]?.text;
    return {
      id,
      ...(title !== '' && { title }),
      ...(scene !== undefined && { scene }),
      ...(list.length > 0 && { list }),
      ...(prompt && { prompt: prompt.text }),
      ...(notes.length > 0 && { notes }),
    };
  });
}
