import assert from 'node:assert/strict';
import fc from 'fast-check';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import type { Shot } from '../../src/storyboard/storyboard';
import { writePick } from '../../src/storyboard/writePick';
import { boardText } from '../support/boardText';

const known = knownKeys();
const read = (text: string) => readStoryboard(text, known);

function picked(text: string, shot: number, take: number): string {
  const board = read(text);
  const one = board.shots[shot];
  assert.ok(one, 'there is such a shot');
  const change = writePick(text, board, one, take);
  return text.slice(0, change.start) + change.text + text.slice(change.end);
}

/** All that is read of a shot, without places. */
const withoutPick = ({ id, title, prompt, entries }: Shot) => ({
  id,
  title,
  prompt: prompt?.text,
  entries: entries.flatMap(({ name, value }) =>
    name === 'pick' ? [] : [[name, value.kind === 'list' ? value.items.map(({ text }) => text) : value]],
  ),
});

describe('a pick', () => {
  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    ['goes behind the last parameter', '## SH1\n\n- duration: 5\n\nA cat.\n', '## SH1\n\n- duration: 5\n- pick: 2\n\nA cat.\n'],
    ['takes the bullet of the list', '## SH1\n\n*   duration: 5\n\nA cat.', '## SH1\n\n*   duration: 5\n*   pick: 2\n\nA cat.'],
    [
      'goes behind a list of values',
      '## SH1\n- refs:\n  - a.png\n  - b.png\nA cat.',
      '## SH1\n- refs:\n  - a.png\n  - b.png\n- pick: 2\nA cat.',
    ],
    ['replaces the number alone', '## SH1\n- pick: 1 <!-- best -->\n\nA cat.', '## SH1\n- pick: 2 <!-- best -->\n\nA cat.'],
    ['fills an empty value', '## SH1\n- pick:\n\nA cat.', '## SH1\n- pick: 2\n\nA cat.'],
    ['stands above a prompt without a list', '## SH1\n\nA cat.\n', '## SH1\n\n- pick: 2\n\nA cat.\n'],
    ['parts itself from a prompt right below', '## SH1\nA cat.\n', '## SH1\n- pick: 2\n\nA cat.\n'],
    ['does not join a list that is the prompt', '## SH1\n\n- a cat\n- a dog\n', '## SH1\n\n* pick: 2\n\n- a cat\n- a dog\n'],
    ['keeps the ends of lines', '## SH1\r\n\r\nA cat.\r\n', '## SH1\r\n\r\n- pick: 2\r\n\r\nA cat.\r\n'],
    ['stands below a heading that ends the file', '# Film\n## SH1', '# Film\n## SH1\n\n- pick: 2'],
  ];
  for (const [what, before, after] of cases) it(what, () => assert.equal(picked(before, 0, 2), after));

  it('changes one line and no other byte, and nothing else that is read', () => {
    fc.assert(
      fc.property(boardText, fc.nat(), fc.integer({ min: 1, max: 999 }), (text, which, take) => {
        const before = read(text);
        // a list of picks means nothing
        fc.pre(
          before.shots.length > 0 &&
            before.shots.every(({ entries }) => entries.every(({ name, value }) => name !== 'pick' || value.kind === 'text')),
        );
        const index = which % before.shots.length;
        const after = read(picked(text, index, take));
        assert.deepEqual(after.shots.map(withoutPick), before.shots.map(withoutPick));
        const pick = after.shots[index]?.entries.find(({ name }) => name === 'pick')?.value;
        assert.ok(pick?.kind === 'text' && Number.parseInt(pick.text, 10) === take, JSON.stringify(pick));
        const change = writePick(text, before, before.shots[index] as never, take);
        assert.ok(!/\S/.test(text.slice(change.start, change.end).replace(/^.*$/m, '')), 'inside one line');
      }),
      { numRuns: 500 },
    );
  });
});
