import type { Parameter, Parameters } from './models';
import type { Switches } from './switches';

export type Schema = Readonly<Record<string, unknown>>;

interface Style {
  readonly shape: Switches['openapiShape'];
  /** Whether objects inside the body say that they take no other fields. */
  readonly nested: boolean;
}

/** JSON Schema of an object with these fields, in one of the ways in which descriptions put it. */
export function fieldsSchema(fields: Parameters, required: readonly string[], style: Style): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([name, parameter]) => [name, schemaOf(parameter, style)])),
    ...(required.length > 0 ? { required } : {}),
  };
}

function schemaOf(parameter: Parameter, style: Style): Schema {
  const {
    type,
    required,
    nullable,
    min,
    max,
    exclusiveMin,
    items,
    properties,
    requiredProperties,
    labels,
    visibleWhen,
    dependentEnum,
    ...same
  } = parameter;
  const words: Schema = {
    ...(labels && { 'x-krea-enum-labels': labels }),
    ...(visibleWhen && { 'x-krea-visible-when': visibleWhen }),
    ...(dependentEnum && { 'x-krea-dependent-enum': dependentEnum }),
  };
  if (type === undefined) return { ...same, ...words };
  if (style.shape === 'references' && same.format === 'uri' && same.maxLength === 1024)
    return nullable ? { allOf: [{ $ref: '#/components/schemas/Address' }], nullable: true } : { $ref: '#/components/schemas/Address' };
  const whole: Schema = {
    ...same,
    ...words,
    ...(properties
      ? { ...fieldsSchema(properties, requiredProperties ?? [], style), ...(style.nested && { additionalProperties: false }) }
      : {}),
    ...typeOf(type, nullable, style),
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
    ...lowerLimit(exclusiveMin, style),
    ...(items ? { items: schemaOf(items, style) } : {}),
  };
  return style.shape === 'may' ? withConstants(whole) : whole;
}

function typeOf(type: NonNullable<Parameter['type']>, nullable: boolean | undefined, { shape }: Style): Schema {
  if (!nullable) return { type };
  return shape === 'references' ? { type, nullable: true } : { type: [type, 'null'] };
}

/** OpenAPI 3.0 knows the exclusive limit as a switch. */
function lowerLimit(exclusiveMin: number | undefined, { shape }: Style): Schema {
  if (exclusiveMin === undefined) return {};
  return shape === 'references' ? { minimum: exclusiveMin, exclusiveMinimum: true } : { exclusiveMinimum: exclusiveMin };
}

/** In May 2026 a list of numbers was a choice between constants, one of three and more nested ever deeper. */
function withConstants({ enum: values, ...schema }: Schema): Schema {
  if (!Array.isArray(values)) return schema;
  const [first, ...others]: readonly unknown[] = values;
  const { type, ...rest } = schema;
  if (others.length === 0) return { ...schema, const: first };
  if (typeof first !== 'number') return { ...schema, enum: values };
  return { ...rest, ...others.reduce<Schema>((held, value) => ({ anyOf: [held, { type, const: value }] }), { type, const: first }) };
}
