import assert from 'node:assert/strict';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import { checkRequest } from '../../src/catalogue/checkRequest';
import { priceOf } from '../../src/catalogue/price';
import { cheapestRequest } from '../../src/storyboard/cheapestRequest';

describe('the cheapest request', () => {
  it('is one that Krea would take, and no model is cheaper with its defaults', async () => {
    const catalogue = await bundledCatalogue.load(AbortSignal.timeout(5000));
    const cheapest = await cheapestRequest('A pond.', catalogue);
    assert.ok(cheapest);
    assert.deepEqual(await checkRequest(cheapest.model, cheapest.request.body), []);
    const { price } = cheapest.request;
    assert.equal(price.kind === 'unknown' ? undefined : price.microUsd, cheapest.microUsd);
    for (const model of catalogue.models) {
      const usual = priceOf(model, { prompt: 'x' });
      if (usual.kind !== 'unknown' && (await checkRequest(model, { prompt: 'x' })).length === 0)
        assert.ok(usual.microUsd >= cheapest.microUsd, model.id);
    }
  });

  it('is none where no price is known', async () => {
    const catalogue = await bundledCatalogue.load(AbortSignal.timeout(5000));
    const models = catalogue.models.map((model) => ({ ...model, prices: { points: [], unpriced: [] } }));
    assert.equal(await cheapestRequest('A pond.', { ...catalogue, models }), undefined);
  });
});
