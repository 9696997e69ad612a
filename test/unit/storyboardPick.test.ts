import assert from 'node:assert/strict';
import fc from 'fast-check';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import type { Shot } from '../../src/storyboard/storyboard';
import { writePick } from '../../src/storyboard/writePick';
import { hostileBoard } from '../support/hostileBoard';

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

/** One line was changed or inserted, and perhaps a blank one: all before and all behind is as it was, its ends of lines too. */
function assertOneLine(before: string, after: string): void {
  if (before === after) return;
  const [old, changed] = [before, after].map((text) => text.split(/(?<=\r\n|\n|\r(?!\n))/));
  assert.ok(old && changed);
  let head = 0;
  while (head < old.length && old[head] === changed[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < changed.length - head && old.at(-1 - tail) === changed.at(-1 - tail)) tail++;
  const gone = old.slice(head, old.length - tail).filter((line) => line.trim() !== '');
  const come = changed.slice(head, changed.length - tail).filter((line) => line.trim() !== '');
  assert.ok(changed.length - old.length <= 2, 'a line and a blank one at most');
  // the end of the last line of a text comes with the line below it
  const kept = come.filter((line) => !gone.some((other) => other.trimEnd() === line.trimEnd() && !/pick/i.test(line)));
  assert.ok(gone.length <= 1 && kept.length === 1, JSON.stringify([gone, come]));
  assert.match(kept.join(), /pick/i);
}

describe('a pick', () => {
  const cases: readonly (readonly [what: string, before: string, after: string])[] = [
    ['goes behind the last parameter', '## SH1\n\n- duration: 5\n\nA cat.\n', '## SH1\n\n- duration: 5\n- pick: 2\n\nA cat.\n'],
    ['takes the bullet of the list', '## SH1\n\n*   duration: 5\n\nA cat.', '## SH1\n\n*   duration: 5\n*   pick: 2\n\nA cat.'],
    [
      'goes behind a list of values',
      '## SH1\n- refs:\n  - a.png\n  - b.png\nA cat.',
      '## SH1\n- refs:\n  - a.png\n  - b.png\n- pick: 2\nA cat.',
    ],
    [
      'stands before an item that holds more than values',
      '## SH1\n- duration: 5\n- vo: one\n  two\n\nA cat.',
      '## SH1\n- duration: 5\n- pick: 2\n- vo: one\n  two\n\nA cat.',
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

  it('changes one line and no other byte, and nothing else that is read', function () {
    this.timeout(30_000);
    fc.assert(
      fc.property(hostileBoard, fc.nat(), fc.integer({ min: 1, max: 999 }), (text, which, take) => {
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
        assertOneLine(text, picked(text, index, take));
      }),
      { numRuns: 2000 },
    );
  });
});
