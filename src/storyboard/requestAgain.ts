import { checkRequest, type Finding } from '../catalogue/checkRequest';
import { type Catalogue, findModel, type JsonObject, type Model, type RetiredModel } from '../catalogue/model';

/** A request that was made before, as the models are today. */
export type RequestAgain =
  | { readonly kind: 'offered'; readonly model: Model; readonly findings: readonly Finding[] }
  | { readonly kind: 'noLongerOffered'; readonly model: RetiredModel }
  /** The list at hand has never had it; the service may well. */
  | { readonly kind: 'unknownModel' };

/** `body`: with addresses where files stand. */
export async function requestAgain(modelId: string, body: JsonObject, catalogue: Catalogue): Promise<RequestAgain> {
  const found = findModel(catalogue, modelId);
  switch (found.kind) {
    case 'model':
      return { kind: 'offered', model: found.model, findings: await checkRequest(found.model, body) };
    case 'retired':
      return { kind: 'noLongerOffered', model: found.model };
    case 'unknown':
      return { kind: 'unknownModel' };
    default:
      return found satisfies never;
  }
}
