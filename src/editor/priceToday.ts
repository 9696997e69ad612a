import { type CheaperSetting, cheaperSettings } from '../catalogue/cheaperSettings';
import { type Catalogue, findModel } from '../catalogue/model';
import { formatUsd, priceOf } from '../catalogue/price';
import type { Estimate, Order } from '../jobs/job';

/** `before`, in the estimate: also of a price that rose by less than twice since the user last saw it on this order. */
export interface PriceToday {
  readonly estimate: Estimate;
  readonly cheaper: readonly CheaperSetting[];
}

/**
 * What an order costs by the list at hand, and what would cost less: an order that is given again may be a year old.
 * Nobody is asked for it, and a model that is not in the list leaves what the order says.
 */
export async function priceToday(
  { model: { id }, body, estimate: seen }: Pick<Order, 'model' | 'body' | 'estimate'>,
  { held }: { readonly held: () => Promise<Catalogue> },
): Promise<PriceToday> {
  const found = await held().then(
    (catalogue) => findModel(catalogue, id),
    () => undefined,
  );
  if (found?.kind !== 'model') return { estimate: seen, cheaper: [] };
  const now = priceOf(found.model, body);
  return { estimate: withRise(now, seen), cheaper: await cheaperSettings(found.model, body) };
}

function withRise(now: Estimate, seen: Estimate): Estimate {
  if (now.kind === 'unknown' || seen.kind === 'unknown' || now.before !== undefined) return now;
  // less than people are shown is no rise: two lists may round the same price
  const rose = now.microUsd > seen.microUsd && formatUsd(now.microUsd) !== formatUsd(seen.microUsd);
  return rose ? { ...now, before: seen.microUsd } : now;
}
