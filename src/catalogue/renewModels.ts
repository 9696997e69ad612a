import type { KeptModel } from './keptModel';
import type { Prices, RetiredModel } from './model';
import type { ReadModels } from './readOpenApi';

/** Days for which prices that changed are remembered as they were before. */
const remembered = 14;

export interface ModelList {
  readonly models: readonly KeptModel[];
  readonly retired: readonly RetiredModel[];
}

/**
 * What Krea says now, with what it does not say any more: models that are gone since the last list are retired, prices
 * that changed are remembered as they were, and what only the last list knew of a model is kept. `today`: ISO day.
 */
export function renewModels(read: Pick<ReadModels, 'models' | 'retired'>, last: ModelList, today: string): ModelList {
  const before = new Map(last.models.map((model) => [model.id, model]));
  const models = read.models.map((model): KeptModel => {
    const known = before.get(model.id);
    if (!known) return model;
    const pricesBefore = pricesBeforeOf(model.prices, known, today);
    const typicalSeconds = known.typicalSeconds ?? model.typicalSeconds;
    return {
      ...model,
      ...(model.sound === 'unknown' && { sound: known.sound === 'switch' ? 'unknown' : known.sound }),
      ...(typicalSeconds !== undefined && { typicalSeconds }),
      ...(pricesBefore && { pricesBefore }),
    };
  });
  const offered = new Set(models.map(({ id }) => id));
  const gone = new Map<string, RetiredModel>();
  for (const { id, name } of [...last.models, ...last.retired, ...read.retired]) if (!offered.has(id)) gone.set(id, { id, name });
  return { models, retired: [...gone.values()] };
}

function pricesBeforeOf(now: Prices, known: KeptModel, today: string): KeptModel['pricesBefore'] {
  if (!isSamePrice(now, known.prices)) return known.prices.points.length > 0 ? { ...known.prices, changed: today } : undefined;
  const { pricesBefore } = known;
  const days = pricesBefore ? (Date.parse(today) - Date.parse(pricesBefore.changed)) / 86_400_000 : Number.NaN;
  return days < remembered ? pricesBefore : undefined;
}

function isSamePrice(one: Prices, other: Prices): boolean {
  const told = ({ points }: Prices) =>
    points
      .map(({ date: _, ...point }) => JSON.stringify(point))
      .sort()
      .join('\n');
  return told(one) === told(other);
}
