import { checkRequest, isError } from '../catalogue/checkRequest';
import type { Catalogue, Json, JsonObject, Model } from '../catalogue/model';
import { buildRequest, type Request } from './request';

export interface CheapestRequest {
  readonly request: Request;
  readonly model: Model;
  readonly microUsd: number;
}

/** The request that costs least of all whose price is known. */
export async function cheapestRequest(prompt: string, catalogue: Catalogue): Promise<CheapestRequest | undefined> {
  const priced = catalogue.models
    .flatMap((model) => variantsOf(model).map((parameters) => buildRequest({ prompt, modelId: model.id, parameters }, catalogue)))
    .flatMap((built): readonly CheapestRequest[] =>
      built.kind === 'request' && built.request.price.kind !== 'unknown' ? [{ ...built, microUsd: built.request.price.microUsd }] : [],
    )
    .toSorted((a, b) => a.microUsd - b.microUsd);
  for (const candidate of priced) if (!(await checkRequest(candidate.model, candidate.request.body)).some(isError)) return candidate;
  return undefined;
}

/** The defaults, and every listed length with every listed size, without sound where that can be chosen. */
function variantsOf(model: Model): readonly JsonObject[] {
  const values = (name: string): readonly (Json | undefined)[] =>
    model.parameters.find((field) => field.name === name)?.values ?? [undefined];
  const silent: JsonObject = model.sound === 'switch' ? { generate_audio: false } : {};
  const variants = values('duration').flatMap((seconds) =>
    values('resolution').map((resolution): JsonObject => ({ ...silent, ...only('duration', seconds), ...only('resolution', resolution) })),
  );
  return [{}, ...variants];
}

function only(name: string, value: Json | undefined): JsonObject {
  return value === undefined ? {} : { [name]: value };
}
