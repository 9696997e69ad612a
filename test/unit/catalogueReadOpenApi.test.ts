import assert from 'node:assert/strict';
import { withParameters } from '../../src/catalogue/keptModel';
import type { Json, JsonObject } from '../../src/catalogue/model';
import { readOpenApi } from '../../src/catalogue/readOpenApi';
import { day, description, only, operation, parameter, read } from './descriptions';

describe('reading the description of the API', () => {
  it('takes the video operations, and nothing else', () => {
    const text = description({ 'birds/heron-1': operation({}), 'birds/heron-0': { ...operation({}), deprecated: true } });
    const { models, retired, unreadable } = read(text);
    assert.deepEqual(
      models.map(({ id, endpoint, name }) => [id, endpoint, name]),
      [['birds/heron-1', '/generate/video/birds/heron-1', 'Heron 1']],
    );
    assert.deepEqual([retired, unreadable], [[{ id: 'birds/heron-0', name: 'Heron 1' }], []]);
  });

  const names: readonly (readonly [string, Json, string])[] = [
    ['an asterisk of a footnote', 'Heron 2.0*', 'Heron 2.0'],
    ['a code word', 'birds_heron_camera', 'Heron 1 Fast'],
    ['no name', null, 'Heron 1 Fast'],
    ['a line break', 'Heron\n1', 'Heron 1 Fast'],
  ];
  for (const [what, summary, name] of names)
    it(`names a model with ${what}`, () =>
      assert.equal(read(description({ 'birds/heron-1-fast': { ...operation({}), summary } })).models[0]?.name, name));

  const troubles: readonly (readonly [string, string, string])[] = [
    ['half a file', description({ 'a/b': operation({}) }).slice(0, 80), 'notJson'],
    ['a page', '<!DOCTYPE html>', 'notJson'],
    ['another JSON', '{"swagger":"2.0","paths":{}}', 'notOpenApi'],
    ['a list', '[]', 'notOpenApi'],
    ['no paths', '{"openapi":"3.1.0"}', 'notOpenApi'],
    ['no video', description({}), 'noVideo'],
    ['only retired models', description({ 'a/b': { ...operation({}), deprecated: true } }), 'noVideo'],
    ['only what cannot be read', description({ 'a/b': { summary: 'no body' } }), 'noVideo'],
  ];
  for (const [what, text, kind] of troubles)
    it(`refuses ${what}: ${kind}`, () => assert.deepEqual(readOpenApi(text, day), { kind: 'trouble', trouble: { kind } }));

  it('passes over paths that could lead elsewhere', () => {
    const text = description({
      'a/b': operation({}),
      '../jobs/x': operation({}),
      'a/b?x=1': operation({}),
      a: operation({}),
      'a/.hidden': operation({}),
    });
    assert.deepEqual(
      read(text).models.map(({ id }) => id),
      ['a/b'],
    );
  });

  it('reads the others when one model cannot be read, and says which', () => {
    const loop = operation({ field: { $ref: '#/components/schemas/Loop' } });
    const gone = operation({ field: { $ref: '#/components/schemas/Gone' } });
    const { models, unreadable } = read(
      description(
        { 'a/loop': loop, 'a/gone': gone, 'a/good': operation({}) },
        { schemas: { Loop: { items: { $ref: '#/components/schemas/Loop' } } } },
      ),
    );
    assert.deepEqual([models.map(({ id }) => id), unreadable], [['a/good'], ['/generate/video/a/loop', '/generate/video/a/gone']]);
  });

  it('does not follow references without end', () => {
    const ten = (name: string) => ({
      properties: Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`f${i}`, { $ref: `#/components/schemas/${name}` }])),
    });
    const schemas = { A: ten('B'), B: ten('C'), C: ten('D'), D: ten('E'), E: ten('F'), F: ten('G'), G: {} };
    const { unreadable } = read(
      description({ 'a/many': operation({ field: { $ref: '#/components/schemas/A' } }), 'a/b': operation({}) }, { schemas }),
    );
    assert.deepEqual(unreadable, ['/generate/video/a/many']);
  });

  it('reads retired names as a list and as a table', () => {
    const list = only(
      operation({}, { 'x-krea-deprecated-field-aliases': [{ from: 'startImage', to: 'start_image', sunset_date: '2026-06-19' }, 3] }),
    );
    const table = only(operation({}, { 'x-krea-deprecated-field-aliases': { startImage: 'start_image' } }));
    for (const { retiredAliases } of [list, table]) assert.deepEqual(retiredAliases, { startImage: 'start_image' });
  });

  it('says of sound what the fields say', () => {
    const of = (properties: JsonObject) => only(operation(properties)).sound;
    assert.deepEqual(
      [of({ generate_audio: { type: 'boolean' } }), of({ generate_audio: { type: 'boolean', deprecated: true } }), of({})],
      ['switch', 'always', 'unknown'],
    );
  });

  it('follows bodies and path items that are named elsewhere', () => {
    const text = JSON.stringify({
      openapi: '3.0.3',
      paths: { '/generate/video/birds/heron-1': { $ref: '#/components/pathItems/Heron~1One' } },
      components: {
        pathItems: { 'Heron/One': { post: { summary: 'Heron', requestBody: { $ref: '#/components/requestBodies/Heron' } } } },
        requestBodies: { Heron: { content: { 'application/json; charset=utf-8': { schema: { $ref: '#/components/schemas/Heron' } } } } },
        schemas: { Heron: { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'] } },
      },
    });
    assert.deepEqual(
      read(text)
        .models.map(withParameters)[0]
        ?.parameters.map(({ name, required }) => [name, required]),
      [['prompt', true]],
    );
  });
});

describe('reading a field', () => {
  const address = { type: 'string', format: 'uri', maxLength: 1024 };
  const components = { schemas: { Address: address, Seconds: { enum: [5, 10] } } };
  const plain = { name: 'field', required: false, nullable: false, deprecated: false };
  const table: readonly (readonly [string, JsonObject, object])[] = [
    [
      'constants to choose from',
      {
        anyOf: [
          { type: 'number', const: 5 },
          { type: 'number', const: 10 },
        ],
        default: 5,
      },
      { ...plain, kind: 'enum', values: [5, 10], default: 5 },
    ],
    [
      'constants nested ever deeper',
      { anyOf: [{ anyOf: [{ anyOf: [{ const: 5 }, { const: 10 }] }, { const: 15 }] }, { const: 20 }] },
      { ...plain, kind: 'enum', values: [5, 10, 15, 20] },
    ],
    ['one constant', { type: 'string', const: 'pro' }, { ...plain, kind: 'enum', values: ['pro'] }],
    ['a reference', { $ref: '#/components/schemas/Address' }, { ...plain, kind: 'uri', maxLength: 1024 }],
    [
      'a reference with a default of its own',
      { $ref: '#/components/schemas/Seconds', default: 10 },
      { ...plain, kind: 'enum', values: [5, 10], default: 10 },
    ],
    ['null as one of two types', { type: ['string', 'null'], format: 'uri' }, { ...plain, kind: 'uri', nullable: true }],
    ['null as one of two forms', { anyOf: [address, { type: 'null' }] }, { ...plain, kind: 'uri', maxLength: 1024, nullable: true }],
    [
      'null as a word',
      { allOf: [{ $ref: '#/components/schemas/Address' }], nullable: true },
      { ...plain, kind: 'uri', maxLength: 1024, nullable: true },
    ],
    ['null in a list', { type: ['string', 'null'], enum: ['a', null] }, { ...plain, kind: 'enum', values: ['a'], nullable: true }],
    ['limits of today', { type: 'number', exclusiveMinimum: 0, maximum: 1 }, { ...plain, kind: 'number', exclusiveMin: 0, max: 1 }],
    [
      'limits of OpenAPI 3.0',
      { type: 'number', minimum: 0, exclusiveMinimum: true, maximum: 1, exclusiveMaximum: false },
      { ...plain, kind: 'number', exclusiveMin: 0, max: 1 },
    ],
    [
      'parts put together',
      { allOf: [{ type: 'string' }, { maxLength: 9 }], default: 'x' },
      { ...plain, kind: 'text', maxLength: 9, default: 'x' },
    ],
    ['a deprecated one', { type: 'boolean', deprecated: true }, { ...plain, kind: 'boolean', deprecated: true }],
    [
      'a list of addresses',
      { type: 'array', maxItems: 9, items: { $ref: '#/components/schemas/Address' } },
      { ...plain, kind: 'list', maxItems: 9, items: { ...plain, name: '', kind: 'uri', maxLength: 1024 } },
    ],
    [
      'objects in a list',
      {
        type: 'array',
        items: { type: 'object', required: ['tag'], properties: { tag: { type: 'string', minLength: 3, pattern: '^[a-z]+$' } } },
      },
      {
        ...plain,
        kind: 'list',
        items: {
          ...plain,
          name: '',
          kind: 'object',
          fields: [{ ...plain, name: 'tag', required: true, kind: 'text', minLength: 3, pattern: '^[a-z]+$' }],
        },
      },
    ],
    [
      'an object of several forms',
      {
        oneOf: [
          { type: 'object', properties: { type: { const: 'simple' }, zoom: { type: 'number', maximum: 10 } }, required: ['type'] },
          { type: 'object', properties: { type: { const: 'down' } }, required: ['type'] },
        ],
      },
      { ...plain, kind: 'object', variants: [{ kind: 'object' }, { kind: 'object' }] },
    ],
    [
      'names for values',
      { type: 'string', enum: ['std', 'pro'], 'x-krea-enum-labels': { std: 'Standard', pro: 'Professional' } },
      { ...plain, kind: 'enum', values: ['std', 'pro'], labels: { std: 'Standard', pro: 'Professional' } },
    ],
    ['names in the order of the values', { enum: [5, 10], 'x-krea-enum-labels': ['5 s', '10 s'] }, { labels: { 5: '5 s', 10: '10 s' } }],
    ['names beside values', { enum: [5], 'x-krea-enum-labels': [{ value: 5, label: 'five' }] }, { labels: { 5: 'five' } }],
    [
      'text in another language of schemas',
      { type: 'string', $schema: 'http://json-schema.org/draft-07/schema#', $id: 'x', description: 'y' },
      { ...plain, kind: 'text' },
    ],
  ];
  for (const [what, schema, expected] of table)
    it(`understands ${what}`, () => assert.partialDeepStrictEqual(parameter(schema, components), expected));
});
