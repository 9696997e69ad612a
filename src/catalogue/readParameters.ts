import type { Json, JsonObject, Parameter, ParameterKind } from './model';

/** The fields of a request body's schema, in the order in which the schema names them. */
export function readParameters(schema: JsonObject): readonly Parameter[] {
  const required = listOf(schema.required);
  return Object.entries(objectOf(schema.properties)).map(([name, value]) => readParameter(name, objectOf(value), required.includes(name)));
}

function readParameter(name: string, schema: JsonObject, required: boolean): Parameter {
  const values = listOf(schema.enum).filter((value) => typeof value === 'string' || typeof value === 'number');
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
    ...number('minLength', schema.minLength),
    ...number('maxLength', schema.maxLength),
    ...number('minItems', schema.minItems),
    ...number('maxItems', schema.maxItems),
    ...(isObject(schema.items) && { items: kindOf(schema.items) }),
    ...(schema.default !== undefined && { default: schema.default }),
  };
}

function kindOf(schema: JsonObject): ParameterKind {
  if (Array.isArray(schema.enum)) return 'enum';
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

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);
