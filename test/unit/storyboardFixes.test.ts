import assert from 'node:assert/strict';
import type { Catalogue } from '../../src/catalogue/model';
import { applied, type FixAct } from '../../src/storyboard/fix';
import { fixesOf } from '../../src/storyboard/fixesOf';
import { boardOf, codeOf, findingsIn } from '../support/boardOf';
import { loadCatalogue } from '../support/models';
import { fixRows } from './fixRows';

const sunset = { replacement: 'kling/kling-3.0', seen: '2026-11-01', over: false };

describe('what settles a finding', () => {
  let catalogue: Catalogue;
  before(async () => {
    const shipped = await loadCatalogue();
    catalogue = {
      ...shipped,
      retired: shipped.retired.map((gone) => (gone.id === 'kling/kling-2.1' ? { ...gone, replacement: 'kling/kling-2.5' } : gone)),
      models: shipped.models.map((model) => (model.id === 'kling/kling-2.6' ? { ...model, sunset } : model)),
    };
  });

  for (const { name, text, code, offers, after } of fixRows)
    it(name, async () => {
      const board = await boardOf(text, { catalogue });
      const found = findingsIn(board).find((one) => codeOf(one) === code);
      assert.ok(found, `no ${code} in ${findingsIn(board).map(codeOf).join(', ')}`);
      const fixes = fixesOf(found, { board, catalogue, shot: board.shots[found.index] });
      assert.deepEqual(
        fixes.map(({ act, preferred }) => `${preferred ? '*' : ''}${words(act)}`),
        offers,
      );
      const texts = fixes.map(({ changes }) => applied(text, changes));
      assert.deepEqual(texts, after);
      const before = findingsIn(board).filter((one) => codeOf(one) === code).length;
      for (const settled of texts) {
        const left = findingsIn(await boardOf(settled, { catalogue })).filter((one) => codeOf(one) === code);
        assert.ok(left.length < before, `still ${code}:\n${settled}`);
      }
    });
});

function words(act: FixAct): string {
  const { kind, ...rest } = act;
  const { onShot, ...said } = { onShot: false, ...rest };
  return [kind, ...Object.values(said).map(String), ...(onShot ? ['onShot'] : [])].join(' ');
}
