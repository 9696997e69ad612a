import { type Catalogue, findModel, type Json, type JsonObject, type Model } from '../catalogue/model';
import { type Price, priceOf } from '../catalogue/price';

/** What would be sent: nothing in it depends on the text it came from any more. */
export interface Request {
  readonly model: { readonly id: string; readonly name: string; readonly endpoint: string };
  readonly prompt: string;
  /** The JSON of the POST, `prompt` included. */
  readonly body: JsonObject;
  readonly price: Price;
  /** Parameters that were asked for and are not in the body. */
  readonly leftOut: readonly LeftOut[];
}

export type LeftOut =
  | { readonly name: string; readonly value: Json; readonly reason: 'modelLacksIt' | 'promptIsTheText' }
  | { readonly name: string; readonly value: Json; readonly reason: 'retiredName'; readonly replacement: string };

export interface RequestParts {
  readonly prompt: string;
  readonly modelId: string;
  /** From settings or a form, for any model: what this one lacks is left out and reported. */
  readonly parameters: JsonObject;
}

export type BuiltRequest =
  | { readonly kind: 'request'; readonly request: Request; readonly model: Model }
  /** `replacement`: id of the model that Krea names in its place. */
  | { readonly kind: 'noLongerOffered'; readonly id: string; readonly name: string; readonly replacement?: string }
  | { readonly kind: 'unknownModel'; readonly id: string };

export function buildRequest({ prompt, modelId, parameters }: RequestParts, catalogue: Catalogue): BuiltRequest {
  const found = findModel(catalogue, modelId);
  switch (found.kind) {
    case 'unknown':
      return { kind: 'unknownModel', id: modelId };
    case 'retired':
      return { kind: 'noLongerOffered', ...found.model };
    case 'model': {
      const { model } = found;
      const { id, name, endpoint } = model;
      const leftOut = Object.entries(parameters).flatMap(([field, value]) => whyLeftOut(model, field, value) ?? []);
      const left = new Set(leftOut.map((entry) => entry.name));
      const body = { prompt, ...Object.fromEntries(Object.entries(parameters).filter(([field]) => !left.has(field))) };
      return { kind: 'request', model, request: { model: { id, name, endpoint }, prompt, body, price: priceOf(model, body), leftOut } };
    }
    default:
      return found satisfies never;
  }
}

function whyLeftOut(model: Model, name: string, value: Json): LeftOut | undefined {
  if (name === 'prompt') return { name, value, reason: 'promptIsTheText' };
  const has = (field: string | undefined) => model.parameters.some((parameter) => parameter.name === field);
  if (has(name)) return undefined;
  const replacement = Object.hasOwn(model.retiredAliases, name) ? model.retiredAliases[name] : undefined;
  return replacement !== undefined && has(replacement)
    ? { name, value, reason: 'retiredName', replacement }
    : { name, value, reason: 'modelLacksIt' };
}
