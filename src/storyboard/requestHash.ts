import { createHash } from 'node:crypto';
import type { Json, JsonObject, Model } from '../catalogue/model';
import { withoutDefaults } from '../catalogue/requestDefaults';

/**
 * SHA-256 in hex over what decides the picture (rule 18): a re-wrapped prompt, a default written out, another order of fields or
 * a new upload of the same file give the same hash. `contentHashes`: address of an input -> SHA-256 of its bytes.
 */
export function requestHash(model: Model, body: JsonObject, contentHashes: ReadonlyMap<string, string> = new Map()): string {
  const { prompt, ...fields } = withoutDefaults(model, body);
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  const whole = {
    model: model.id,
    prompt: typeof prompt === 'string' ? foldSpace(prompt) : (prompt ?? null),
    fields: byContent(said, contentHashes),
  };
  return createHash('sha256')
    .update(JSON.stringify(inOrder(whole)))
    .digest('hex');
}

const foldSpace = (text: string) => text.replace(/\s+/g, ' ').trim();

function byContent(value: Json, contentHashes: ReadonlyMap<string, string>): Json {
  if (typeof value !== 'string') return mapInside(value, (inner) => byContent(inner, contentHashes));
  const hash = contentHashes.get(value);
  return hash === undefined ? value : `sha256:${hash}`;
}

/** JSON keeps the order in which fields were written. */
function inOrder(value: Json): Json {
  const inner = mapInside(value, inOrder);
  if (!isObject(inner)) return inner;
  return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mapInside(value: Json, change: (inner: Json) => Json): Json {
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
  return Array.isArray(value) ? value.map(change) : value;
}

const isObject = (value: Json): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
