import type { Json } from '../catalogue/model';
import { nearestRatio } from './inputWarnings';
import { nearest } from './nearest';

/** How many are offered where no number says which is nearest. */
const most = 4;

/** Values of a list that may have been meant, the nearest first: of numbers the one below and the one above. */
export function nearestValues(written: Json | undefined, allowed: readonly (string | number)[]): readonly (string | number)[] {
  const number = amountIn(written);
  const amounts = allowed.flatMap((value) => amountIn(value) ?? []);
  if (number !== undefined && amounts.length === allowed.length && allowed.length > 0) return around(number, allowed);
  const text = typeof written === 'string' ? written : '';
  const ratio = /^\s*(\d+(?:\.\d+)?)\s*[:：xX×/]\s*(\d+(?:\.\d+)?)\s*$/.exec(text);
  const texts = allowed.map(String);
  const near = ratio ? nearestRatio(texts, { width: Number(ratio[1]), height: Number(ratio[2]) }) : nearest(text, texts);
  const first = allowed.find((value) => String(value) === near);
  if (first === undefined) return allowed.length <= most ? allowed : [];
  return [first];
}

/** The nearest below and above; of two that are as near, the smaller first: it costs less. */
function around(number: number, allowed: readonly (string | number)[]): readonly (string | number)[] {
  const distance = (value: string | number): number => Math.abs((amountIn(value) ?? 0) - number);
  const sorted = allowed.toSorted((one, other) => (amountIn(one) ?? 0) - (amountIn(other) ?? 0));
  const below = sorted.findLast((value) => (amountIn(value) ?? 0) <= number);
  const above = sorted.find((value) => (amountIn(value) ?? 0) > number);
  return [below, above].filter((value) => value !== undefined).toSorted((one, other) => distance(one) - distance(other));
}

/** `1080p` and `5` have an amount; `16:9` and `pro` have none. `4k` is the lines it stands for. */
function amountIn(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const [, digits, unit] = typeof value === 'string' ? (/^\s*(\d+(?:\.\d+)?)\s*(p|k|s|秒)?\s*$/i.exec(value) ?? []) : [];
  if (digits === undefined) return undefined;
  return unit?.toLowerCase() === 'k' ? Number(digits) * 540 : Number(digits);
}
