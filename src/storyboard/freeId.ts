import { shotHeading, shotKey } from './shotId';

/**
 * An id for the shot at `index`, whose own is taken: the number a person would give it. Between two shots of one series the
 * middle of the room there is (SH015 between SH010 and SH020), at the end the next of the series, else a letter more (SH010A).
 */
export function freeId(ids: readonly string[], index: number): string | undefined {
  const id = ids[index];
  if (id === undefined) return undefined;
  const taken = new Set(ids.map(shotKey));
  const isFree = (candidate: string): boolean => !taken.has(shotKey(candidate)) && shotHeading(candidate)?.id === candidate;
  const own = seriesOf(id);
  if (!own) return ['2', '3', '4', '5'].map((number) => `${id}-${number}`).find((candidate) => !taken.has(shotKey(candidate)));
  const before = numberIn(ids[index - 1], own.lead) ?? own.number;
  const after = ids.slice(index + 1).flatMap((other) => numberIn(other, own.lead) ?? [])[0];
  const numbers = ids.flatMap((other) => numberIn(other, own.lead) ?? []);
  const letters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ'].map(
    (letter) => `${own.lead}${own.digits}${/[a-z]/.test(own.lead) && !/[A-Z]/.test(own.lead) ? letter.toLowerCase() : letter}`,
  );
  return [...between(before, after, stepOf(numbers)).map((number) => own.lead + padded(number, own.digits)), ...letters].find(isFree);
}

interface Series {
  readonly lead: string;
  readonly digits: string;
  readonly number: number;
}

/** `SH010` is number 10 of the series `SH`; an id that goes on behind its number stands for itself. */
function seriesOf(id: string): Series | undefined {
  const [, lead, digits] = /^(.*?\D)(\d+)$/.exec(id.normalize('NFKC')) ?? [];
  return lead === undefined || digits === undefined ? undefined : { lead, digits, number: Number(digits) };
}

function numberIn(id: string | undefined, lead: string): number | undefined {
  const series = id === undefined ? undefined : seriesOf(id);
  return series && shotKey(series.lead) === shotKey(lead) ? series.number : undefined;
}

/** By how much its numbers mostly grow: 10 in SH010, SH020, SH030. */
function stepOf(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const [index, number] of numbers.entries()) {
    const step = number - (numbers[index - 1] ?? number);
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...counts].toSorted((one, other) => other[1] - one[1])[0]?.[0] ?? 1;
}

/** Numbers from best to worst. */
function between(before: number, after: number | undefined, step: number): readonly number[] {
  if (after === undefined || after <= before) {
    const next = (Math.floor(before / step) + 1) * step;
    return Array.from({ length: 200 }, (_, index) => next + index * step);
  }
  const room = Array.from({ length: Math.min(200, after - before - 1) }, (_, index) => before + 1 + index);
  const middle = (before + after) / 2;
  const round = (number: number): number => (number % 5 === 0 ? 0 : 1);
  return room.toSorted((one, other) => round(one) - round(other) || Math.abs(one - middle) - Math.abs(other - middle));
}

const padded = (number: number, digits: string): string => String(number).padStart(digits.length, '0');
