import { isObject, isScalar, listOf, textOf } from './json';
import type { Condition, Json, JsonObject, Parameter, Scalar } from './model';

/*
 * Krea's own words on fields that depend on others. Their form is published nowhere: every form that is usual for such
 * words is read, and one that is not understood says nothing.
 */

const fieldWords = ['field', 'name', 'property', 'param', 'parameter', 'key', 'dependsOn', 'depends_on'];
const valueWords = ['equals', 'equal', 'eq', 'is', 'value', 'values', 'in', 'oneOf', 'const', 'enum'];
const otherWords = ['not', 'ne', 'neq', 'notEquals', 'not_equals', 'notIn', 'not_in'];
const allWords = ['all', 'allOf', 'and'];
const anyWords = ['any', 'anyOf', 'or'];

/** `x-krea-visible-when`: the field does something only while this holds. */
export function readVisibleWhen(schema: JsonObject): Condition | undefined {
  return readCondition(schema['x-krea-visible-when']);
}

function readCondition(stated: Json | undefined): Condition | undefined {
  if (Array.isArray(stated)) return together('all', stated);
  if (!isObject(stated)) return undefined;
  const field = snake(firstOf(stated, fieldWords));
  if (field !== undefined) return readComparison(field, stated);
  for (const [kind, words] of [
    ['all', allWords],
    ['any', anyWords],
  ] as const) {
    const word = words.find((name) => Array.isArray(stated[name]));
    if (word !== undefined) return together(kind, listOf(stated[word]));
  }
  if (isObject(stated.not)) return negated(readCondition(stated.not));
  return together(
    'all',
    Object.entries(stated).map(([name, value]) => ({ field: name, ...(isObject(value) ? value : { values: value }) })),
  );
}

function readComparison(field: string, stated: JsonObject): Condition | undefined {
  const operator = textOf(stated.operator ?? stated.op);
  if (operator !== undefined && /exists|present|set|truthy/i.test(operator)) return given(field, !/^not|un|absent/i.test(operator));
  const exists = stated.exists ?? stated.present;
  if (typeof exists === 'boolean') return given(field, exists);
  const unlike = otherWords.find((word) => stated[word] !== undefined);
  const like = valueWords.find((word) => stated[word] !== undefined);
  const values = scalars(stated[unlike ?? like ?? 'value']);
  if (!values) return like === undefined && unlike === undefined && operator === undefined ? given(field, true) : undefined;
  const is: Condition = { kind: 'is', field, values };
  if (unlike !== undefined) return negated(is);
  if (operator === undefined || /^(eq|equals?|is|in|==+|one_?of)$/i.test(operator)) return is;
  return /^(ne|neq|not|not_?equals?|not_?in|!==?)$/i.test(operator) ? negated(is) : undefined;
}

const given = (field: string, yes: boolean): Condition | undefined => (yes ? { kind: 'given', field } : negated({ kind: 'given', field }));

const negated = (of: Condition | undefined): Condition | undefined => of && { kind: 'not', of };

/** One part that is not understood makes the whole so. */
function together(kind: 'all' | 'any', stated: readonly Json[]): Condition | undefined {
  const of = stated.map(readCondition).filter((condition) => condition !== undefined);
  if (of.length === 0 || of.length < stated.length) return undefined;
  return of.length === 1 ? of[0] : { kind, of };
}

/** `x-krea-dependent-enum`: which values there are while another field has a certain value. */
export function readNarrowed(schema: JsonObject): Parameter['narrowed'] {
  const stated = schema['x-krea-dependent-enum'];
  const narrowed = (Array.isArray(stated) ? stated : [stated]).flatMap(readNarrowing);
  return narrowed.length > 0 ? narrowed : undefined;
}

type Narrowing = NonNullable<Parameter['narrowed']>[number];

function readNarrowing(stated: Json | undefined): readonly Narrowing[] {
  if (!isObject(stated)) return [];
  const when = readCondition(stated.when ?? stated.if ?? stated.visibleWhen);
  if (when) {
    const values = choices(stated.enum ?? stated.values ?? stated.options ?? stated.then);
    return values ? [{ when, values }] : [];
  }
  const field = snake(firstOf(stated, [...fieldWords, 'on']));
  const table = ['values', 'options', 'map', 'mapping', 'cases', 'enum', 'enums'].map((word) => stated[word]).find(isObject);
  if (field !== undefined) return table ? rowsOf(field, table) : [];
  return Object.entries(stated).flatMap(([name, rows]) => (isObject(rows) ? rowsOf(snake(name) ?? name, rows) : []));
}

/** The keys of a table are texts, whatever the other field holds. */
function rowsOf(field: string, table: JsonObject): readonly Narrowing[] {
  return Object.entries(table).flatMap(([key, stated]) => {
    const values = choices(stated);
    return values ? [{ when: { kind: 'is', field, values: [key] } satisfies Condition, values }] : [];
  });
}

function choices(stated: Json | undefined): readonly (string | number)[] | undefined {
  if (!Array.isArray(stated)) return undefined;
  const values = stated.map((entry) => (isObject(entry) ? entry.value : entry));
  return values.every((value) => typeof value === 'string' || typeof value === 'number') ? values : undefined;
}

/** `x-krea-enum-labels`: a table by value, a list beside the values, or a list of `{value, label}`. */
export function readLabels(schema: JsonObject, values: readonly (string | number)[]): Parameter['labels'] {
  const stated = schema['x-krea-enum-labels'];
  const pairs: readonly (readonly [unknown, unknown])[] = isObject(stated)
    ? Object.entries(stated)
    : listOf(stated).map((entry, index) =>
        isObject(entry) ? [entry.value ?? entry.const, entry.label ?? entry.title] : [values[index], entry],
      );
  const labels = pairs.flatMap(([value, label]) => {
    const text = textOf(label);
    return isScalar(value) && text !== undefined ? [[String(value), text]] : [];
  });
  return labels.length > 0 ? Object.fromEntries(labels) : undefined;
}

function firstOf(object: JsonObject, names: readonly string[]): string | undefined {
  const name = names.find((word) => typeof object[word] === 'string');
  return name === undefined ? undefined : textOf(object[name]);
}

/** Some of Krea's words name fields as they were called until June 2026. */
const snake = (name: string | undefined): string | undefined => name?.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function scalars(stated: Json | undefined): readonly Scalar[] | undefined {
  if (stated !== undefined && isScalar(stated)) return [stated];
  return Array.isArray(stated) && stated.length > 0 && stated.every(isScalar) ? stated : undefined;
}
