import type { Parameter, Parameters, SimulatedModel } from './models';
import type { Switches } from './switches';

/** One thing wrong with a request body. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly kind: 'missing' | 'unknown' | 'type' | 'enum' | 'range' | 'length' | 'items' | 'format';
}

export type Strictness = Pick<Switches, 'nestedFields' | 'dependentFields'>;

export function checkRequest(model: SimulatedModel, body: Readonly<Record<string, unknown>>, strictness: Strictness): readonly Problem[] {
  const required = Object.keys(model.params).filter((name) => model.params[name]?.required);
  const problems = checkFields(model.params, required, body, []).filter(
    ({ kind, path }) => kind !== 'unknown' || path.length === 1 || strictness.nestedFields === 'refused',
  );
  return strictness.dependentFields === 'refused' ? [...problems, ...checkDependent(model.params, body)] : problems;
}

function checkDependent(fields: Parameters, body: Readonly<Record<string, unknown>>): readonly Problem[] {
  const held = (name: string) => (Object.hasOwn(body, name) ? body[name] : fields[name]?.default);
  return Object.keys(body).flatMap((name): readonly Problem[] => {
    const { visibleWhen, dependentEnum } = (Object.hasOwn(fields, name) && fields[name]) || {};
    if (visibleWhen && held(visibleWhen.field) !== visibleWhen.value)
      return [{ path: [name], kind: 'enum', message: `${name} does not apply while ${visibleWhen.field} is not ${visibleWhen.value}` }];
    const allowed = dependentEnum?.values[String(held(dependentEnum.field))];
    if (!allowed || allowed.some((value) => value === body[name])) return [];
    return [{ path: [name], kind: 'enum', message: `${name} must be one of ${allowed.join(', ')} here` }];
  });
}

function checkFields(
  fields: Parameters,
  required: readonly string[],
  value: Readonly<Record<string, unknown>>,
  path: Problem['path'],
): readonly Problem[] {
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name): Problem => ({ path: [...path, name], kind: 'missing', message: `${[...path, name].join('.')} is required` }));
  const wrong = Object.entries(value).flatMap(([name, held]): readonly Problem[] => {
    const parameter = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (parameter) return checkValue(parameter, held, [...path, name]);
    return [{ path: [...path, name], kind: 'unknown', message: `Unrecognized key: "${name}"` }];
  });
  return [...missing, ...wrong];
}

function checkValue(parameter: Parameter, value: unknown, path: Problem['path']): readonly Problem[] {
  const name = path.join('.');
  const problem = (kind: Problem['kind'], message: string): Problem => ({ path, kind, message: `${name} ${message}` });

  if (value === null) return parameter.nullable ? [] : [problem('type', 'must not be null')];
  if (parameter.enum && !parameter.enum.some((allowed) => allowed === value))
    return [problem('enum', `must be one of ${parameter.enum.join(', ')}`)];

  switch (parameter.type) {
    case undefined:
      return [];
    case 'boolean':
      return typeof value === 'boolean' ? [] : [problem('type', 'must be a boolean')];
    case 'string':
      return typeof value === 'string' ? checkText(parameter, value, problem) : [problem('type', 'must be a string')];
    case 'number':
    case 'integer':
      if (typeof value !== 'number' || !Number.isFinite(value)) return [problem('type', `must be ${aOrAn(parameter.type)}`)];
      if (parameter.type === 'integer' && !Number.isInteger(value)) return [problem('type', 'must be an integer')];
      return checkNumber(parameter, value, problem);
    case 'array': {
      if (!Array.isArray(value)) return [problem('type', 'must be an array')];
      const count = checkItemCount(parameter, value.length, problem);
      const { items } = parameter;
      return items ? [...count, ...value.flatMap((item, i) => checkValue(items, item, [...path, i]))] : count;
    }
    case 'object':
      if (!isFields(value)) return [problem('type', 'must be an object')];
      return parameter.properties ? checkFields(parameter.properties, parameter.requiredProperties ?? [], value, path) : [];
    default:
      return parameter.type satisfies never;
  }
}

type MakeProblem = (kind: Problem['kind'], message: string) => Problem;

function checkText({ minLength = 0, maxLength, pattern, format }: Parameter, text: string, problem: MakeProblem): readonly Problem[] {
  // JSON Schema counts characters, not UTF-16 units
  const length = [...text].length;
  if (length < minLength) return [problem('length', `must have at least ${minLength} characters`)];
  if (maxLength !== undefined && length > maxLength) return [problem('length', `must have at most ${maxLength} characters`)];
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return [problem('format', `must match ${pattern}`)];
  if (format === 'uri' && !URL.canParse(text)) return [problem('format', 'must be a valid URL')];
  if (format === 'uuid' && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return [problem('format', 'must be a UUID')];
  return [];
}

function checkNumber({ min, max, exclusiveMin }: Parameter, value: number, problem: MakeProblem): readonly Problem[] {
  if (min !== undefined && value < min) return [problem('range', `must be at least ${min}`)];
  if (exclusiveMin !== undefined && value <= exclusiveMin) return [problem('range', `must be greater than ${exclusiveMin}`)];
  if (max !== undefined && value > max) return [problem('range', `must be at most ${max}`)];
  return [];
}

function checkItemCount({ minItems = 0, maxItems }: Parameter, count: number, problem: MakeProblem): readonly Problem[] {
  if (count < minItems) return [problem('items', `must have at least ${minItems} items`)];
  if (maxItems !== undefined && count > maxItems) return [problem('items', `must have at most ${maxItems} items`)];
  return [];
}

const aOrAn = (type: 'number' | 'integer') => (type === 'integer' ? 'an integer' : 'a number');

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
