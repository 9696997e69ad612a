import { l10n } from 'vscode';
import type { JsonObject } from '../jobs/job';
import type { ClipFact } from '../player/playerClip';

/**
 * How long the clip is and, where a length was asked for, that one too, as one fact. `others`: the parameters without
 * what the fact says already.
 */
export function lengthFact(parameters: JsonObject, seconds: number | null): { readonly fact: ClipFact; readonly others: JsonObject } {
  const { duration, ...others } = parameters;
  const label = l10n.t('Length');
  if (seconds === null) return { fact: { label, value: '' }, others: parameters };
  const real = seconds.toFixed(2);
  if (typeof duration !== 'number') return { fact: { label, value: l10n.t('{0} s', real) }, others: parameters };
  return { fact: { label, value: l10n.t('{0} s (asked for: {1} s)', real, duration) }, others };
}
