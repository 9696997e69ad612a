import assert from 'node:assert/strict';
import { checkRequest } from '../../src/catalogue/checkRequest';
import type { Catalogue } from '../../src/catalogue/model';
import { withDefaults } from '../../src/catalogue/requestDefaults';
import { buildRequest } from '../../src/storyboard/request';
import { requestHash } from '../../src/storyboard/requestHash';
import { leastBody } from '../support/models';
import { CatalogueLab } from './catalogueLab';
import { Lab } from './jobsLab';

/** From the service's own description to the clip on disk: catalogue, request, client, ledger, watch, download. */
describe('every model that Krea offers', function () {
  this.timeout(120_000);
  let lab: Lab;
  let described: CatalogueLab;
  let catalogue: Catalogue;
  before(async () => {
    described = await CatalogueLab.open({ openapi: 'unheardOfModel' });
    catalogue = await described.load();
    lab = await Lab.open({ switches: { openapi: 'unheardOfModel' } });
    lab.simulator.setBalance(1e6);
  });
  after(async () => {
    await lab.close();
    lab.assertClean();
    await described.close();
  });

  it('makes a video with nothing but what it needs, and one with all its defaults', async () => {
    assert.equal(catalogue.models.length, 42);
    const window = lab.window();
    const charges: (readonly [string, number])[] = [];
    for (const model of catalogue.models) {
      for (const body of [leastBody(model), withDefaults(model, leastBody(model))]) {
        const { prompt, ...parameters } = body;
        const built = buildRequest({ prompt: String(prompt), modelId: model.id, parameters }, catalogue);
        assert.ok(built.kind === 'request' && built.request.leftOut.length === 0, model.id);
        const { request } = built;
        assert.deepEqual(
          (await checkRequest(model, request.body)).filter(({ code }) => code !== 'deprecatedField'),
          [],
          model.id,
        );
        const before = lab.simulator.balance();
        const { state } = await window.run({
          model: { id: model.id, name: model.name },
          endpoint: model.endpoint,
          body: request.body,
          estimate: request.price,
          requestHash: requestHash(model, request.body),
        });
        assert.equal(state.name, 'done', `${model.id}: ${lab.story()}`);
        if (request.price.kind === 'exact')
          charges.push([model.id, request.price.microUsd - Math.round((before - lab.simulator.balance()) * 1e6)]);
      }
    }
    assert.equal(lab.posts.length, 2 * 42);
    assert.ok(charges.length > 40);
    assert.deepEqual(
      charges.filter(([, difference]) => difference !== 0),
      [],
    );
  });
});
