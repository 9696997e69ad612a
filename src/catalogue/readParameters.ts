import { isObject, isScalar, listOf, objectOf } from './json';
import type { Json, JsonObject, Parameter, ParameterKind } from './model';
import { readLabels, readNarrowed, readVisibleWhen } from './readConditions';

/** The fields of a request body's schema, in the order in which the schema names them. */
export function readParameters(schema: JsonObject): readonly Parameter[] {
  const required = listOf(schema.required);
  return Object.entries(objectOf(schema.properties)).map(([name, value]) => readParameter(name, objectOf(value), required.includes(name)));
}

function readParameter(name: string, schema: JsonObject, required: boolean): Parameter {
  const values = listOf(schema.enum).filter((value) => typeof value === 'string' || typeof value === 'number');
  const labels = readLabels(schema, values);
  const visibleWhen = readVisibleWhen(schema);
  const narrowed = readNarrowed(schema);
  const variants = [...listOf(schema.oneOf), ...listOf(schema.anyOf)].filter(isObject);
  return {
    name,
    kind: kindOf(schema),
    required,
    nullable: typesOf(schema).includes('null'),
    deprecated: schema.deprecated === true,
    ...(values.length > 0 && { values }),
    ...number('min', schema.minimum),
    ...number('max', schema.maximum),
    ...number('exclusiveMin', schema.exclusiveMinimum),
    ...number('exclusiveMax', schema.exclusiveMaximum),
    ...number('minLength', schema.minLength),
    ...number('maxLength', schema.maxLength),
    ...number('minItems', schema.minItems),
    ...number('maxItems', schema.maxItems),
    ...(typeof schema.pattern === 'string' && { pattern: schema.pattern }),
    ...(isObject(schema.items) && { items: readParameter('', schema.items, false) }),
    ...(isObject(schema.properties) && { fields: readParameters(schema) }),
    ...(variants.length > 0 && { variants: variants.map((variant) => readParameter('', variant, false)) }),
    ...(schema.default !== undefined && { default: schema.default }),
    ...(labels && { labels }),
    ...(visibleWhen && { visibleWhen }),
    ...(narrowed && { narrowed }),
  };
}

function kindOf(schema: JsonObject): ParameterKind {
  if (Array.isArray(schema.enum) && schema.enum.some((value) => isScalar(value) && typeof value !== 'boolean')) return 'enum';
  switch (typesOf(schema).find((type) => type !== 'null')) {
    case 'integer':
      return 'integer';
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      return 'list';
    case 'string':
      return schema.format === 'uri' ? 'uri' : 'text';
    default:
      return 'object';
  }
}

const typesOf = (schema: JsonObject): readonly Json[] => (typeof schema.type === 'string' ? [schema.type] : listOf(schema.type));

const number = <Key extends string>(key: Key, value: Json | undefined) =>
  typeof value === 'number' ? ({ [key]: value } as Record<Key, number>) : {};
