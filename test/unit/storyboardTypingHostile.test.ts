import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import type { Catalogue } from '../../src/catalogue/model';
import { completionAt } from '../../src/storyboard/completionAt';
import { isSameNamed, namesInBoard } from '../../src/storyboard/namesInBoard';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { canRename, renameInBoard } from '../../src/storyboard/renameInBoard';
import { boardText } from '../support/boardText';

const runs = { numRuns: 500 };
const read = (text: string) => readStoryboard(text, knownKeys());

describe('typing in any text', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await bundledCatalogue.load(AbortSignal.timeout(10_000));
  });

  it('offers something or nothing at every place, and would replace only what stands on that line around the cursor', () => {
    const half = fc.constantFrom(
      '',
      '- ',
      '- dur',
      '- duration:',
      '- start: last-frame(',
      '{{',
      '{{@',
      '- refs: [',
      '## ',
      '- model：',
      '  - ',
      '@',
    );
    fc.assert(
      fc.property(
        boardText,
        half,
        fc.nat(),
        fc.constantFrom(undefined, ' ', '-', ':', '{', '@', '(', '/'),
        (written, typed, place, trigger) => {
          const at = place % (written.length + 1);
          const text = written.slice(0, at) + typed + written.slice(at);
          const offset = at + typed.length;
          const around = {
            catalogue,
            modelId: 'kling/kling-2.5',
            parameters: {},
            otherBlocks: [],
            takesOf: () => [1],
            language: 'en',
            trigger,
          } as const;
          const completion = completionAt(text, read(text), offset, around);
          if (!completion) return;
          const { start, end } = completion.range;
          assert.ok(start <= offset && offset <= end, `${start} ${offset} ${end}`);
          assert.ok(!/[\r\n]/.test(text.slice(start, end)));
        },
      ),
      runs,
    );
  });

  it('finds names where they stand, and renaming one keeps all else of the text and of the board', () => {
    fc.assert(
      fc.property(boardText, fc.nat(), (text, chosen) => {
        const board = read(text);
        const places = namesInBoard(text, board);
        for (const { range } of places) assert.ok(range.start >= 0 && range.start < range.end && range.end <= text.length);
        const named = places.filter(canRename);
        const place = named[chosen % Math.max(1, named.length)];
        if (!place) return;
        const renaming = renameInBoard(text, board, places, place, place.of.kind === 'shot' ? 'QX977' : 'quixote');
        if (renaming.kind === 'refused') return;
        const changed = renaming.changes
          .toReversed()
          .reduce((all, { start, end, text: put }) => all.slice(0, start) + put + all.slice(end), text);
        const after = read(changed);
        assert.equal(after.shots.length, board.shots.length);
        assert.equal(after.textBlocks.length, board.textBlocks.length);
        const uses = (all: typeof places) => all.filter(({ of }) => isSameNamed(of, place.of)).length;
        assert.equal(uses(namesInBoard(changed, after)), uses(places));
      }),
      runs,
    );
  });
});
