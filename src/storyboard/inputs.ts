import type { Json, JsonObject, Model } from '../catalogue/model';

export type InputMedia = 'image' | 'video' | 'audio' | 'any';

/** A place of a request that names a local file. */
export interface InputPlace {
  readonly at: readonly (string | number)[];
  /** `start_image`, `reference_images.0`, `effects.0.asset_url`. */
  readonly role: string;
  readonly media: InputMedia;
  /** As it stands in the request: a path, relative or not. */
  readonly written: string;
}

/** Every local file that a body names: a text where the model's schema wants an address, that is none. */
export function inputsOf(model: Model, body: JsonObject): readonly InputPlace[] {
  return placesIn(model.schema, body, []);
}

/** The body with something else at those places. */
export function withInputs<Place extends Pick<InputPlace, 'at'>>(
  body: JsonObject,
  places: readonly Place[],
  textAt: (place: Place) => string,
): JsonObject {
  let changed = body;
  for (const place of places) {
    const [name, ...rest] = place.at;
    if (typeof name === 'string' && Object.hasOwn(changed, name))
      changed = { ...changed, [name]: put(changed[name] ?? null, rest, textAt(place)) };
  }
  return changed;
}

/** As it would be sent, with any address where files stand: what can be checked before they are uploaded. */
export function withStandIns(model: Model, body: JsonObject): JsonObject {
  return withInputs(body, inputsOf(model, body), () => 'https://app-uploads.krea.ai/input');
}

function placesIn(schema: Json | undefined, value: Json | undefined, at: InputPlace['at']): readonly InputPlace[] {
  if (!isObject(schema)) return [];
  if (typeof value === 'string') {
    if (schema.format !== 'uri' || !isPath(value)) return [];
    return [{ at, role: at.join('.'), media: mediaOf(at), written: value }];
  }
  if (Array.isArray(value)) return value.flatMap((item: Json, index) => placesIn(schema.items, item, [...at, index]));
  const { properties } = schema;
  if (!isObject(value) || !isObject(properties)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    Object.hasOwn(properties, name) ? placesIn(properties[name], inner, [...at, name]) : [],
  );
}

/** One letter before a colon is a drive, more are the scheme of an address. */
function isPath(text: string): boolean {
  return text.trim() !== '' && (/^file:/i.test(text) || !/^[a-z][a-z0-9+.-]+:/i.test(text));
}

/** Krea's names say it: `start_image`, `reference_videos`, `audio_url`. */
function mediaOf(at: InputPlace['at']): InputMedia {
  const name = at.filter((key) => typeof key === 'string').join(' ');
  if (/video/.test(name)) return 'video';
  if (/audio/.test(name)) return 'audio';
  return /image|style/.test(name) ? 'image' : 'any';
}

function put(held: Json, [key, ...rest]: InputPlace['at'], value: string): Json {
  if (key === undefined) return value;
  if (Array.isArray(held)) return held.map((item: Json, index) => (index === key ? put(item, rest, value) : item));
  if (!isObject(held)) return held;
  return Object.fromEntries(Object.entries(held).map(([name, inner]) => [name, name === key ? put(inner, rest, value) : inner]));
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
