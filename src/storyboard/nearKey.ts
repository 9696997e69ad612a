import { plainKey } from './entry';
import { nearest } from './nearest';
import { ofTheTrade } from './parameterKeys';
import type { KnownKeys } from './parameterList';

/** Fields that Krea once called otherwise, where the old name is not the new one in another spelling. */
const retired: Readonly<Record<string, string>> = { imageurl: 'start_image', presetstyles: 'styles' };

/** The field that a key was meant to name; shorter words are too often words of their own (`look`, `loop`). */
export function nearKey(key: string, known: KnownKeys): string | undefined {
  const plain = plainKey(key);
  const renamed = Object.hasOwn(retired, plain) ? retired[plain] : undefined;
  if (renamed !== undefined) return renamed;
  if (plain.length < 5) return undefined;
  const found = foundFor(known);
  if (!found.has(plain)) found.set(plain, meant(plain, known));
  return found.get(plain);
}

function meant(plain: string, known: KnownKeys): string | undefined {
  const names = [...new Set(known.values())].filter((name) => name.length > 4 && !ofTheTrade.includes(name));
  return nearest(plain, names, plain.length < 7 ? 1 : 2);
}

/** A board says the same few words hundreds of times. */
const kept = new WeakMap<KnownKeys, Map<string, string | undefined>>();

function foundFor(known: KnownKeys): Map<string, string | undefined> {
  const found = kept.get(known) ?? new Map<string, string | undefined>();
  kept.set(known, found);
  if (found.size > 1000) found.clear();
  return found;
}
