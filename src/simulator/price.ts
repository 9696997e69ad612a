import type { PriceRow, SimulatedModel } from './models';

/** Charged where Krea's price is not known: something, so that a second charge shows. */
const unpublishedUsdPerSecond = 0.1;

/** USD for a checked body with its defaults filled in: that of the published price point, where there is one. */
export function price(model: SimulatedModel, resolved: Readonly<Record<string, unknown>>, factor = 1): number {
  const seconds = typeof resolved.duration === 'number' ? resolved.duration : 5;
  const row = model.prices?.rows.find(({ when }) =>
    Object.entries(when).every(([field, value]) => (field === 'video_reference' ? hasVideoReference(resolved) : resolved[field]) === value),
  );
  if (!model.prices || !row) return rounded(seconds * unpublishedUsdPerSecond * factor);
  return rounded((model.prices.per === 'second' ? row.usd * seconds : row.usd) * factor);
}

/** Request fields and the names the published price dimensions have for them. */
const dimensionNames: Readonly<Record<string, string>> = { generate_audio: 'generateAudio', video_reference: 'hasVideoReference' };

/** One row for each combination that has a price, each for a whole request. */
export function priceRows(model: SimulatedModel, factor = 1): readonly PriceRow[] {
  const { per, rows = [] } = model.prices ?? {};
  const whole = per === 'second' ? rows.flatMap((row) => perRequest(model, row)) : rows;
  return whole.map(({ usd, when }) => ({ usd: rounded(usd * factor), when }));
}

/** `x-krea-pricing` as published; amounts are strings. */
export function publishedPricing(model: SimulatedModel, factor = 1): Readonly<Record<string, unknown>> | undefined {
  if (!model.prices) return undefined;
  return {
    type: 'fixed',
    currency: 'USD',
    unit: 'request',
    price_points: priceRows(model, factor).map(({ usd, when }) => ({
      amount: String(usd),
      dimensions: Object.fromEntries(Object.entries(when).map(([field, value]) => [dimensionNames[field] ?? field, value])),
    })),
  };
}

function perRequest({ params }: SimulatedModel, { usd, when }: PriceRow): readonly PriceRow[] {
  const { enum: allowed, min, max } = params.duration ?? {};
  const range = min !== undefined && max !== undefined ? Array.from({ length: max - min + 1 }, (_, i) => min + i) : [];
  const durations = allowed?.filter((value) => typeof value === 'number') ?? range;
  return durations.map((duration) => ({ usd: usd * duration, when: { ...when, duration } }));
}

const hasVideoReference = ({ reference_videos, video_reference }: Readonly<Record<string, unknown>>) =>
  (Array.isArray(reference_videos) && reference_videos.length > 0) || (video_reference ?? null) !== null;

const rounded = (usd: number) => Math.round(usd * 10_000) / 10_000;
