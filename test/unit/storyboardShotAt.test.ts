import assert from 'node:assert/strict';
import fc from 'fast-check';
import { boardSum, budgetOf } from '../../src/storyboard/boardSum';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readBoard } from '../../src/storyboard/readBoard';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { shotAt } from '../../src/storyboard/shotAt';
import { boardText } from '../support/boardText';
import { loadCatalogue } from '../support/models';

const known = knownKeys();

describe('the shot at the cursor', () => {
  const text = '# Film\n\n## SH1 One\n\nA cat.\n\n### Notes\n\nlater\n\n\n# Scene\n\nwords\n\n## SH2\n\nA dog.\n\n\n';
  const board = readStoryboard(text, known);
  const places: readonly (readonly [what: string, at: string, id: string | undefined])[] = [
    ['is none above the first', '# Film', undefined],
    ['is that of its heading', '## SH1', 'SH1'],
    ['is that of its prompt', 'A cat', 'SH1'],
    ['is that of its notes', 'later', 'SH1'],
    ['is that of the blank lines below', '\n\n# Scene', 'SH1'],
    ['is none below the heading of a scene', 'words', undefined],
    ['is the next one', 'A dog', 'SH2'],
  ];
  for (const [what, at, id] of places) it(what, () => assert.equal(board.shots[shotAt(board, text.indexOf(at)) ?? -1]?.id, id));

  it('is the last one at the end of the text', () => assert.equal(shotAt(board, text.length), 1));

  it('is one whose lines hold the place, in any text', () => {
    fc.assert(
      fc.property(boardText, fc.nat(), (any, where) => {
        const read = readStoryboard(any, known);
        const offset = where % (any.length + 1);
        const found = shotAt(read, offset);
        const inside = read.shots.findIndex(({ range }) => range.start <= offset && offset < range.end);
        if (inside >= 0) assert.equal(found, inside);
        else if (found !== undefined) assert.match(any.slice(read.shots[found]?.range.end ?? 0, offset), /^(?!.*^#{1,6} .*$)/m);
      }),
      { numRuns: 300 },
    );
  });
});

describe('what a board comes to', () => {
  const head = (budget: string) => `---\nmodel: kling/kling-2.5\n${budget}---\n\n`;
  const rows: readonly (readonly [what: string, shots: string, sum: { shots: number; microUsd: number; unpriced: number }])[] = [
    ['is one take of each shot', '## S1\n\nA cat.\n\n## S2\n\nA dog.\n', { shots: 2, microUsd: 733_400, unpriced: 0 }],
    ['is nothing for a shot without a prompt', '## S1\n\n## S2\n\nA dog.\n', { shots: 2, microUsd: 366_700, unpriced: 0 }],
    ['is nothing for own footage', '## S1\n- clip: a.mp4\n\nA cat.\n', { shots: 1, microUsd: 0, unpriced: 0 }],
    ['is nothing for what is omitted', '## S1\n- omit: true\n\nA cat.\n', { shots: 1, microUsd: 0, unpriced: 0 }],
    ['counts apart what has no known price', '## S1\n- model: nobody/knows\n\nA cat.\n', { shots: 1, microUsd: 0, unpriced: 1 }],
  ];
  for (const [what, shots, sum] of rows)
    it(what, async () => {
      const around = { catalogue: await loadCatalogue(), modelId: '', parameters: {}, otherBlocks: [] };
      assert.deepEqual(boardSum((await readBoard(head('') + shots, around)).shots), sum);
    });

  const budgets: readonly (readonly [string, number | undefined])[] = [
    ['budget: 8\n', 8_000_000],
    ['budget: $4.20\n', 4_200_000],
    ['budget: 12.5 USD\n', 12_500_000],
    ['budget: much\n', undefined],
    ['', undefined],
  ];
  for (const [line, microUsd] of budgets)
    it(`has the budget ${microUsd ?? 'of none'} for ${JSON.stringify(line)}`, () =>
      assert.equal(budgetOf(readStoryboard(head(line), known)), microUsd));
});
