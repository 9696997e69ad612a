/**
 * The candidate that was most likely meant: equal but for case and signs, or so few letters away that a slip explains it.
 * `slips`: how many letters may differ; by default one in four.
 */
export function nearest<Name extends string>(
  written: string,
  candidates: Iterable<Name>,
  slips: number = Math.max(1, Math.floor(written.length / 4)),
): Name | undefined {
  let best: { readonly name: Name; readonly distance: number } | undefined;
  const plain = plainly(written);
  for (const name of candidates) {
    if (Math.abs(name.length - written.length) > slips + 3) continue;
    const distance = distanceOf(plain, plainly(name));
    if (distance <= slips && (best === undefined || distance < best.distance)) best = { name, distance };
  }
  return best?.name;
}

const plainly = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, '');

/** Letters that must be changed, added, left out or swapped with their neighbour. */
function distanceOf(one: string, other: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const steps = [(row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (isSame ? 0 : 1)];
      next.push(Math.min(...steps, ...(isSwapped ? [(before[j - 2] ?? 0) + 1] : [])));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
