import { amountOf, isSame } from './holds';
import type { JsonObject, Model, PriceConditions, PricePoint, Prices } from './model';
import { priceDimension } from './priceDimension';
import { withDefaults } from './requestDefaults';

/**
 * An estimate before sending. `microUsd`: millionths of a US dollar, whole; `date`: ISO day or month of the figure.
 * `before`: what the last catalogue said, where that is less than half or more than twice as much.
 */
export type Price =
  | { readonly kind: 'exact' | 'about'; readonly microUsd: number; readonly date: string; readonly before?: number }
  | { readonly kind: 'unknown' };

const unknown: Price = { kind: 'unknown' };

/** A stated price point applies in all its conditions, or the price is unknown: nothing is interpolated. */
export function priceOf(model: Model, body: JsonObject): Price {
  const full = withDefaults(model, body);
  const now = priceBy(model.prices, model, full);
  const before: Price = model.pricesBefore ? priceBy(model.pricesBefore, model, full) : unknown;
  if (now.kind === 'unknown' || before.kind === 'unknown') return now;
  const jumped = now.microUsd > 2 * before.microUsd || 2 * now.microUsd < before.microUsd;
  return jumped ? { ...now, before: before.microUsd } : now;
}

function priceBy(prices: Prices, model: Model, full: JsonObject): Price {
  if (prices.unpriced.some(({ parameter, beyond }) => amountOf(full[parameter]) > beyond)) return unknown;

  const matching = prices.points.filter(({ when }) => applies(model, when, full));
  const exact = matching.filter(({ kind }) => kind === 'exact');
  const [price, ...others] = (exact.length > 0 ? exact : matching).map((point) => priceAt(point, full));
  if (!price || price.kind === 'unknown') return unknown;
  return others.every((other) => other.kind !== 'unknown' && other.microUsd === price.microUsd) ? price : unknown;
}

/** "$0.37"; below a cent as many decimals as the first two figures need. */
export function formatUsd(microUsd: number): string {
  const sign = microUsd < 0 ? '-' : '';
  const amount = Math.abs(Math.round(microUsd));
  if (amount > 0 && amount < 10_000) return `${sign}$${(amount / 1e6).toFixed(amount < 1000 ? 6 : 4).replace(/0+$/, '')}`;
  const cents = Math.floor((amount + 5_000) / 10_000);
  return `${sign}$${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

function priceAt({ microUsd, per, kind, date }: PricePoint, body: JsonObject): Price {
  if (per === 'request') return { kind, microUsd, date };
  const seconds = body.duration;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds) || seconds <= 0) return unknown;
  return { kind, microUsd: Math.round(microUsd * seconds), date };
}

const applies = (model: Model, when: PriceConditions, body: JsonObject): boolean =>
  Object.entries(when).every(([dimension, values]) => {
    const held = priceDimension(model, dimension, body);
    return held !== undefined && values.some((value) => isSame(value, held));
  });
