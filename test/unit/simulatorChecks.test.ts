import assert from 'node:assert/strict';
import { turnableClock } from '../../src/simulator/clock';
import { models, type Parameter, type SimulatedModel } from '../../src/simulator/models';
import { type Simulator, startSimulator } from '../../src/simulator/simulator';
import { callsTo, type Reply, textClip } from './simulatorCalls';

type Body = Record<string, unknown>;

const active = models.filter(({ retired }) => !retired);
const asset = 'https://app-uploads.krea.ai/public/frame.png';

/** A value that the parameter allows. */
function allowed(parameter: Parameter): unknown {
  if (parameter.enum) return parameter.enum[0];
  switch (parameter.type) {
    case 'string':
      if (parameter.format === 'uri') return asset;
      if (parameter.format === 'uuid') return '123e4567-e89b-42d3-a456-426614174000';
      return 'a'.repeat(Math.max(1, parameter.minLength ?? 0));
    case 'number':
    case 'integer':
      return parameter.default ?? parameter.min ?? (parameter.exclusiveMin ?? 0) + 1;
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: Math.max(1, parameter.minItems ?? 0) }, () => allowed(parameter.items ?? {}));
    case 'object':
      return Object.fromEntries(
        Object.entries(parameter.properties ?? {})
          .filter(([name]) => parameter.requiredProperties?.includes(name))
          .map(([name, held]) => [name, allowed(held)]),
      );
    case undefined:
      return {};
    default:
      return parameter.type satisfies never;
  }
}

/** Values just beyond what the parameter allows, by what is wrong with them. */
function refused(parameter: Parameter): readonly (readonly [string, unknown])[] {
  const {
    type,
    enum: values,
    min,
    max,
    exclusiveMin,
    minLength = 0,
    maxLength,
    minItems = 0,
    maxItems,
    items,
    nullable,
    format,
  } = parameter;
  const wrong: [string, unknown][] = [];
  if (!nullable) wrong.push(['null', null]);
  if (values) wrong.push(['not in the enum', typeof values[0] === 'string' ? 'nothing of the kind' : -1]);
  for (const value of values ?? [])
    if (typeof value === 'string' && value.toUpperCase() !== value) wrong.push([`other case of ${value}`, value.toUpperCase()]);
  if (min !== undefined) wrong.push(['below min', min - 1]);
  if (exclusiveMin !== undefined) wrong.push(['at the exclusive min', exclusiveMin]);
  if (max !== undefined) wrong.push(['above max', max + 1]);
  if (type === 'integer') wrong.push(['a fraction', Math.max(0, min ?? 0) + 0.5]);
  if (type === 'number' || type === 'integer') wrong.push(['a number as text', '5']);
  if (type === 'boolean') wrong.push(['a boolean as text', 'true']);
  if (type === 'string') wrong.push(['a number for text', 5]);
  if (minLength > 0) wrong.push(['too short', 'a'.repeat(minLength - 1)]);
  if (maxLength !== undefined) wrong.push(['too long', format === 'uri' ? asset.padEnd(maxLength + 1, 'a') : 'a'.repeat(maxLength + 1)]);
  if (format === 'uri') wrong.push(['not an address', 'frame.png']);
  if (type === 'array') {
    const item = allowed(items ?? {});
    wrong.push(['one thing for a list', item]);
    if (minItems > 0) wrong.push(['too few', Array.from({ length: minItems - 1 }, () => item)]);
    if (maxItems !== undefined) wrong.push(['too many', Array.from({ length: maxItems + 1 }, () => item)]);
    const filled = Math.max(1, minItems);
    for (const [what, value] of refused(items ?? {})) wrong.push([`item ${what}`, Array.from({ length: filled }, () => value)]);
  }
  if (type === 'object') {
    const whole = allowed(parameter);
    if (typeof whole === 'object' && whole !== null) {
      wrong.push(['an unknown property', { ...whole, surprise: 1 }]);
      for (const name of parameter.requiredProperties ?? [])
        wrong.push([`without ${name}`, Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name))]);
      for (const [name, held] of Object.entries(parameter.properties ?? {}))
        for (const [what, value] of refused(held)) wrong.push([`${name} ${what}`, { ...whole, [name]: value }]);
    }
  }
  return wrong;
}

const least = (model: SimulatedModel): Body =>
  Object.fromEntries(
    Object.entries(model.params)
      .filter(([, { required }]) => required)
      .map(([name, parameter]) => [name, allowed(parameter)]),
  );

describe('simulator: strict checks of a request', () => {
  let simulator: Simulator;
  let submit: (body: unknown, model: string) => Promise<Reply>;
  before(async () => {
    simulator = await startSimulator({
      clock: turnableClock(),
      makeClip: textClip,
      balance: 1e9,
      switches: { concurrency: { running: 1e6 } },
    });
    submit = (body, model) => callsTo(simulator).submit(body, model);
  });
  after(() => simulator.close());

  it('knows 41 active models', () => assert.equal(active.length, 41));

  for (const model of active)
    it(`${model.id}: takes what its schema allows and nothing beyond`, async () => {
      const base = least(model);
      const accepted: [string, Body][] = [['the least', base]];
      const spoilt: [string, Body][] = [['an unknown field', { ...base, surprise: 1 }]];
      for (const [name, parameter] of Object.entries(model.params)) {
        if (parameter.required) spoilt.push([`without ${name}`, Object.fromEntries(Object.entries(base).filter(([key]) => key !== name))]);
        const { enum: values, default: usual, nullable, min, max, maxLength, format } = parameter;
        accepted.push([name, { ...base, [name]: allowed(parameter) }]);
        if (usual !== undefined) accepted.push([`${name} default`, { ...base, [name]: usual }]);
        if (nullable) accepted.push([`${name} null`, { ...base, [name]: null }]);
        for (const value of values ?? []) accepted.push([`${name} ${value}`, { ...base, [name]: value }]);
        for (const limit of [min, max]) if (limit !== undefined) accepted.push([`${name} ${limit}`, { ...base, [name]: limit }]);
        if (maxLength !== undefined && format !== 'uri') accepted.push([`${name} longest`, { ...base, [name]: 'é'.repeat(maxLength) }]);
        for (const [what, value] of refused(parameter))
          if (!values?.some((known) => known === value)) spoilt.push([`${name}: ${what}`, { ...base, [name]: value }]);
      }
      for (const [what, body] of accepted) {
        const { status, text } = await submit(body, model.id);
        assert.equal(status, 200, `${what} should be taken: ${text}`);
      }
      const before = simulator.jobs.length;
      for (const [what, body] of spoilt) {
        const { status, at } = await submit(body, model.id);
        assert.equal(status, 400, `${what} should be refused`);
        assert.equal(typeof at('error'), 'string');
      }
      for (const [former, now] of Object.entries(model.aliases)) {
        const { status, at } = await submit({ ...base, [former]: asset }, model.id);
        assert.equal(status, 422, `${former} should be refused`);
        assert.deepEqual([at('deprecated_field'), at('replacement')], [former, now]);
      }
      assert.equal(simulator.jobs.length, before, 'a refused request makes no job');
    });

  const bodies: readonly (readonly [string, unknown])[] = [
    ['a list', []],
    ['text', '"prompt"'],
    ['broken JSON', '{"prompt":'],
    ['null', 'null'],
  ];
  for (const [what, body] of bodies)
    it(`refuses ${what} for a body`, async () => assert.equal((await submit(body, 'kling/kling-2.5')).status, 400));

  it('refuses a body that is not declared as JSON', async () => {
    const { submit } = callsTo(simulator);
    const reply = await submit({ prompt: 'a' }, 'kling/kling-2.5', { 'Content-Type': 'text/plain' });
    assert.equal(reply.status, 400);
  });

  const shapes = [
    { shape: 'error', status: 400, where: ['error'] },
    { shape: 'detail', status: 422, where: ['detail', 0, 'msg'] },
    { shape: 'nested', status: 422, where: ['details', 0, 'message'] },
    { shape: 'issues', status: 422, where: ['issues', 0, 'message'] },
  ] as const;
  for (const { shape, status, where } of shapes)
    it(`tells what is wrong in the shape "${shape}"`, async () => {
      simulator.set({ validationShape: shape });
      const reply = await submit({ prompt: 'a', duration: 7 }, 'kling/kling-2.5');
      simulator.set({ validationShape: 'error' });
      assert.equal(reply.status, status);
      assert.match(String(reply.at(...where)), /duration must be one of 5, 10/);
    });

  const inputs = [
    { what: 'an address of another host', start_image: 'https://example.org/a.png', switches: {}, status: 422, text: 'Invalid asset URL' },
    { what: 'another host where any is allowed', start_image: 'https://example.org/a.png', switches: { inputHosts: 'any' }, status: 200 },
    { what: 'one of Krea’s own', start_image: asset, switches: {}, status: 200 },
    { what: 'one that cannot be fetched', start_image: `${asset}?unfetchable`, switches: {}, status: 422, text: 'Input file rejected' },
    { what: 'data', start_image: 'data:image/png;base64,AAAA', switches: {}, status: 422, text: 'Invalid asset URL' },
    { what: 'data where it is allowed', start_image: 'data:image/png;base64,AAAA', switches: { dataUris: true }, status: 200 },
    {
      what: 'long data where the limit is not kept',
      start_image: `data:image/png;base64,${'A'.repeat(4000)}`,
      switches: { dataUris: true, uriLength: false },
      status: 200,
    },
    { what: 'long data where it is', start_image: `data:image/png;base64,${'A'.repeat(4000)}`, switches: { dataUris: true }, status: 400 },
  ] as const;
  for (const { what, start_image, switches, status, ...rest } of inputs)
    it(`answers ${status} to a start image that is ${what}`, async () => {
      simulator.set(switches);
      const reply = await submit({ prompt: 'a', start_image }, 'kling/kling-2.5');
      simulator.set({ inputHosts: 'own', dataUris: false, uriLength: true });
      assert.equal(reply.status, status);
      if ('text' in rest) assert.equal(reply.at('error'), rest.text);
    });

  it('refuses an end image together with reference images at Seedance 2', async () => {
    const reply = await submit({ prompt: 'a', end_image: asset, reference_images: [asset] }, 'bytedance/seedance-2');
    assert.equal(reply.status, 422);
  });
});
