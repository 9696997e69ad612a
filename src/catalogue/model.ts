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
  readonly exclusiveMax?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  /** One entry of a list; its name is empty. */
  readonly items?: Parameter;
  /** What an object holds. */
  readonly fields?: readonly Parameter[];
  /** Forms that an object or an entry may take, one of them each time. */
  readonly variants?: readonly Parameter[];
  readonly default?: Json;
  /** What people are shown for a value, by the value as text. */
  readonly labels?: Readonly<Record<string, string>>;
  /** The field does nothing while this does not hold. */
  readonly visibleWhen?: Condition;
  /** Of the values only these, while the condition holds. */
  readonly narrowed?: readonly { readonly when: Condition; readonly values: readonly (string | number)[] }[];
}

export type Scalar = string | number | boolean | null;

/** What must hold of the other fields of a request. */
export type Condition =
  | { readonly kind: 'is'; readonly field: string; readonly values: readonly Scalar[] }
  /** The field is sent, and says more than null, false or an empty list. */
  | { readonly kind: 'given'; readonly field: string }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] };

/**
 * What must be true of a request for a price point to apply, by Krea's name of the dimension (`duration`,
 * `generateAudio`, `hasVideoReference`): one of these values. A dimension that is absent does not matter.
 */
export type PriceConditions = Readonly<Record<string, readonly Scalar[]>>;

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
  /** Those of the catalogue before they changed, for a while: a price that jumped is asked about. `changed`: ISO day. */
  readonly pricesBefore?: Prices & { readonly changed: string };
  readonly typicalSeconds?: number;
  readonly sound: Sound;
  /** Field names that Krea took until 2026-06-19, each with its successor. */
  readonly retiredAliases: Readonly<Record<string, string>>;
  /** Krea has said that it ends. */
  readonly sunset?: Sunset;
}

/** What Krea says of the end of a model, in the answer to a request. */
export interface Sunset {
  /** ISO day after which it is refused. */
  readonly date?: string;
  /** Id of the model to use instead. */
  readonly replacement?: string;
  readonly link?: string;
  /** ISO day on which Krea said so. */
  readonly seen: string;
  /** Refused already (410). */
  readonly over: boolean;
}

/** A model that Krea no longer offers. */
export interface RetiredModel {
  readonly id: string;
  readonly name: string;
  /** Id of the model to use instead, when Krea has said so. */
  readonly replacement?: string;
}

export interface Catalogue {
  /** `live`: read or confirmed at the service within the last hour; `stored`: an older copy; `bundled`: shipped with the extension. */
  readonly origin: 'live' | 'stored' | 'bundled';
  /** ISO day on which Krea stated it. */
  readonly date: string;
  readonly models: readonly Model[];
  readonly retired: readonly RetiredModel[];
  /** Why there is no newer one, when it was asked for in vain. */
  readonly trouble?: CatalogueTrouble;
}

/** `tooLarge`: 8 MB or more; `noVideo`: no model in it that can be read; `network` and `refused` with the kind of fault or the status. */
export interface CatalogueTrouble {
  readonly kind: 'network' | 'refused' | 'cutOff' | 'tooLarge' | 'notJson' | 'notOpenApi' | 'noVideo';
  readonly detail?: string;
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
