import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DescriptionAnswer } from '../../src/catalogue/liveCatalogue';
import { findModel } from '../../src/catalogue/model';
import { priceOf } from '../../src/catalogue/price';
import type { SwitchChange } from '../../src/simulator/switches';
import { CatalogueLab } from './catalogueLab';

const unheardOf = 'lumiere/cinematograph-1';
const kling = 'kling/kling-2.5';
const today = '2026-10-12';

describe('the live catalogue', () => {
  let lab: CatalogueLab;
  beforeEach(async () => {
    lab = await CatalogueLab.open();
  });
  afterEach(() => lab.close());

  it('asks when it is first needed, and no more within the hour', async () => {
    const window = lab.window();
    assert.deepEqual(lab.asked, []);
    const first = await lab.load(window);
    assert.deepEqual([first.origin, first.date, first.models.length], ['live', today, 41]);
    assert.equal(await lab.load(window), first);
    await lab.hoursLater(0.9);
    assert.equal(await lab.load(window), first);
    assert.deepEqual(lab.asked, [200]);
  });

  it('asks once for all windows, and again after an hour', async () => {
    await lab.load();
    const other = lab.window();
    assert.equal((await lab.load(other)).origin, 'live');
    assert.deepEqual(lab.asked, [200]);
    await lab.hoursLater(1.1);
    await lab.load(other);
    await lab.load();
    assert.deepEqual(lab.asked, [200, 200]);
  });

  it('asks once for two windows that need it at the same time', async () => {
    await Promise.all([lab.load(), lab.load(), lab.load()]);
    assert.deepEqual(lab.asked, [200]);
  });

  it('asks in place of a window that ended while it asked', async () => {
    lab.simulator.set({ faults: [{ path: '/openapi.json', act: { kind: 'hang', moment: 'afterReading' } }] });
    const lost = lab.window();
    const loading = lab.load(lost);
    await lab.simulator.waitFor(() => lab.asked.length === 1);
    assert.equal((await lab.load()).origin, 'bundled');
    assert.equal(lab.asked.length, 1);
    await lab.hoursLater(0.1);
    assert.equal((await loading).origin, 'bundled');
    assert.equal((await lab.load()).origin, 'live');
  });

  it('sends no token', async () => {
    await lab.load();
    assert.deepEqual(
      lab.simulator.requests.map(({ headers }) => headers.authorization),
      [undefined],
    );
    assert.deepEqual(lab.simulator.violations, []);
  });

  it('asks nobody where nothing may be sent', async () => {
    assert.equal((await lab.load(lab.window({ mayAsk: () => false }))).origin, 'bundled');
    assert.equal((await lab.window().held()).origin, 'bundled');
    assert.deepEqual(lab.asked, []);
  });

  it('goes by the ETag when there is one, and takes a 304 for the service’s word', async () => {
    lab.simulator.set({ openapiEtag: true });
    await lab.load();
    await lab.hoursLater(30);
    const { origin, date } = await lab.load();
    assert.deepEqual([origin, date, lab.asked], ['live', '2026-10-13', [200, 304]]);
  });

  it('goes on with the list at hand while the service takes its time, and keeps the late answer', async () => {
    lab.simulator.set({ faults: [{ path: '/openapi.json', act: { kind: 'slow', delayMs: 9000 } }] });
    const window = lab.window();
    const loading = lab.load(window);
    await lab.simulator.waitFor(() => lab.asked.length === 1);
    await lab.clock.advance(5000);
    assert.equal((await loading).origin, 'bundled');
    await lab.clock.advance(10_000);
    await lab.simulator.waitFor(() => lab.asked[0] === 200);
    assert.equal((await lab.load(window)).origin, 'live');
    assert.deepEqual(lab.asked, [200]);
  });

  it('leaves no half file behind', async () => {
    await lab.load();
    assert.deepEqual(readdirSync(join(lab.folder, 'catalogue')).sort(), ['asked.json', 'models.json']);
  });

  for (const text of ['', '{"version":1,"models":[{}],"retired":[]}', '{"version":2}', 'null'])
    it(`takes a stored list that is broken for none: ${text}`, async () => {
      await lab.load();
      writeFileSync(join(lab.folder, 'catalogue', 'models.json'), text);
      assert.equal((await lab.window().held()).origin, 'bundled');
    });

  it('goes on without a folder to keep anything in', async () => {
    const window = lab.window({ folder: join(lab.folder, 'file', 'catalogue') });
    writeFileSync(join(lab.folder, 'file'), '');
    assert.equal((await lab.load(window)).origin, 'bundled');
    assert.equal(lab.told.length, 1);
  });

  const useless: readonly (readonly [string, SwitchChange, object])[] = [
    ['is broken', { openapi: 'brokenJson' }, { kind: 'notJson' }],
    ['is missing', { openapi: 'missing' }, { kind: 'refused', detail: '404' }],
    ['is larger than 8 MB', { openapi: 'veryLarge' }, { kind: 'tooLarge' }],
    ['is something else', { openapi: 'notOpenApi' }, { kind: 'notOpenApi' }],
    ['is a log-in page', { faults: [{ path: '/openapi.json', act: { kind: 'captivePortal' } }] }, { kind: 'notJson' }],
    [
      'has moved',
      { faults: [{ path: '/openapi.json', act: { kind: 'redirect', status: 302, to: 'files' } }] },
      { kind: 'refused', detail: '302' },
    ],
    ['breaks off', { faults: [{ path: '/openapi.json', act: { kind: 'halfAnswer' } }] }, { kind: 'cutOff' }],
    [
      'gives no answer',
      { faults: [{ path: '/openapi.json', act: { kind: 'reset', moment: 'afterReading' } }] },
      { kind: 'network', detail: 'reset' },
    ],
  ];
  for (const [what, change, trouble] of useless) {
    it(`uses what came with the extension when Krea's list ${what}, and says so`, async () => {
      lab.simulator.set(change);
      const catalogue = await lab.load();
      assert.deepEqual([catalogue.origin, catalogue.trouble, catalogue.models.length], ['bundled', trouble, 41]);
    });

    it(`uses the older copy when Krea's list ${what}, and says so`, async () => {
      lab.simulator.set({ openapi: 'unheardOfModel' });
      await lab.load();
      await lab.hoursLater(48);
      lab.simulator.set({ openapi: 'good', ...change });
      const window = lab.window();
      const catalogue = await lab.load(window);
      assert.deepEqual([catalogue.origin, catalogue.date, catalogue.trouble], ['stored', today, trouble]);
      assert.equal(findModel(catalogue, unheardOf).kind, 'model');
      lab.simulator.set({ openapi: 'good', faults: [] });
      await lab.hoursLater(1.1);
      assert.equal((await lab.load(window)).origin, 'live');
    });
  }

  it('does not ask again within the hour when the answer was of no use, and soon when there was none', async () => {
    lab.simulator.set({ openapi: 'missing' });
    const window = lab.window();
    await lab.load(window);
    await lab.load();
    assert.deepEqual(lab.asked, [404]);
    await lab.hoursLater(1.1);
    lab.simulator.set({ openapi: 'good', faults: [{ path: '/openapi.json', act: { kind: 'reset', moment: 'afterReading' } }] });
    await lab.load(window);
    await lab.load(window);
    assert.equal(lab.asked.length, 2);
    await lab.hoursLater(0.02);
    assert.equal((await lab.load(window)).origin, 'live');
  });

  it('asks on the next day although the clock was set back', async () => {
    await lab.load();
    const asked: DescriptionAnswer[] = [];
    const early = lab.window({
      wall: () => lab.clock.now() - 86_400_000,
      ask: async (etag, signal) => {
        asked.push(await lab.ask(etag, signal));
        return asked[0] ?? { kind: 'unchanged' };
      },
    });
    assert.equal((await lab.load(early)).origin, 'live');
    assert.equal(asked.length, 1);
  });

  it('ends with its window', async () => {
    lab.simulator.set({ faults: [{ path: '/openapi.json', act: { kind: 'hang', moment: 'afterReading' } }] });
    const window = lab.window();
    const loading = lab.load(window);
    await lab.simulator.waitFor(() => lab.asked.length === 1);
    window.dispose();
    assert.equal((await loading).origin, 'bundled');
    assert.equal(existsSync(join(lab.folder, 'catalogue', 'models.json')), false);
  });
});

describe('what changes at Krea', () => {
  let lab: CatalogueLab;
  beforeEach(async () => {
    lab = await CatalogueLab.open();
  });
  afterEach(() => lab.close());

  /** The list an hour later, in a window of its own. */
  const later = async (change: SwitchChange, hours = 1.1) => {
    lab.simulator.set(change);
    await lab.hoursLater(hours);
    return lab.load();
  };

  it('offers a model that is added, with all it takes', async () => {
    assert.equal(findModel(await lab.load(), unheardOf).kind, 'unknown');
    const found = findModel(await later({ openapi: 'unheardOfModel' }), unheardOf);
    assert.ok(found.kind === 'model');
    assert.partialDeepStrictEqual(found.model.parameters, [
      { name: 'prompt', kind: 'text', required: true, maxLength: 600 },
      { name: 'aspect_ratio', values: ['4:3', '16:9'] },
      { name: 'duration', kind: 'integer', min: 1, max: 50, default: 46 },
      {
        name: 'crank_speed',
        labels: { slow: '12 frames a second' },
        narrowed: [{ values: ['slow', 'steady', 'fast'] }, { values: ['slow', 'steady'] }],
      },
      { name: 'hand_tint', kind: 'boolean' },
      { name: 'tint', visibleWhen: { kind: 'is', field: 'hand_tint', values: [true] } },
    ]);
    assert.deepEqual(priceOf(found.model, { prompt: 'a train' }), { kind: 'exact', microUsd: 460_000, date: today });
  });

  for (const [how, change] of [
    ['withdrawn', { withdrawn: [kling] }],
    ['marked as deprecated', { retired: [kling] }],
  ] as const)
    it(`offers a model no more that is ${how}, and knows its name still`, async () => {
      await lab.load();
      const catalogue = await later(change);
      assert.equal(catalogue.models.length, 40);
      assert.deepEqual(findModel(catalogue, kling), { kind: 'retired', model: { id: kling, name: 'Kling 2.5' } });
      await lab.hoursLater(48);
      assert.equal(findModel(await lab.load(), kling).kind, 'retired');
    });

  it('knows the models that were retired before it was first asked', async () => {
    assert.deepEqual(findModel(await lab.load(), 'runway/aleph'), { kind: 'retired', model: { id: 'runway/aleph', name: 'Runway Aleph' } });
  });

  it('keeps what only the extension knows of a model', async () => {
    const { models } = await lab.load();
    assert.partialDeepStrictEqual(
      models.find(({ id }) => id === kling),
      { sound: 'never', typicalSeconds: 94 },
    );
  });

  it('marks a price that jumped, for two weeks', async () => {
    const price = async (change: SwitchChange, hours?: number) => {
      const found = findModel(await later(change, hours), kling);
      return found.kind === 'model' ? priceOf(found.model, { prompt: 'x' }) : undefined;
    };
    assert.deepEqual(await price({}), { kind: 'exact', microUsd: 367_000, date: today });
    assert.deepEqual(await price({ priceFactor: { [kling]: 1.9 } }), { kind: 'exact', microUsd: 697_300, date: today });
    assert.deepEqual(await price({ priceFactor: { [kling]: 9 } }), { kind: 'exact', microUsd: 3_303_000, before: 697_300, date: today });
    assert.partialDeepStrictEqual(await price({}, 24), { microUsd: 3_303_000, before: 697_300 });
    assert.deepEqual(await price({}, 24 * 14), { kind: 'exact', microUsd: 3_303_000, date: '2026-10-27' });
    assert.partialDeepStrictEqual(await price({ priceFactor: {} }), { microUsd: 367_000, before: 3_303_000 });
  });

  for (const shape of ['october', 'may', 'references'] as const)
    it(`reads all models in the shape of ${shape}, with the same fields`, async () => {
      const { models } = await later({ openapiShape: shape });
      const fields = (list: typeof models) =>
        list.map(({ id, parameters }) => [id, parameters.map(({ labels: _, ...field }) => JSON.parse(JSON.stringify(field)))]);
      const bundled = await lab.window({ folder: join(lab.folder, 'none'), mayAsk: () => false }).held();
      assert.deepEqual(fields(models), fields(bundled.models));
    });
});
