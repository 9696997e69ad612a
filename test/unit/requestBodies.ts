import fc from 'fast-check';
import type { Parameter, SimulatedModel } from '../../src/simulator/models';

export type Body = Readonly<Record<string, unknown>>;

/** An address that is Krea's own. */
export const own = 'https://app-uploads.krea.ai/public/frame.png';

/** Addresses as people and programs write them. */
const addresses: readonly string[] = [
  own,
  'https://gen.krea.ai/images/a.png',
  own.padEnd(1023, 'a'),
  own.padEnd(1024, 'a'),
  own.padEnd(1025, 'a'),
  'http://gen.krea.ai/images/a.png',
  'https://gen.krea.ai.example.org/a.png',
  'https://example.org/a.png',
  'https://gen.krea.ai/a b.png',
  'HTTPS://GEN.KREA.AI/A.PNG',
  'data:image/png;base64,AAAA',
  `data:image/png;base64,${'A'.repeat(2000)}`,
  'file:///tmp/a.png',
  'C:\\pictures\\a.png',
  'pictures/a.png',
  '//gen.krea.ai/a.png',
  'x:',
  'https://',
  '',
];

/** What the parameter takes, by its own words: the default, each listed value, each limit. */
function allowed(parameter: Parameter): readonly unknown[] {
  const {
    type,
    enum: values,
    default: usual,
    nullable,
    min,
    max,
    exclusiveMin,
    minLength = 0,
    maxLength,
    minItems = 0,
    maxItems,
    items,
  } = parameter;
  const common = [...(usual === undefined ? [] : [usual]), ...(values ?? []), ...(nullable ? [null] : [])];
  if (values) return common;
  switch (type) {
    case 'boolean':
      return [...common, true, false];
    case 'number':
    case 'integer': {
      const least = min ?? (exclusiveMin === undefined ? 1 : exclusiveMin + 1);
      return [
        ...common,
        least,
        max ?? least + 1,
        ...(type === 'number' && min !== undefined && max !== undefined ? [(min + max) / 2] : []),
      ];
    }
    case 'string':
      if (parameter.format === 'uri') return [...common, own];
      if (parameter.format === 'uuid') return [...common, '123e4567-e89b-42d3-a456-426614174000'];
      return [
        ...common,
        'a'.repeat(Math.max(minLength, 1)),
        // every pattern that there is takes plain letters, and not these
        ...(parameter.pattern === undefined ? strange(parameter) : ['a'.repeat(maxLength ?? 40)]),
      ];
    case 'array': {
      const [entry] = allowed(items ?? {});
      const list = (length: number) => Array.from({ length }, () => entry);
      return [
        ...common,
        list(minItems),
        list(Math.max(1, minItems)),
        list(maxItems ?? 3),
        ...allowed(items ?? {}).map((one) => [one, ...list(minItems).slice(1)]),
      ];
    }
    case 'object': {
      const fields = Object.entries(parameter.properties ?? {});
      const needed = fields.filter(([name]) => parameter.requiredProperties?.includes(name));
      const first = ([name, held]: (typeof fields)[number]) => [name, allowed(held)[0]] as const;
      const least = Object.fromEntries(needed.map(first));
      return [
        ...common,
        least,
        Object.fromEntries(fields.map(first)),
        ...fields.flatMap(([name, held]) => allowed(held).map((value) => ({ ...least, [name]: value }))),
      ];
    }
    case undefined:
      return [...common, {}];
    default:
      return type satisfies never;
  }
}

/** Texts of allowed lengths, which are counted in signs. */
const strange = ({ minLength = 0, maxLength }: Parameter): readonly string[] => [
  'é'.repeat(maxLength ?? 40),
  '🌊'.repeat(Math.max(minLength, Math.min(maxLength ?? 9, 9))),
];

/** Values of the wrong kind, and just beyond what the parameter says. */
function beyond(parameter: Parameter): readonly unknown[] {
  const [whole] = allowed({ ...parameter, nullable: false });
  return [
    ...[null, '', 'nothing of the kind', 0, -1, 5.5, 1e300, true, [], [whole], {}, { surprise: 1 }],
    ...justBeyond(parameter, beyond),
    ...(parameter.format === 'uri' ? addresses : []),
  ];
}

/** `inside`: what goes wrong with the entries and fields it holds. */
function justBeyond(parameter: Parameter, inside: (held: Parameter) => readonly unknown[] = justBeyond): readonly unknown[] {
  const { enum: values, min, max, exclusiveMin, minLength = 0, maxLength, minItems = 0, maxItems, items, type } = parameter;
  const [whole] = allowed({ ...parameter, nullable: false });
  const limits = [min, max].flatMap((limit) => (limit === undefined ? [] : [limit - 1, limit + 1, limit + 0.5]));
  const texts = (values ?? []).flatMap((value) =>
    typeof value === 'string' ? [value.toUpperCase(), ` ${value}`] : [String(value), value + 1],
  );
  const list = (length: number) => Array.from({ length: Math.max(0, length) }, () => allowed(items ?? {})[0]);
  return [
    ...[...limits, ...texts],
    ...(exclusiveMin === undefined ? [] : [exclusiveMin, exclusiveMin + 0.001]),
    ...(minLength > 0 ? ['a'.repeat(minLength - 1)] : []),
    ...(maxLength === undefined ? [] : ['a'.repeat(maxLength + 1), '🌊'.repeat(maxLength)]),
    ...(parameter.pattern === undefined ? [] : strange(parameter)),
    ...(type === 'array' ? [list(minItems - 1), list((maxItems ?? 0) + 1), ...inside(items ?? {}).map((entry) => [entry])] : []),
    ...(type === 'object' ? besideObject(parameter, whole, inside) : []),
  ];
}

function besideObject(
  { properties = {}, requiredProperties = [] }: Parameter,
  whole: unknown,
  inside: (held: Parameter) => readonly unknown[],
): readonly unknown[] {
  if (typeof whole !== 'object' || whole === null) return [];
  return [
    { ...whole, surprise: 1 },
    ...requiredProperties.map((left) => Object.fromEntries(Object.entries(whole).filter(([name]) => name !== left))),
    ...Object.entries(properties).flatMap(([name, held]) => inside(held).map((value) => ({ ...whole, [name]: value }))),
  ];
}

/** The smallest body that the model takes. */
export const leastBodyOf = ({ params }: SimulatedModel): Body =>
  Object.fromEntries(
    Object.entries(params)
      .filter(([, { required }]) => required)
      .map(([name, parameter]) => [
        name,
        parameter.type === 'string' && parameter.format !== 'uri' ? 'A heron at dawn' : allowed(parameter)[0],
      ]),
  );

/** The least body, and with each value of each parameter that its limits and lists name. */
export function fittingBodies(model: SimulatedModel): readonly Body[] {
  const least = leastBodyOf(model);
  return once([
    least,
    ...Object.entries(model.params).flatMap(([name, held]) => allowed(held).map((value) => ({ ...least, [name]: value }))),
  ]);
}

/**
 * The same values, as many at once as one body takes: each stands in one of them. `alone`: what is not taken even by itself.
 */
export function packedBodies(
  model: SimulatedModel,
  isTaken: (body: Body) => boolean,
): { readonly bodies: readonly Body[]; readonly alone: readonly Body[] } {
  const least = leastBodyOf(model);
  const bodies: Body[] = [asSent(least)];
  const alone: Body[] = [];
  let left = Object.entries(model.params).flatMap(([name, held]) => allowed(held).map((value) => ({ name, value })));
  while (left.length > 0) {
    let body: Body = least;
    const held = new Set<string>();
    const rest = left.filter(({ name, value }) => {
      const fuller = { ...body, [name]: value };
      if (held.has(name) || !isTaken(asSent(fuller))) return true;
      held.add(name);
      body = fuller;
      return false;
    });
    if (rest.length === left.length) alone.push(...rest.map(({ name, value }) => asSent({ ...least, [name]: value })));
    else bodies.push(asSent(body));
    left = rest.length === left.length ? [] : rest;
  }
  return { bodies, alone };
}

/** The least body with each value just beyond them, and with a field too few or too many; `kinds`: with values of other kinds too. */
export function beyondBodies(model: SimulatedModel, { kinds = true } = {}): readonly Body[] {
  const least = leastBodyOf(model);
  return once([
    {},
    { ...least, surprise: 1 },
    ...Object.keys(least).map((left) => Object.fromEntries(Object.entries(least).filter(([name]) => name !== left))),
    ...Object.keys(model.aliases).map((former) => ({ ...least, [former]: own })),
    ...Object.entries(model.params).flatMap(([name, held]) =>
      (kinds ? beyond(held) : justBeyond(held)).map((value) => ({ ...least, [name]: value })),
    ),
  ]);
}

export const edgeBodies = (model: SimulatedModel): readonly Body[] => [...fittingBodies(model), ...beyondBodies(model)];

/** As they are sent, each once. */
const once = (bodies: readonly Body[]): readonly Body[] => [
  ...new Map(bodies.map((body) => [JSON.stringify(body), asSent(body)])).values(),
];

/** Bodies with any fields, known and unknown, of fitting and of other values. */
export function anyBody(model: SimulatedModel): fc.Arbitrary<Body> {
  const anything = fc.jsonValue({ maxDepth: 2 });
  const fields = Object.entries(model.params).map(([name, parameter]) => {
    const fitting = fc.constantFrom(...allowed(parameter));
    const other = fc.oneof(fc.constantFrom(...beyond(parameter)), anything);
    return [name, fc.option(fc.oneof({ weight: 8, arbitrary: fitting }, { weight: 1, arbitrary: other }), { nil: undefined })] as const;
  });
  const strangers = fc.dictionary(
    fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('__proto__', 'constructor', ...Object.keys(model.aliases))),
    anything,
    {
      maxKeys: 1,
    },
  );
  return fc
    .tuple(fc.record(Object.fromEntries(fields)), fc.option(strangers, { nil: {}, freq: 6 }), fc.boolean())
    .map(([known, unknown, whole]) => asSent({ ...(whole ? leastBodyOf(model) : {}), ...defined(known), ...unknown }));
}

const defined = (body: Body): Body => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));

/** What is left of a value on the wire. */
function asSent(body: Body): Body {
  const sent: unknown = JSON.parse(JSON.stringify(body));
  return typeof sent === 'object' && sent !== null ? (sent as Body) : {};
}
