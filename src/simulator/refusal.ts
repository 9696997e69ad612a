import { type Answer, json } from './answer';
import type { Problem } from './checkRequest';
import type { Concurrency, Switches } from './switches';

/** A body that the schema does not allow, told in one of the four ways that clients report. */
export function invalidBody(problems: readonly Problem[], { validationShape }: Switches): Answer {
  const summary = problems.map(({ message }) => message).join('; ');
  switch (validationShape) {
    case 'error':
      return json(400, { error: summary });
    case 'detail':
      return json(422, {
        detail: problems.map(({ path, message, kind }) => ({ loc: ['body', ...path], msg: message, type: `value_error.${kind}` })),
      });
    case 'nested':
      return json(422, { error: { message: 'Validation failed' }, details: problems.map(({ path, message }) => ({ path, message })) });
    case 'issues':
      return json(422, { error: 'Validation failed', issues: problems.map(({ path, message, kind }) => ({ path, message, code: kind })) });
    default:
      return validationShape satisfies never;
  }
}

export const retiredField = (field: string, replacement: string) =>
  json(422, {
    error: `The field "${field}" is no longer accepted. Use "${replacement}".`,
    deprecated_field: field,
    replacement,
    migration_url: 'https://docs.krea.ai/developers/deprecations',
  });

export const retiredModel = (name: string, replacement: string | null) =>
  json(410, {
    error: 'model_unavailable',
    reason: 'deprecated',
    message: `${name} is no longer available.`,
    sunset_date: '2026-09-01',
    replacement,
    migration_url: 'https://docs.krea.ai/developers/deprecations',
  });

export const unauthorized = ({ unauthorizedShape }: Switches) => json(401, { [unauthorizedShape]: 'Unauthorized' });

export function noBalance({ balanceText }: Switches): Answer {
  switch (balanceText) {
    case 'live':
      return json(402, {
        message:
          'Your API balance is separate from your workspace compute balance. Please top up your API balance to continue using the API.',
      });
    case 'code':
      return json(402, { error: 'INSUFFICIENT_BALANCE' });
    case 'plan':
      return json(402, { error: 'Plan required' });
    case 'credits':
      return json(402, { error: 'Insufficient credits' });
    default:
      return balanceText satisfies never;
  }
}

/** `now`: ms on the server's clock. */
export function tooMany({ text, retryAfter }: Pick<Concurrency, 'text' | 'retryAfter'>, now: number): Answer {
  if (retryAfter === 'none') return json(429, { error: text });
  const { seconds, as } = retryAfter;
  return json(429, { error: text }, { 'Retry-After': as === 'seconds' ? String(seconds) : new Date(now + seconds * 1000).toUTCString() });
}
