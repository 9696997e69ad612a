import assert from 'node:assert/strict';
import { checkRequest } from '../../src/catalogue/checkRequest';
import type { Json, JsonObject } from '../../src/catalogue/model';
import { only, operation } from './descriptions';

const fields: JsonObject = {
  prompt: { type: 'string' },
  mode: { enum: ['std', 'pro'], default: 'std' },
  seconds: { enum: [5, 10], default: 5 },
  generate_audio: { type: 'boolean', default: false },
  start_image: { type: 'string', format: 'uri' },
};
const image = 'https://gen.krea.ai/images/a.png';

/** Codes of what is found of the field `extra`. */
async function found(extra: JsonObject, body: JsonObject): Promise<readonly string[]> {
  const model = only(operation({ ...fields, extra }));
  return (await checkRequest(model, { prompt: 'x', ...body })).filter(({ path }) => path[0] === 'extra').map(({ code }) => code);
}

describe('a field that does something only while another one is set', () => {
  const proOnly: readonly Json[] = [
    { field: 'mode', equals: 'pro' },
    { field: 'mode', value: 'pro' },
    { field: 'mode', in: ['pro'] },
    { field: 'mode', values: ['pro', 'max'] },
    { field: 'mode', operator: 'eq', value: 'pro' },
    { field: 'mode', op: 'in', value: ['pro'] },
    { field: 'mode', operator: '!=', value: 'std' },
    { field: 'mode', notEquals: 'std' },
    { field: 'mode', not_in: ['std'] },
    { property: 'mode', const: 'pro' },
    { mode: 'pro' },
    { mode: ['pro'] },
    { mode: { equals: 'pro' } },
    { mode: { not: 'std' } },
    [{ field: 'mode', equals: 'pro' }],
    {
      all: [
        { field: 'mode', equals: 'pro' },
        { field: 'seconds', equals: 5 },
      ],
    },
    { anyOf: [{ mode: 'pro' }, { mode: 'max' }] },
    { not: { mode: 'std' } },
  ];
  for (const condition of proOnly)
    it(`understands ${JSON.stringify(condition)}`, async () => {
      const extra = { type: 'boolean', 'x-krea-visible-when': condition };
      assert.deepEqual(await found(extra, { extra: true }), ['noEffect']);
      assert.deepEqual(await found(extra, { extra: true, mode: 'pro' }), []);
      assert.deepEqual(await found(extra, { mode: 'std' }), []);
    });

  const others: readonly (readonly [Json, JsonObject, JsonObject])[] = [
    [{ field: 'generateAudio', equals: true }, { generate_audio: true }, {}],
    [{ field: 'start_image', exists: true }, { start_image: image }, {}],
    [{ field: 'start_image', operator: 'exists' }, { start_image: image }, {}],
    [{ field: 'start_image' }, { start_image: image }, {}],
    [{ field: 'start_image', exists: false }, {}, { start_image: image }],
    [{ field: 'seconds', equals: '10' }, { seconds: 10 }, { seconds: 5 }],
  ];
  for (const [condition, seen, hidden] of others)
    it(`understands ${JSON.stringify(condition)}`, async () => {
      const extra = { type: 'boolean', 'x-krea-visible-when': condition };
      assert.deepEqual(await found(extra, { extra: true, ...seen }), []);
      assert.deepEqual(await found(extra, { extra: true, ...hidden }), ['noEffect']);
    });

  for (const condition of ['mode', 7, null, {}, [], { field: 'mode', operator: 'matches', value: 'p.*' }, { start_image: { regex: 'p' } }])
    it(`says nothing on what it does not understand: ${JSON.stringify(condition)}`, async () => {
      assert.deepEqual(await found({ type: 'boolean', 'x-krea-visible-when': condition }, { extra: true }), []);
    });
});

describe('a list of values that hangs on another field', () => {
  const stated: readonly Json[] = [
    { field: 'mode', values: { std: ['a'], pro: ['a', 'b'] } },
    { dependsOn: 'mode', options: { std: ['a'] } },
    { depends_on: 'mode', map: { std: ['a'] } },
    { on: 'mode', cases: { std: [{ value: 'a', label: 'A' }] } },
    { mode: { std: ['a'] } },
    [{ when: { mode: 'std' }, enum: ['a'] }],
    [{ when: { field: 'mode', equals: 'std' }, values: ['a'] }],
  ];
  for (const narrowing of stated)
    it(`understands ${JSON.stringify(narrowing)}`, async () => {
      const extra = { type: 'string', enum: ['a', 'b'], 'x-krea-dependent-enum': narrowing };
      assert.deepEqual(await found(extra, { extra: 'a' }), []);
      assert.deepEqual(await found(extra, { extra: 'b' }), ['notInListNow']);
      assert.deepEqual(await found(extra, { extra: 'b', mode: 'pro' }), []);
      assert.deepEqual(await found(extra, { extra: 'c' }), ['notInList']);
    });

  it('is only a warning: whether the service keeps to it is not known', async () => {
    const model = only(operation({ ...fields, extra: { enum: ['a', 'b'], 'x-krea-dependent-enum': { mode: { std: ['a'] } } } }));
    assert.deepEqual(await checkRequest(model, { prompt: 'x', extra: 'b' }), [
      { code: 'notInListNow', path: ['extra'], severity: 'warning', params: { allowed: ['a'], because: ['mode'] } },
    ]);
  });

  for (const narrowing of ['mode', { field: 'mode' }, { when: 'x', enum: ['a'] }, [3]])
    it(`says nothing on what it does not understand: ${JSON.stringify(narrowing)}`, async () => {
      assert.deepEqual(await found({ enum: ['a', 'b'], 'x-krea-dependent-enum': narrowing }, { extra: 'b' }), []);
    });
});

describe('an object of several forms', () => {
  const camera: JsonObject = {
    oneOf: [
      {
        type: 'object',
        properties: { type: { type: 'string', const: 'simple' }, zoom: { type: 'number', minimum: -10, maximum: 10 } },
        required: ['type'],
      },
      { type: 'object', properties: { type: { type: 'string', const: 'down' }, config: { type: 'null' } }, required: ['type'] },
    ],
  };
  const check = (value: Json) => checkRequest(only(operation({ camera })), { camera: value });

  it('is checked against the one that is meant', async () => {
    assert.deepEqual(await check({ type: 'simple', zoom: 3 }), []);
    assert.deepEqual(await check({ type: 'simple', zoom: 11 }), [
      { code: 'outOfRange', path: ['camera', 'zoom'], severity: 'error', params: { max: 10 } },
    ]);
  });

  it('names the forms when none is meant', async () => {
    assert.deepEqual(await check({ type: 'up' }), [
      { code: 'notInList', path: ['camera', 'type'], severity: 'error', params: { allowed: ['simple', 'down'] } },
    ]);
  });

  it('has one finding where nothing tells the forms apart', async () => {
    const model = only(
      operation({
        size: {
          anyOf: [
            { type: 'string', maxLength: 3 },
            { type: 'object', properties: { w: { type: 'number' } } },
          ],
        },
      }),
    );
    assert.deepEqual(await checkRequest(model, { size: true }), [
      { code: 'other', path: ['size'], severity: 'error', params: { keyword: 'anyOf' } },
    ]);
    assert.deepEqual(await checkRequest(model, { size: 'abc' }), []);
  });

  it('leaves the judgement to the service where the schema itself is broken', async () => {
    const model = only(operation({ field: { type: 'string', pattern: '(' } }));
    assert.deepEqual(await checkRequest(model, { field: 'x' }), [
      { code: 'other', path: [], severity: 'warning', params: { keyword: 'schema' } },
    ]);
  });
});
