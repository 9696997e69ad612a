import type { Json, JsonObject, Model, PriceConditions, PricePoint } from './model';
import { withDefaults } from './requestDefaults';

/** An estimate before sending. `microUsd`: millionths of a US dollar, whole; `date`: ISO day or month of the figure. */
export type Price =
  | { readonly kind: 'exact'; readonly microUsd: number; readonly date: string }
  | { readonly kind: 'about'; readonly microUsd: number; readonly date: string }
  | { readonly kind: 'unknown' };

const unknown: Price = { kind: 'unknown' };

/** A stated price point applies in all its conditions, or the price is unknown: nothing is interpolated. */
export function priceOf(model: Model, body: JsonObject): Price {
  const full = withDefaults(model, body);
  if (model.prices.unpriced.some(({ parameter, beyond }) => amountOf(full[parameter]) > beyond)) return unknown;

  const matching = model.prices.points.filter(({ when }) => applies(when, full));
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

function applies(when: PriceConditions, body: JsonObject): boolean {
  const { resolution, mode, duration } = body;
  return (
    (when.resolution === undefined || (typeof resolution === 'string' && when.resolution.includes(resolution))) &&
    (when.mode === undefined || (typeof mode === 'string' && when.mode.includes(mode))) &&
    (when.seconds === undefined || when.seconds === duration) &&
    (when.sound === undefined || when.sound === body.generate_audio) &&
    (when.videoReference === undefined || when.videoReference === amountOf(body.reference_videos) + amountOf(body.video_reference) > 0) &&
    (when.style === undefined || when.style === amountOf(body.styles) > 0)
  );
}

/** How much of something a field asks for: items of a list, 1 for any other value that says yes. */
function amountOf(value: Json | undefined): number {
  if (Array.isArray(value)) return value.length;
  return value === undefined || value === null || value === false || value === '' ? 0 : 1;
}
