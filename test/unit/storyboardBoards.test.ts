import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import type { Catalogue } from '../../src/catalogue/model';
import { budgetOf } from '../../src/storyboard/boardSum';
import { type Board, readBoard } from '../../src/storyboard/readBoard';
import { unsentRanges } from '../../src/storyboard/unsentRanges';
import { projectRoot } from '../support/projectRoot';
import { anime } from './boards/anime.expected';
import { commercial } from './boards/commercial.expected';
import { documentary } from './boards/documentary.expected';
import type { ExpectedBoard } from './boards/expectedBoard';
import { goldSeam } from './boards/goldSeam.expected';
import { lighthouse } from './boards/lighthouse.expected';

const boards: Readonly<Record<string, ExpectedBoard>> = { anime, commercial, documentary, goldSeam, lighthouse };

for (const [name, { shots, findings = [], budget }] of Object.entries(boards))
  describe(`a board as a person reads it: ${name}`, () => {
    const text = readFileSync(path.join(projectRoot, 'test/unit/boards', `${name}.storyboard.md`), 'utf8');
    let catalogue: Catalogue;
    let board: Board;
    before(async () => {
      catalogue = await bundledCatalogue.load(AbortSignal.timeout(10_000));
      board = await readBoard(text, { catalogue, modelId: '', parameters: {}, otherBlocks: [] });
    });

    it('has all its shots and no other', () =>
      assert.deepEqual(
        board.storyboard.shots.map(({ id }) => id),
        shots.map(({ id }) => id),
      ));

    it('is doubtful where a person would doubt', () =>
      assert.deepEqual(
        board.storyboard.findings.map(({ code, start, end }) => [code, text.slice(start, end)]).toSorted(),
        findings.map((one) => [...one]).toSorted(),
      ));

    it('may cost what it says', () => assert.equal(budgetOf(board.storyboard), budget));

    for (const [index, { id, title, prompt, model, body, says, unsent = [], leftOut = [] }] of shots.entries())
      it(`sends what it means: ${id}`, () => {
        const { resolved, findings: found } = board.shots[index] ?? assert.fail(`no shot ${id}`);
        assert.deepEqual([resolved.shot.title, resolved.prompt?.text, resolved.modelId], [title, prompt, model]);
        assert.deepEqual(resolved.body, { ...(prompt !== undefined && { prompt }), ...body });
        const { omit, clip, alt, pick } = resolved;
        assert.deepEqual({ omit, clip, alt, pick }, { omit: false, clip: undefined, alt: undefined, pick: undefined, ...says });
        const { start, end } = resolved.shot.range;
        assert.deepEqual(
          unsentRanges(board.storyboard, text)
            .filter((range) => start <= range.start && range.end <= end)
            .map((range) => text.slice(range.start, range.end)),
          unsent,
        );
        assert.deepEqual(
          resolved.leftOut.map((one) => one.name),
          leftOut,
        );
        assert.deepEqual(
          found.filter(({ severity }) => severity === 'error'),
          [],
        );
      });
  });
