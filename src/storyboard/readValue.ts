import { parse } from 'yaml';
import type { Json, Parameter } from '../catalogue/model';
import type { EntryItem, EntryValue } from './entry';
import { narrow } from './lines';

/**
 * What a written value is to a field: `5s` is 5 where a number is wanted, `[a, b]` a list. What does not fit stays a text, and
 * the check of the request says what is wrong with it.
 */
export function readValue(value: EntryValue, parameter: Parameter): Json {
  switch (value.kind) {
    case 'data':
      return value.data;
    case 'text':
      return parameter.kind === 'list' ? [readItem(value.text, parameter.items)] : readText(value.text, parameter);
    case 'list':
      return readItems(value.items, parameter);
    default:
      return value satisfies never;
  }
}

function readItems(items: readonly EntryItem[], parameter: Parameter): Json {
  if (parameter.kind === 'list') return items.map(({ text }) => readItem(text, parameter.items));
  const [only, ...others] = items;
  return only && others.length === 0 ? readText(only.text, parameter) : items.map(({ text }) => text);
}

function readText(written: string, { kind, values }: Parameter): Json {
  const text = narrow(written).trim();
  switch (kind) {
    case 'integer':
    case 'number':
      return numberIn(text) ?? written;
    case 'boolean':
      return /^(?:true|yes|on)$/i.test(text) || (/^(?:false|no|off)$/i.test(text) ? false : written);
    case 'enum':
      return listed(text, values ?? []) ?? written;
    case 'object':
      return flow(written) ?? written;
    case 'text':
    case 'uri':
    case 'list':
      return written;
    default:
      return kind satisfies never;
  }
}

/** `5`, `5s`, `5 sec`, `5秒`, and a number as YAML may have it. */
function numberIn(text: string): number | undefined {
  const [, digits] = /^([+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)\s*(?:s|sec|secs|second|seconds|秒)?$/i.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The value of a list that was meant: `1080P` is `1080p`, `5s` is 5. A number that is not in it is one still. */
function listed(text: string, values: readonly (string | number)[]): string | number | undefined {
  const number = numberIn(text);
  return (
    values.find((value) => String(value) === text) ??
    values.find((value) => String(value).toLowerCase() === text.toLowerCase()) ??
    values.find((value) => number !== undefined && Number(value) === number) ??
    (values.every((value) => typeof value === 'number') ? number : undefined)
  );
}

function readItem(text: string, item: Parameter | undefined): Json {
  if (!item) return text;
  const named = (name: string) => item.fields?.some((field) => field.name === name) === true;
  // one part of a prompt in several: `5 s: she turns`
  const [, seconds, words] = /^([^:：]{1,20})[:：]\s*(.+)$/s.exec(text) ?? [];
  const duration = seconds === undefined ? undefined : numberIn(narrow(seconds).trim());
  if (named('prompt') && named('duration') && duration !== undefined && words !== undefined) return { prompt: words.trim(), duration };
  return readText(text, item);
}

/** `{id: x, name: y}` as YAML has it. */
function flow(text: string): Json | undefined {
  if (!/^\s*\{[\s\S]*\}\s*$/.test(text)) return undefined;
  try {
    return parse(text, { maxAliasCount: 0 }) as Json;
  } catch {
    return undefined;
  }
}
