import type { JsonObject } from '../jobs/job';
import { oneLine } from './plainText';

/** The parameters of a request for people to read, by Krea's own names. */
export function parameterRows(parameters: JsonObject): readonly { readonly label: string; readonly value: string }[] {
  return Object.entries(parameters).map(([name, value]) => ({
    label: oneLine(name, 40),
    value: oneLine(typeof value === 'object' ? JSON.stringify(value) : String(value), 80),
  }));
}
