import assert from 'node:assert/strict';
import type { TextRange } from '../../src/storyboard/lines';
import type { Storyboard } from '../../src/storyboard/storyboard';

/** Every place that a part of a board names. */
export function placesIn(value: unknown): readonly TextRange[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number';
  return [...(own ? [{ start: Number(value.start), end: Number(value.end) }] : []), ...Object.values(value).flatMap(placesIn)];
}

/** All places lie in the text, and prompts are made of what stands there. */
export function assertPlaces(text: string, { shots, headings, frontMatter, findings }: Storyboard): void {
  for (const { prompt } of shots)
    if (prompt) assert.equal(prompt.text, prompt.pieces.map(({ before, start, end }) => before + text.slice(start, end)).join(''));
  const named = [
    ...findings,
    ...frontMatter.flatMap(({ range, keyRange, valueRange }) => [range, keyRange, valueRange]),
    ...headings.flatMap(({ textRange, range, wholeRange, body }) => [
      ...[textRange, range, wholeRange],
      ...placesIn([body.list?.entries, body.prompt, body.stills, body.unsent]),
    ]),
    ...shots.flatMap(({ idRange, range }) => [idRange, range]),
  ];
  for (const { start, end } of named) assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end} of ${text.length}`);
}

/** Each word below a heading is prompt, parameter, or known as not sent; none is both sent and not. */
export function assertNothingLost(text: string, { headings }: Storyboard): void {
  for (const [index, { range, bodyEnd, body }] of headings.entries()) {
    const next = headings[index + 1]?.range.start ?? text.length;
    const covered = new Uint8Array(next - range.end);
    const mark = (ranges: readonly TextRange[]): void => {
      for (const { start, end } of ranges) covered.fill(1, Math.max(0, start - range.end), Math.max(0, end - range.end));
    };
    mark(body.unsent);
    const [fence] = body.fences;
    if (!fence)
      for (const { start, end } of body.prompt?.pieces ?? [])
        assert.ok(!covered.subarray(start - range.end, end - range.end).includes(1), `sent and not sent: ${text.slice(start, end)}`);
    mark([...(body.prompt?.pieces ?? []), ...(body.list?.entries ?? []).map((entry) => entry.range), ...(fence ? [fence] : [])]);
    for (let at = range.end; at < next; at++)
      if (!covered[at - range.end])
        assert.ok(/\s/.test(text.charAt(at)), `lost at ${at} (body ends at ${bodyEnd}): ${JSON.stringify(text.slice(at, at + 60))}`);
  }
}
