import assert from 'node:assert/strict';
import { type CheaperSetting, cheaperSettings } from '../../src/catalogue/cheaperSettings';
import { checkRequest, isError } from '../../src/catalogue/checkRequest';
import type { Catalogue, JsonObject, Model } from '../../src/catalogue/model';
import { formatUsd, priceOf } from '../../src/catalogue/price';
import { withDefaults } from '../../src/catalogue/requestDefaults';
import { leastBody, loadCatalogue, modelOf } from '../support/models';

/** The least that a model takes, and the same with each of its longest, largest and loudest. */
function bodiesOf(model: Model): readonly JsonObject[] {
  const least = leastBody(model);
  const best = Object.fromEntries(
    model.parameters.flatMap(({ name, values, max, kind }): (readonly [string, string | number | boolean])[] => {
      if (name === 'resolution' || name === 'mode') return (values ?? []).slice(-1).map((value) => [name, value]);
      if (name === 'duration') return [[name, values?.at(-1) ?? max ?? 5]];
      return kind === 'boolean' ? [[name, true]] : [];
    }),
  );
  return [least, { ...least, ...best }, ...Object.entries(best).map(([name, value]) => ({ ...least, [name]: value }))];
}

const words = ({ name, value, now, microUsd }: CheaperSetting): string => `${name} ${value} instead of ${now}: ${formatUsd(microUsd)}`;

describe('a cheaper setting of the same model', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await loadCatalogue();
  });

  const table: readonly (readonly [what: string, id: string, body: JsonObject, told: readonly string[]])[] = [
    ['is the shorter clip', 'kling/kling-2.5', { duration: 10 }, ['duration 5 instead of 10: $0.37']],
    ['is none where there is nothing cheaper', 'kling/kling-2.5', {}, []],
    ['is none of a price that is not known', 'alibaba/wan-3.0', {}, []],
  ];
  for (const [what, id, body, told] of table)
    it(what, async () => assert.deepEqual((await cheaperSettings(await modelOf(id), { prompt: 'x', ...body })).map(words), told));

  it('is, of any model and request, accepted, really cheaper and different in one parameter alone', async () => {
    let found = 0;
    for (const model of catalogue.models)
      for (const body of bodiesOf(model)) {
        const price = priceOf(model, body);
        const settings = await cheaperSettings(model, body);
        assert.ok(settings.length <= 2, model.id);
        assert.equal(new Set(settings.map(({ name }) => name)).size, settings.length, 'one value of each parameter');
        assert.deepEqual(
          settings.map(({ microUsd }) => microUsd),
          settings.map(({ microUsd }) => microUsd).sort((a, b) => a - b),
        );
        for (const { name, value, now, microUsd } of settings) {
          found++;
          const changed = { ...body, [name]: value };
          assert.ok(price.kind !== 'unknown' && microUsd < price.microUsd, `${model.id}: ${name}`);
          assert.deepEqual(priceOf(model, changed).kind !== 'unknown' && (await checkRequest(model, changed)).filter(isError), []);
          const [before, after] = [withDefaults(model, body), withDefaults(model, changed)];
          assert.deepEqual(
            Object.keys(after).filter((field) => after[field] !== before[field]),
            [name],
          );
          assert.equal(before[name], now);
          assert.equal(after[name], value);
        }
      }
    assert.ok(found > 60, `${found} settings found`);
  });

  it('is left out where the check would refuse it, and the next best is told', async () => {
    const kling = await modelOf('kling/kling-2.5');
    const points = [5, 8, 10].map((seconds) => ({
      ...{ microUsd: seconds * 10_000, per: 'request' as const, kind: 'exact' as const, date: '2026-10-12' },
      when: { duration: [seconds] },
    }));
    const parameters = kling.parameters.map((field) => (field.name === 'duration' ? { ...field, values: [5, 8, 10] } : field));
    const schema = { ...kling.schema, properties: { ...Object(kling.schema.properties), duration: { type: 'integer', enum: [8, 10] } } };
    const model: Model = { ...kling, schema, parameters, prices: { points, unpriced: [] } };
    assert.deepEqual((await cheaperSettings(model, { prompt: 'x', duration: 10 })).map(words), ['duration 8 instead of 10: $0.08']);
  });
});
