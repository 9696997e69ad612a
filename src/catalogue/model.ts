export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** What a form needs to offer a field; `enum` covers texts and numbers, `uri` is a text that holds an address. */
export type ParameterKind = 'enum' | 'integer' | 'number' | 'boolean' | 'text' | 'uri' | 'list' | 'object';

/** One field of a request, read off the model's schema. The schema stays the authority for checking. */
export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly required: boolean;
  readonly nullable: boolean;
  /** The service still takes the field; it does nothing any more. */
  readonly deprecated: boolean;
  readonly values?: readonly (string | number)[];
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** The kind of a list's items. */
  readonly items?: ParameterKind;
  readonly default?: Json;
}

/** What must be true of a request for a price point to apply; a condition that is absent does not matter. */
export interface PriceConditions {
  readonly resolution?: readonly string[];
  readonly mode?: readonly string[];
  readonly seconds?: number;
  readonly sound?: boolean;
  /** A video is sent as reference. */
  readonly videoReference?: boolean;
  /** A trained style is sent. */
  readonly style?: boolean;
}

export interface PricePoint {
  /** Millionths of a US dollar, whole. */
  readonly microUsd: number;
  readonly per: 'second' | 'request';
  /** `about`: a label, or converted from compute units. */
  readonly kind: 'exact' | 'about';
  /** ISO day or month of the figure. */
  readonly date: string;
  readonly when: PriceConditions;
}

export interface Prices {
  readonly points: readonly PricePoint[];
  /** Fields that cost an amount nobody has stated: more than `beyond` items (or any other value that says yes) and the price is unknown. */
  readonly unpriced: readonly { readonly parameter: string; readonly beyond: number }[];
}

/** `switch`: the field `generate_audio` decides. */
export type Sound = 'always' | 'never' | 'switch' | 'unknown';

export interface Model {
  /** `provider/model`, as in `kling/kling-2.5`. */
  readonly id: string;
  readonly name: string;
  /** Path below the API base. */
  readonly endpoint: string;
  /** JSON Schema 2020-12 of the request body. */
  readonly schema: JsonObject;
  readonly parameters: readonly Parameter[];
  readonly prices: Prices;
  readonly typicalSeconds?: number;
  readonly sound: Sound;
  /** Field names that Krea took until 2026-06-19, each with its successor. */
  readonly retiredAliases: Readonly<Record<string, string>>;
}

/** A model that Krea no longer offers; what replaces it is not known. */
export interface RetiredModel {
  readonly id: string;
  readonly name: string;
}

export interface Catalogue {
  readonly origin: 'live' | 'stored' | 'bundled';
  /** ISO day on which Krea stated it. */
  readonly date: string;
  readonly models: readonly Model[];
  readonly retired: readonly RetiredModel[];
}

export interface CatalogueSource {
  load(signal: AbortSignal): Promise<Catalogue>;
}

export type FoundModel =
  | { readonly kind: 'model'; readonly model: Model }
  | { readonly kind: 'retired'; readonly model: RetiredModel }
  | { readonly kind: 'unknown' };

export function findModel(catalogue: Catalogue, id: string): FoundModel {
  const model = catalogue.models.find((candidate) => candidate.id === id);
  if (model) return { kind: 'model', model };
  const retired = catalogue.retired.find((candidate) => candidate.id === id);
  return retired ? { kind: 'retired', model: retired } : { kind: 'unknown' };
}
