import assert from 'node:assert/strict';
import type { Catalogue } from '../../src/catalogue/model';
import { sunsetOf } from '../../src/catalogue/sunsetOf';
import { gestureFailure, goneWords } from '../../src/editor/gestureFailures';
import { requestAgain } from '../../src/storyboard/requestAgain';
import { CatalogueLab } from './catalogueLab';

const kling = 'kling/kling-2.5';
const later = 'kling/kling-2.6';
const body = { prompt: 'A heron at dawn', duration: 5 };

describe('a request that was made before', () => {
  let lab: CatalogueLab;
  afterEach(() => lab.close());

  it('is told what speaks against it by the models of today', async () => {
    lab = await CatalogueLab.open();
    const catalogue = await lab.load();
    const again = await requestAgain(kling, body, catalogue);
    assert.deepEqual(again.kind === 'offered' && again.findings, []);
    const refused = await requestAgain(kling, { ...body, duration: 7 }, catalogue);
    assert.deepEqual(refused.kind === 'offered' && refused.findings.map(({ code }) => code), ['notInList']);
  });

  it('is let through where no list has ever had its model: the service may', async () => {
    lab = await CatalogueLab.open();
    assert.deepEqual(await requestAgain('kling/kling-99', body, await lab.load()), { kind: 'unknownModel' });
  });

  const gone: readonly (readonly [what: string, make: () => Promise<Catalogue>, replacement: string | undefined])[] = [
    [
      'is no longer in the list of Krea',
      async () => {
        lab = await CatalogueLab.open({ openapi: 'unheardOfModel' });
        const window = lab.window();
        const before = await lab.load(window);
        assert.ok(before.models.some(({ id }) => id === unheardOf));
        lab.simulator.set({ openapi: 'good' });
        await lab.hoursLater(2);
        return lab.load(window);
      },
      undefined,
    ],
    [
      'is no longer in the list, after Krea had said what comes in its place',
      async () => {
        lab = await CatalogueLab.open({ openapi: 'unheardOfModel' });
        const window = lab.window();
        await lab.load(window);
        await window.noteSunset(unheardOf, sunsetOf({ date: '2026-10-12', replacement: later }, false));
        lab.simulator.set({ openapi: 'good' });
        await lab.hoursLater(2);
        return lab.load(window);
      },
      later,
    ],
    [
      'was refused as gone, with another named in its place',
      async () => {
        lab = await CatalogueLab.open();
        const window = lab.window({ mayAsk: () => false });
        await window.noteSunset(kling, sunsetOf({ replacement: later }, true));
        return lab.load(window);
      },
      later,
    ],
  ];
  for (const [what, make, replacement] of gone)
    it(`is not sent when its model ${what}, and the sentence says so`, async () => {
      const catalogue = await make();
      const id = catalogue.models.some((model) => model.id === kling) ? unheardOf : kling;
      const again = await requestAgain(id, body, catalogue);
      assert.ok(again.kind === 'noLongerOffered');
      assert.equal(again.model.replacement, replacement);
      const { name } = again.model;
      assert.ok(catalogue.models.every((model) => model.id !== id));
      const failure = gestureFailure({ kind: 'noLongerOffered', model: again.model });
      assert.deepEqual(failure, {
        what:
          replacement === undefined
            ? `Krea no longer offers ${name}.`
            : `Krea no longer offers ${name}. Krea names ${replacement} in its place.`,
        money: 'notSent',
        step: { kind: 'chooseModel' },
      });
      assert.equal(failure.what, goneWords(again.model));
    });
});

const unheardOf = 'lumiere/cinematograph-1';
