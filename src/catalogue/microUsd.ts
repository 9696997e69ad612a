/**
 * A decimal amount of US dollars in millionths, exact: `"0.1764"` and `1e-3` are read as they are written, never
 * through a binary fraction. Half a millionth is rounded up. `undefined` for what is no amount or below zero.
 */
export function microUsdOf(amount: unknown): number | undefined {
  if (typeof amount !== 'number' && typeof amount !== 'string') return undefined;
  const [, whole = '', fraction = '', exponent = '0'] = /^\s*\$?(\d*)\.?(\d*)(?:e([+-]?\d{1,2}))?\s*$/i.exec(String(amount)) ?? [];
  if (whole === '' && fraction === '') return undefined;
  const digits = `${whole}${fraction}`;
  const point = whole.length + Number(exponent) + 6;
  const kept = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0');
  const next = point < 0 ? '0' : (digits[point] ?? '0');
  const microUsd = Number(kept) + (next >= '5' ? 1 : 0);
  return Number.isSafeInteger(microUsd) ? microUsd : undefined;
}
