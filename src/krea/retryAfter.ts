import type { Headers } from './transport';

/**
 * Milliseconds to wait by `Retry-After`, as seconds or as a date. A date is read against the answer's own `Date`, so
 * that a wrong clock here does not matter. `undefined` when there is none or it makes no sense.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const value = headers['retry-after']?.trim();
  if (!value) return undefined;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  if (!/[a-z]/i.test(value)) return undefined; // to Date.parse, -5 is a day in May
  const until = Date.parse(value);
  const now = Date.parse(headers.date ?? '');
  return Number.isNaN(until) || Number.isNaN(now) ? undefined : Math.max(0, until - now);
}
