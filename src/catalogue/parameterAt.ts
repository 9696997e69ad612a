import type { Path } from './finding';
import type { Model, Parameter } from './model';

/** The field or entry that a path of a body leads to; of several forms the first that has it. */
export function parameterAt({ parameters }: Pick<Model, 'parameters'>, path: Path): Parameter | undefined {
  return step(parameters, path);
}

function step(fields: readonly Parameter[], [first, ...rest]: Path): Parameter | undefined {
  const field = fields.find(({ name }) => name === first);
  return field && inside(field, rest);
}

function inside(parameter: Parameter, path: Path): Parameter | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return parameter;
  if (typeof first === 'number' && parameter.items) return inside(parameter.items, rest);
  const own = parameter.fields && step(parameter.fields, path);
  if (own) return own;
  for (const variant of parameter.variants ?? []) {
    const found = inside(variant, path);
    if (found) return found;
  }
  return undefined;
}
