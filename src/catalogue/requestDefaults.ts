import { isDeepStrictEqual } from 'node:util';
import type { JsonObject, Model } from './model';

/** The body as Krea reads it: fields that are absent have the model's default. */
export function withDefaults(model: Model, body: JsonObject): JsonObject {
  const defaults = model.parameters.flatMap(({ name, default: value }) =>
    value === undefined || Object.hasOwn(body, name) ? [] : [[name, value]],
  );
  return { ...body, ...Object.fromEntries(defaults) };
}

/** The body without what Krea would fill in by itself. */
export function withoutDefaults(model: Model, body: JsonObject): JsonObject {
  const defaults = new Map(model.parameters.map(({ name, default: value }) => [name, value]));
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => defaults.get(name) === undefined || !isDeepStrictEqual(defaults.get(name), value)),
  );
}
