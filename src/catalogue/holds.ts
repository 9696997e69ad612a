import type { Condition, Json, JsonObject, Scalar } from './model';

/** Whether a condition is true of a request with its defaults filled in. */
export function holds(condition: Condition, body: JsonObject): boolean {
  switch (condition.kind) {
    case 'is':
      return condition.values.some((value) => isSame(value, body[condition.field] ?? null));
    case 'given':
      return amountOf(body[condition.field]) > 0;
    case 'not':
      return !holds(condition.of, body);
    case 'all':
      return condition.of.every((part) => holds(part, body));
    case 'any':
      return condition.of.some((part) => holds(part, body));
    default:
      return condition satisfies never;
  }
}

/** Tables name numbers and switches as texts; a request never does. */
export function isSame(stated: Scalar, held: Json): boolean {
  if (stated === held) return true;
  return typeof stated === 'string' && (typeof held === 'number' || typeof held === 'boolean') && stated === String(held);
}

/** How much of something a field asks for: items of a list, 1 for any other value that says yes. */
export function amountOf(value: Json | undefined): number {
  if (Array.isArray(value)) return value.length;
  return value === undefined || value === null || value === false || value === '' ? 0 : 1;
}
