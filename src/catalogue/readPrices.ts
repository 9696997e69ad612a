import { isObject, isScalar, listOf, objectOf } from './json';
import { microUsdOf } from './microUsd';
import type { Json, JsonObject, Parameter, PriceConditions, PricePoint, Prices } from './model';

/** 1 compute unit in millionths of a US dollar, inferred from three models of which both figures are known. */
export const microUsdPerComputeUnit = 1833.5;

const none: Prices = { points: [], unpriced: [] };

/** Fields that change the length or the work, and cost what nobody states where no price point speaks of them. */
const costly = ['num_frames', 'start_video', 'edit_video', 'upscale', 'draft', 'effects'];

/**
 * The prices that an operation states: `x-krea-pricing`, or the table of compute units that stood in its description
 * before. `date`: ISO day on which Krea stated them.
 */
export function readPrices(operation: JsonObject, parameters: readonly Parameter[], date: string): Prices {
  const pricing = operation['x-krea-pricing'];
  const points = isObject(pricing) ? pointsOf(pricing, date) : tableOf(operation.description, parameters, date);
  if (points.length === 0) return none;
  const spokenOf = new Set(points.flatMap(({ when }) => Object.keys(when)).map(plain));
  const unpriced = costly
    .filter((name) => parameters.some((field) => field.name === name && !field.required) && !spokenOf.has(plain(name)))
    .map((parameter) => ({ parameter, beyond: 0 }));
  return { points, unpriced };
}

const plain = (name: string) => name.replaceAll('_', '').toLowerCase();

function pointsOf(pricing: JsonObject, date: string): readonly PricePoint[] {
  const { type, currency, unit, price_points: stated } = pricing;
  // a rule of another kind may count what is not known here
  if (type !== 'fixed' || currency !== 'USD') return [];
  const per = unit === 'second' || unit === 'request' ? unit : undefined;
  if (per === undefined) return [];
  return listOf(stated).flatMap((point): readonly PricePoint[] => {
    const { amount, dimensions = {} } = objectOf(point);
    const microUsd = microUsdOf(amount);
    const when = conditionsOf(dimensions);
    return microUsd === undefined || !when ? [] : [{ microUsd, per, kind: 'exact', date, when }];
  });
}

function conditionsOf(dimensions: Json): PriceConditions | undefined {
  if (!isObject(dimensions)) return undefined;
  const entries = Object.entries(dimensions).map(([name, value]) => [name, Array.isArray(value) ? value : [value]] as const);
  if (!entries.every(([, values]) => values.length > 0 && values.every(isScalar))) return undefined;
  return Object.fromEntries(entries.map(([name, values]) => [name, values.filter(isScalar)]));
}

/** The columns of the tables of May 2026, and the dimensions of today. */
const columns: Readonly<Record<string, string>> = {
  mode: 'mode',
  resolution: 'resolution',
  audio: 'generateAudio',
  'video reference': 'hasVideoReference',
  lora: 'hasLora',
  duration: 'duration',
};

/** One row of a table of compute units. */
export interface UnitRow {
  readonly computeUnits: number;
  readonly when: PriceConditions;
  /** Seconds that a job takes, on the average. */
  readonly typicalSeconds?: number;
}

function tableOf(description: Json | undefined, parameters: readonly Parameter[], date: string): readonly PricePoint[] {
  const duration = parameters.find(({ name }) => name === 'duration');
  return readUnitTable(description).flatMap(({ computeUnits, when }): readonly PricePoint[] => {
    const { duration: seconds, ...others } = when;
    // the length of a model without the field is fixed: a row's seconds are then no condition
    const kept = duration && seconds ? { ...others, duration: seconds } : others;
    return [
      { microUsd: Math.round(computeUnits * microUsdPerComputeUnit), per: 'request', kind: 'about', date: date.slice(0, 7), when: kept },
    ];
  });
}

/** The Markdown table with a column `Compute Units` in an operation's description. */
export function readUnitTable(description: Json | undefined): readonly UnitRow[] {
  if (typeof description !== 'string') return [];
  const rows = description
    .split('\n')
    .filter((line) => line.trim().startsWith('|'))
    .map((line) =>
      line
        .trim()
        .replace(/^\||\|$/g, '')
        .split('|')
        .map((cell) => cell.trim()),
    );
  const [head, rule, ...body] = rows;
  const names = (head ?? []).map((name) => name.toLowerCase());
  const units = names.indexOf('compute units');
  if (units < 0 || !rule?.every((cell) => /^:?-+:?$/.test(cell))) return [];
  return body.flatMap((cells): readonly UnitRow[] => {
    const computeUnits = figure(cells[units]);
    if (computeUnits === undefined) return [];
    const typicalSeconds = figure(cells[names.indexOf('average completion time')]);
    const when = names.flatMap((name, column): readonly (readonly [string, readonly (string | number | boolean)[]])[] => {
      const cell = cells[column] ?? '-';
      const dimension = Object.hasOwn(columns, name) ? columns[name] : undefined;
      return dimension === undefined || cell === '-' || cell === '' ? [] : [[dimension, [cellValue(cell)]]];
    });
    return [{ computeUnits, when: Object.fromEntries(when), ...(typicalSeconds !== undefined && { typicalSeconds }) }];
  });
}

/** `~57 seconds`, `68.7`. */
function figure(cell: string | undefined): number | undefined {
  const digits = /^~?\s*(\d+(?:\.\d+)?)/.exec(cell ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function cellValue(cell: string): string | number | boolean {
  if (/^(yes|no)$/i.test(cell)) return /^yes$/i.test(cell);
  const seconds = /^(\d+(?:\.\d+)?)\s*s$/.exec(cell)?.[1];
  return seconds === undefined ? cell : Number(seconds);
}
