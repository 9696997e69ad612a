import type { AddressDoubt, Finding, Path } from './finding';
import { amountOf, holds, isSame } from './holds';
import { isObject, isScalar, listOf, objectOf } from './json';
import type { Condition, Json, JsonObject, Model } from './model';
import { withDefaults } from './requestDefaults';
import { unknownField } from './unknownField';

/** What is known beside the request itself. */
export interface CheckSurroundings {
  /** Addresses beside Krea's own that its validators take: files uploaded to another API. */
  readonly isOwn?: (address: string) => boolean;
  /** Width over height of the picture at an address, where it is known. */
  readonly ratioOf?: (address: string) => number | undefined;
}

/** Addresses of Krea's own files. */
const ownFile = /^https:\/\/(app-uploads|gen|s)\.krea\.ai\//;

/** Rules between fields which no schema states, from Krea's own guides, of the models they are known of. */
const excluding = { models: /^bytedance\/seedance-2/, surely: 'bytedance/seedance-2', fields: ['end_image', 'reference_images'] } as const;
const overriding = { models: /^bytedance\/seedance/, fields: ['start_image', 'reference_images'] } as const;

/** Whether the model is known to refuse the one field beside the other. */
export const surelyExcludes = ({ id }: Pick<Model, 'id'>, field: string, other: string): boolean =>
  id === excluding.surely && excluding.fields.every((name) => name === field || name === other);

/** What the schema itself does not refuse. */
export function doubtsOf(model: Model, body: unknown, around: CheckSurroundings): readonly Finding[] {
  if (!isObject(body)) return [];
  const full = withDefaults(model, body);
  return [
    ...insideOf(model, model.schema, body, [], around),
    ...dependentOf(model, body, full),
    ...excludesOf(model, body),
    ...overridesOf(model, body, full, around),
  ];
}

/** Looks at every value together with the schema of its place. */
function insideOf(model: Model, schema: JsonObject, value: Json, path: Path, around: CheckSurroundings): readonly Finding[] {
  if (typeof value === 'string') return schema.format === 'uri' ? addressDoubt(value, path, around) : [];
  const forms = [schema, ...listOf(schema.oneOf), ...listOf(schema.anyOf)].filter(isObject);
  if (Array.isArray(value)) {
    const items = forms.map((form) => form.items).find(isObject);
    return items ? value.flatMap((entry: Json, index) => insideOf(model, items, entry, [...path, index], around)) : [];
  }
  if (!isObject(value)) return [];
  const properties: JsonObject = Object.fromEntries(forms.flatMap((form) => Object.entries(objectOf(form.properties))));
  // an object that does not say whether it takes other fields: the service may refuse them or pass over them
  const open =
    Object.keys(properties).length > 0 &&
    forms.every((form) => form.additionalProperties === undefined && form.patternProperties === undefined);
  return Object.entries(value).flatMap(([name, held]) => {
    const inner = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (isObject(inner)) return insideOf(model, inner, held, [...path, name], around);
    return open ? [unknownField(model, path, name, 'warning')] : [];
  });
}

function addressDoubt(address: string, path: Path, { isOwn }: CheckSurroundings): readonly Finding[] {
  if (!URL.canParse(address) || ownFile.test(address) || isOwn?.(address)) return [];
  const why = doubtOn(new URL(address).protocol);
  return [{ code: 'doubtfulAddress', path, severity: 'warning', params: { why } }];
}

function doubtOn(protocol: string): AddressDoubt {
  if (protocol === 'data:') return 'data';
  return protocol === 'https:' || protocol === 'http:' ? 'otherHost' : 'notWeb';
}

/** Krea's words on fields that depend on others may be advice to its own pages, or rules. */
function dependentOf(model: Model, body: JsonObject, full: JsonObject): readonly Finding[] {
  return model.parameters.flatMap((parameter): readonly Finding[] => {
    const { name, visibleWhen, narrowed = [], deprecated } = parameter;
    if (!Object.hasOwn(body, name)) return [];
    const at = { path: [name], severity: 'warning' } as const;
    if (visibleWhen && !holds(visibleWhen, full)) return [{ ...at, code: 'noEffect', params: { because: fieldsOf(visibleWhen) } }];
    const value = body[name];
    const narrow = narrowed.find(
      ({ when, values }) => holds(when, full) && !(isScalar(value) && values.some((allowed) => isSame(allowed, value))),
    );
    if (narrow) return [{ ...at, code: 'notInListNow', params: { allowed: narrow.values, because: fieldsOf(narrow.when) } }];
    return deprecated ? [{ ...at, code: 'deprecatedField', params: { name } }] : [];
  });
}

function fieldsOf(condition: Condition): readonly string[] {
  switch (condition.kind) {
    case 'is':
    case 'given':
      return [condition.field];
    case 'not':
      return fieldsOf(condition.of);
    case 'all':
    case 'any':
      return [...new Set(condition.of.flatMap(fieldsOf))];
    default:
      return condition satisfies never;
  }
}

function excludesOf(model: Model, body: JsonObject): readonly Finding[] {
  const { models, surely, fields: names } = excluding;
  if (!models.test(model.id) || !names.every((name) => amountOf(body[name]) > 0)) return [];
  // stated of one model; of its siblings it is likely
  return [{ code: 'excludes', path: [names[0]], severity: model.id === surely ? 'error' : 'warning', params: { names } }];
}

/** A landscape picture makes a landscape video, whatever ratio is asked for. */
function overridesOf(model: Model, body: JsonObject, full: JsonObject, { ratioOf }: CheckSurroundings): readonly Finding[] {
  const asked = /^(\d+):(\d+)$/.exec(String(full.aspect_ratio));
  if (!overriding.models.test(model.id) || !asked || Number(asked[1]) > Number(asked[2])) return [];
  const name = overriding.fields.find((field) => amountOf(body[field]) > 0);
  if (name === undefined) return [];
  const [address] = [body[name]].flat();
  const ratio = typeof address === 'string' ? ratioOf?.(address) : undefined;
  return ratio !== undefined && ratio <= 1 ? [] : [{ code: 'overridesRatio', path: [name], severity: 'warning', params: { name } }];
}
