import { checkRequest, type Finding } from '../catalogue/checkRequest';
import type { JsonObject, Model } from '../catalogue/model';
import { type Price, priceOf } from '../catalogue/price';
import { withStandIns } from './inputs';

export interface CheckedRequest {
  readonly findings: readonly Finding[];
  readonly price: Price;
}

/** Requests of one model that are kept; a board has hundreds of shots, and a keystroke changes one. */
const most = 2000;
const kept = new WeakMap<Model, Map<string, CheckedRequest>>();

/** What the catalogue says of a request. The same request is looked at once, or each keystroke would check a whole board anew. */
export async function checkedRequest(model: Model, body: JsonObject): Promise<CheckedRequest> {
  const known = kept.get(model) ?? new Map<string, CheckedRequest>();
  kept.set(model, known);
  const key = JSON.stringify(body);
  const found = known.get(key) ?? { findings: await checkRequest(model, withStandIns(model, body)), price: priceOf(model, body) };
  // the oldest goes first: a map keeps the order of its keys
  known.delete(key);
  known.set(key, found);
  const [oldest] = known.size > most ? known.keys() : [];
  if (oldest !== undefined) known.delete(oldest);
  return found;
}
