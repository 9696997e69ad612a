import { isObject, isScalar, listOf, objectOf, textOf, without } from './json';
import type { Json, JsonObject } from './model';

/** Nodes of one schema with all its references followed; the largest of Krea's has about 100. */
const mostNodes = 20_000;
const deepest = 40;

/** A schema that refers to what is not there, to itself, or to more than can be followed. */
export class UnreadableSchema extends Error {}

/** Names that say nothing about what is allowed, or that would make a validator look elsewhere. */
const leftOut = [
  '$schema',
  '$id',
  '$anchor',
  '$comment',
  '$defs',
  'definitions',
  'description',
  'title',
  'example',
  'examples',
  'externalDocs',
];

/**
 * The schema with every `$ref` into `document` replaced by what it names, and one form for what can be said in several:
 * a list of constants is an `enum`, what may be null has `null` among its types, forms told apart by a constant have a
 * `discriminator`. Texts for readers are left out. Throws UnreadableSchema.
 */
export function simplifySchema(schema: Json | undefined, document: JsonObject): JsonObject {
  let nodes = 0;
  const simplify = (stated: Json | undefined, trail: readonly string[]): JsonObject => {
    if (++nodes > mostNodes || trail.length > deepest) throw new UnreadableSchema('too large');
    if (stated === false) return { not: {} };
    if (!isObject(stated)) return {};
    const reference = textOf(stated.$ref);
    if (reference !== undefined) {
      if (trail.includes(reference)) throw new UnreadableSchema(`${reference} holds itself`);
      const target = lookUp(reference, document);
      if (target === undefined) throw new UnreadableSchema(`${reference} is not there`);
      return simplify({ ...objectOf(target), ...without(stated, '$ref') }, [...trail, reference]);
    }
    const inner = (part: Json | undefined): JsonObject => simplify(part, [...trail, '']);
    return oneForm(withInner(without(stated, ...leftOut), inner));
  };
  return simplify(schema, []);
}

/** `#/components/schemas/Ratio`; only inside the document. */
export function lookUp(reference: string, document: JsonObject): Json | undefined {
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map((part) => decoded(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>((held, key) => (isObject(held) && Object.hasOwn(held, key) ? held[key] : undefined), document);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const ofTables = ['properties', 'patternProperties', 'dependentSchemas'];
const ofLists = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const ofOne = ['items', 'additionalProperties', 'not', 'if', 'then', 'else', 'contains', 'propertyNames'];

function withInner(schema: JsonObject, inner: (part: Json | undefined) => JsonObject): JsonObject {
  const entries = Object.entries(schema).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
    if (ofTables.includes(key) && isObject(value))
      return [[key, Object.fromEntries(Object.entries(value).map(([name, part]) => [name, inner(part)]))]];
    if (ofLists.includes(key) && Array.isArray(value)) return [[key, value.map(inner)]];
    if (ofOne.includes(key) && isObject(value)) return [[key, inner(value)]];
    // extensions other than Krea's own words on fields are for other readers
    return key.startsWith('x-') && !key.startsWith('x-krea-') ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}

function oneForm(schema: JsonObject): JsonObject {
  return withNull(withLimits(withDiscriminator(withUnions(merged(withConstant(schema))))));
}

function withConstant(schema: JsonObject): JsonObject {
  return schema.const === undefined ? schema : { ...without(schema, 'const'), enum: [schema.const] };
}

/** OpenAPI 3.0: `exclusiveMinimum: true` beside `minimum`. */
function withLimits(schema: JsonObject): JsonObject {
  const one = (held: JsonObject, limit: string, exclusive: string): JsonObject => {
    if (typeof held[exclusive] !== 'boolean') return held;
    const { [exclusive]: is, [limit]: value, ...others } = held;
    return value === undefined ? others : { ...others, [is === true ? exclusive : limit]: value };
  };
  return one(one(schema, 'minimum', 'exclusiveMinimum'), 'maximum', 'exclusiveMaximum');
}

/** OpenAPI 3.0: `nullable`. A list of values without null is still a list with null then. */
function withNull(schema: JsonObject): JsonObject {
  const { nullable, ...others } = schema;
  if (nullable !== true) return others;
  const type = [others.type].flat().filter((name) => typeof name === 'string');
  return {
    ...others,
    ...(type.length > 0 && !type.includes('null') && { type: [...type, 'null'] }),
    ...(Array.isArray(others.enum) && !others.enum.includes(null) && { enum: [...others.enum, null] }),
  };
}

/** `allOf` of parts that do not speak of the same thing is one schema. */
function merged(schema: JsonObject): JsonObject {
  const { allOf, ...rest } = schema;
  if (!Array.isArray(allOf)) return schema;
  let whole: JsonObject = rest;
  for (const part of allOf.filter(isObject)) {
    const { properties, required, ...others } = part;
    const clash = Object.entries(others).some(
      ([key, value]) => whole[key] !== undefined && JSON.stringify(whole[key]) !== JSON.stringify(value),
    );
    const names = Object.keys(objectOf(properties));
    if (clash || names.some((name) => Object.hasOwn(objectOf(whole.properties), name))) return schema;
    whole = {
      ...whole,
      ...others,
      ...(names.length > 0 && { properties: { ...objectOf(whole.properties), ...objectOf(properties) } }),
      ...(required !== undefined && { required: [...new Set([...listOf(whole.required), ...listOf(required)])] }),
    };
  }
  return whole;
}

/** Constants to choose from become one list, `null` becomes a type, and what is left alone is the schema itself. */
function withUnions(schema: JsonObject): JsonObject {
  return ['anyOf', 'oneOf'].reduce((held, word) => {
    const stated = held[word];
    if (!Array.isArray(stated)) return held;
    const all = stated.filter(isObject).flatMap((branch) => flat(branch, word));
    const branches = all.filter((branch) => !isNull(branch));
    const rest = { ...without(held, word), ...(branches.length < all.length && { nullable: true }) };
    const constants = constantsOf(branches);
    if (constants)
      return {
        ...rest,
        ...(constants.type.length > 0 && { type: constants.type.length === 1 ? (constants.type[0] ?? '') : constants.type }),
        enum: constants.values,
      };
    const [only, ...more] = branches;
    if (!only) return rest;
    if (more.length === 0) return { ...only, ...rest };
    return branches.length < all.length
      ? { ...without(held, word), [word]: [...branches, { type: 'null' }] }
      : { ...rest, [word]: branches };
  }, schema);
}

const flat = (branch: JsonObject, word: string): readonly JsonObject[] =>
  Object.keys(branch).length === 1 && Array.isArray(branch[word]) ? branch[word].filter(isObject) : [branch];

const isNull = (branch: JsonObject): boolean =>
  branch.type === 'null' || (Array.isArray(branch.enum) && branch.enum.length > 0 && branch.enum.every((value) => value === null));

function constantsOf(branches: readonly JsonObject[]): { readonly values: readonly Json[]; readonly type: readonly string[] } | undefined {
  const values: Json[] = [];
  const types = new Set<string>();
  for (const branch of branches) {
    if (!Array.isArray(branch.enum) || !branch.enum.every((value) => isScalar(value))) return undefined;
    if (Object.keys(branch).some((key) => !['type', 'enum', 'default'].includes(key) && !key.startsWith('x-'))) return undefined;
    values.push(...branch.enum);
    for (const type of [branch.type].flat()) if (typeof type === 'string') types.add(type);
  }
  return branches.length > 0 ? { values: [...new Set(values)], type: [...types] } : undefined;
}

/** Forms of an object that a constant tells apart; then only the faults of the one that is meant are reported. */
function withDiscriminator(schema: JsonObject): JsonObject {
  const branches = listOf(schema.oneOf ?? schema.anyOf).filter(isObject);
  if (branches.length < 2 || !branches.every((branch) => branch.type === 'object')) return without(schema, 'discriminator');
  const tags = Object.keys(objectOf(branches[0]?.properties)).filter((name) => {
    const held = branches.map((branch) =>
      listOf(branch.required).includes(name) ? listOf(objectOf(objectOf(branch.properties)[name]).enum) : [],
    );
    const values = held.flat();
    return (
      held.every((list) => list.length > 0) && values.every((value) => typeof value === 'string') && new Set(values).size === values.length
    );
  });
  const [tag] = tags;
  if (tag === undefined) return without(schema, 'discriminator');
  // exactly one of them can hold, so both words mean the same
  return { ...without(schema, 'anyOf', 'discriminator'), type: 'object', oneOf: branches, discriminator: { propertyName: tag } };
}
