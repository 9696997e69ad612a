import { isObject, parseJson, textOf } from './json';
import type { HttpAnswer } from './transport';

/** What the service said when it refused, gathered from every shape its errors are known to come in. */
export interface Refusal {
  /** One line, without markup. Empty when the service gave no words. */
  readonly message: string;
  /** The fields the service objects to. */
  readonly fields: readonly string[];
  /** The model or field to use instead, when it names one. */
  readonly replacement?: string;
}

const lists = ['detail', 'details', 'errors', 'issues', 'validationErrors', 'validation_errors'] as const;

/** An HTML page yields no message: its markup helps nobody. */
export function readRefusal(answer: Pick<HttpAnswer, 'text'>): Refusal {
  const body = parseJson(answer.text);
  if (!isObject(body)) return { message: '', fields: [] };
  const nested = isObject(body.error) ? body.error : undefined;
  const details = [...lists.flatMap((name) => detailsIn(body[name])), ...(nested ? lists.flatMap((name) => detailsIn(nested[name])) : [])];
  const words = [
    textOf(body.message),
    textOf(body.error) === 'model_unavailable' ? undefined : textOf(body.error),
    textOf(nested?.message) ?? textOf(nested?.code),
    textOf(body.detail),
    ...details.map(({ field, text }) => (field ? `${field}: ${text}` : text)),
  ].filter((word): word is string => word !== undefined);
  const deprecated = textOf(body.deprecated_field) ?? textOf(nested?.deprecated_field);
  const replacement = textOf(body.replacement) ?? textOf(nested?.replacement);
  return {
    message: [...new Set(words)].join('. ').replace(/\s+/g, ' ').slice(0, 500),
    fields: [...new Set([...details.map(({ field }) => field), deprecated ?? ''])].filter((field) => field !== ''),
    ...(replacement && { replacement }),
  };
}

function detailsIn(value: unknown): { field: string; text: string }[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown) => {
    if (typeof item === 'string') return [{ field: '', text: item }];
    if (!isObject(item)) return [];
    const place = item.loc ?? item.path ?? item.field ?? item.instancePath;
    const names = (Array.isArray(place) ? place : [place]).filter(
      (part): part is string | number => typeof part === 'string' || typeof part === 'number',
    );
    const field = names
      .filter((part) => part !== 'body')
      .join('.')
      .replace(/^\//, '')
      .replaceAll('/', '.');
    const text = textOf(item.msg) ?? textOf(item.message) ?? textOf(item.type) ?? '';
    return [{ field, text }];
  });
}
