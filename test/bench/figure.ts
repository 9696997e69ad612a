/** One measured number. `peers`: the same thing done by others, in the same unit. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peers?: Readonly<Record<string, number>>;
  readonly target?: { readonly atMost: number } | { readonly atLeast: number };
  /** What was measured, for people. */
  readonly how: string;
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('Nothing was measured.');
  return (low + high) / 2;
}

export function meets({ value, target }: Figure): boolean {
  if (!target) return true;
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
