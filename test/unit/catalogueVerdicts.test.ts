import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkRequest, isError } from '../../src/catalogue/checkRequest';
import { type Catalogue, findModel, type Model } from '../../src/catalogue/model';
import { priceOf } from '../../src/catalogue/price';
import type { SimulatedModel } from '../../src/simulator/models';
import { price } from '../../src/simulator/price';
import { anyBody, type Body, edgeBodies, leastBodyOf } from './requestBodies';
import { catalogueOf, refuses, strictest, surelyRefuses, type World, worlds } from './verdictWorlds';

/**
 * An error where the service refuses in every way it may be, and only there; no word at all only where it takes the
 * body in every way. So nothing that it takes is blocked, and nothing that it may refuse is sent without a word.
 */
async function agree(world: World, model: Model, simulated: SimulatedModel, body: Body): Promise<void> {
  const findings = await checkRequest(model, body);
  const told = () => `${model.id} ${JSON.stringify(body).slice(0, 300)}: ${JSON.stringify(findings)}`;
  assert.equal(findings.some(isError), surelyRefuses(world, simulated, body), told());
  if (findings.length === 0) assert.equal(refuses(simulated, body, strictest), false, told());
}

/** The estimate is what is charged, or there is none. */
function pricedAlike(model: Model, simulated: SimulatedModel, body: Body): boolean {
  const estimate = priceOf(model, body as Parameters<typeof priceOf>[1]);
  if (estimate.kind !== 'exact') return false;
  const defaults = Object.fromEntries(
    Object.entries(simulated.params).flatMap(([name, { default: value }]) => (value === undefined ? [] : [[name, value]])),
  );
  assert.equal(
    estimate.microUsd,
    Math.round(price(simulated, { ...defaults, ...body }) * 1e6),
    `${model.id} ${JSON.stringify(body).slice(0, 300)}`,
  );
  return true;
}

for (const world of worlds)
  describe(`the verdict on a request, by ${world.what}`, function () {
    this.timeout(120_000);
    let catalogue: Pick<Catalogue, 'models' | 'retired'>;
    before(async () => {
      catalogue = await catalogueOf(world);
    });
    const modelOf = (id: string): Model => {
      const found = findModel({ origin: 'live', date: '', ...catalogue }, id);
      assert.ok(found.kind === 'model', id);
      return found.model;
    };

    it(`is asked for ${world.models.length} models`, () => assert.equal(catalogue.models.length, world.models.length));

    for (const simulated of world.models)
      it(`of ${simulated.id} is the service's own`, async () => {
        const model = modelOf(simulated.id);
        const bodies = edgeBodies(simulated);
        for (const body of bodies) await agree(world, model, simulated, body);
        await fc.assert(
          fc.asyncProperty(anyBody(simulated), (body) => agree(world, model, simulated, body)),
          { numRuns: world.runs, seed: 20261012 },
        );
      });

    if (world.description?.openapiShape !== 'may' && world.description)
      it('comes with the price that is charged, or none', () => {
        const known = world.models.flatMap((simulated) => {
          const model = modelOf(simulated.id);
          const taken = edgeBodies(simulated).filter((body) => !refuses(simulated, body, strictest));
          assert.ok(taken.length > 1, simulated.id);
          return taken.filter((body) => pricedAlike(model, simulated, body));
        });
        assert.ok(known.length > 200, String(known.length));
        // of one the description states prices for some requests only, and not for its defaults
        const unpriced = world.models.filter(
          (simulated) => simulated.prices && !pricedAlike(modelOf(simulated.id), simulated, leastBodyOf(simulated)),
        );
        assert.deepEqual(
          unpriced.map(({ id }) => id),
          ['google/veo-3.1-fast'],
        );
      });
  });
