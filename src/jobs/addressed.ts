import type { Json, JsonObject } from './job';

/** What stands in the body of an order for the address of an input. */
export function standIn(sha256: string): string {
  return `sha256:${sha256}`;
}

/** The body as it is sent. `addresses`: by what stands in for them. */
export function addressed(body: JsonObject, addresses: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries(Object.entries(body).map(([name, value]) => [name, name === 'prompt' ? value : inner(value, addresses)]));
}

function inner(value: Json, addresses: ReadonlyMap<string, string>): Json {
  if (typeof value === 'string') return addresses.get(value) ?? value;
  if (Array.isArray(value)) return value.map((item: Json) => inner(item, addresses));
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, held]) => [name, inner(held, addresses)]))
    : value;
}
