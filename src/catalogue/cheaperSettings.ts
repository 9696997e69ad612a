import { checkRequest, type Finding, isError } from './checkRequest';
import type { Json, JsonObject, Model, Parameter } from './model';
import { priceOf } from './price';
import { withDefaults } from './requestDefaults';

/** The same request with one parameter changed. `now`: what it has; `microUsd`: millionths of a US dollar with the other value. */
export interface CheaperSetting {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly now: string | number | boolean;
  readonly microUsd: number;
}

/** Steps of a range that are looked at; what has more (a seed) is no setting that people pay by. */
const mostSteps = 100;

/**
 * Changes of one parameter with which the request is accepted just as well and costs less: of each parameter the value
 * that saves most, the largest saving first. None while the price of the request itself is not known.
 */
export async function cheaperSettings(model: Model, body: JsonObject, most = 2): Promise<readonly CheaperSetting[]> {
  const price = priceOf(model, body);
  if (price.kind === 'unknown') return [];
  const full = withDefaults(model, body);
  const usual = await checkRequest(model, body);
  const found: CheaperSetting[] = [];
  for (const parameter of model.parameters) {
    const now = full[parameter.name];
    if (parameter.deprecated || !isPlain(now)) continue;
    for (const setting of cheaperValues(model, body, parameter, now, price.microUsd)) {
      const findings = await checkRequest(model, { ...body, [setting.name]: setting.value });
      if (!isNoWorse(findings, usual)) continue;
      found.push(setting);
      break;
    }
  }
  return found.sort((a, b) => a.microUsd - b.microUsd).slice(0, most);
}

/** The cheapest first, of equal ones the nearest to what it is now. */
function cheaperValues(
  model: Model,
  body: JsonObject,
  parameter: Parameter,
  now: CheaperSetting['now'],
  microUsd: number,
): readonly CheaperSetting[] {
  const { name } = parameter;
  const values = valuesOf(parameter);
  const place = (value: CheaperSetting['now']): number => (typeof value === 'number' ? value : values.indexOf(value));
  const distance = (value: CheaperSetting['now']): number => Math.abs(place(value) - place(now));
  return values
    .flatMap((value) => {
      const price = priceOf(model, { ...body, [name]: value });
      return price.kind !== 'unknown' && price.microUsd < microUsd ? [{ name, value, now, microUsd: price.microUsd }] : [];
    })
    .sort((a, b) => a.microUsd - b.microUsd || distance(a.value) - distance(b.value));
}

function valuesOf({ kind, values, min, max }: Parameter): readonly CheaperSetting['now'][] {
  if (values) return values;
  if (kind === 'boolean') return [true, false];
  if ((kind !== 'integer' && kind !== 'number') || min === undefined || max === undefined || max - min > mostSteps) return [];
  const [first, last] = [Math.ceil(min), Math.floor(max)];
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, step) => first + step);
}

/** A change that brings a doubt of its own would be bad advice. */
function isNoWorse(findings: readonly Finding[], usual: readonly Finding[]): boolean {
  return !findings.some(isError) && findings.length <= usual.length;
}

function isPlain(value: Json | undefined): value is CheaperSetting['now'] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
