import assert from 'node:assert/strict';
import fc from 'fast-check';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { boardText } from '../support/boardText';

const known = knownKeys();

/** Every place that a board names. */
function placesIn(value: unknown): readonly (readonly [start: number, end: number])[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'start' in value && 'end' in value && typeof value.start === 'number' && typeof value.end === 'number';
  return [...(own ? [[Number(value.start), Number(value.end)] as const] : []), ...Object.values(value).flatMap(placesIn)];
}

function readsWell(text: string): void {
  const board = readStoryboard(text, known);
  for (const { prompt } of board.shots)
    if (prompt) assert.equal(prompt.text, prompt.pieces.map(({ before, start, end }) => before + text.slice(start, end)).join(''));
  const { shots, headings, frontMatter, findings } = board;
  const named = [
    ...findings.map(({ start, end }) => [start, end] as const),
    ...frontMatter.flatMap(({ range, keyRange, valueRange }) => placesIn([range, keyRange, valueRange])),
    ...headings.flatMap(({ textRange, range, wholeRange, body }) =>
      placesIn([textRange, range, wholeRange, body.list?.entries, body.prompt, body.stills]),
    ),
    ...shots.flatMap(({ idRange, range }) => placesIn([idRange, range])),
  ];
  for (const [start, end] of named) assert.ok(0 <= start && start <= end && end <= text.length, `${start}-${end} of ${text.length}`);
}

describe('a hostile text', () => {
  it('is read whatever stands in it', () => {
    fc.assert(fc.property(boardText, readsWell), { numRuns: 1000 });
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), readsWell), { numRuns: 500 });
  });

  it('is read with bytes cut out of it', () => {
    const cut = fc.tuple(boardText, fc.nat(600), fc.nat(20)).map(([text, at, length]) => {
      const bytes = Buffer.from(text);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]).toString();
    });
    fc.assert(fc.property(cut, readsWell), { numRuns: 500 });
  });

  const large: readonly (readonly [name: string, text: string])[] = [
    ['10,000 headings', '# SH1\n\nwords\n\n'.repeat(10_000)],
    ['a line of a million signs', `# SH1\n\n${'word '.repeat(200_000)}`],
    ['lists in lists', Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- duration: 5`).join('\n')],
    ['quotes in quotes', `${'>'.repeat(5000)} words`],
    ['brackets in a front matter', `---\nrefs: ${'['.repeat(5000)}\n---\n# SH1\n`],
    [
      'aliases in a front matter',
      `---\na: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*${i === 0 ? 'a' : `b${i - 1}`}, *${i === 0 ? 'a' : `b${i - 1}`}]`).join('\n')}\n---\n`,
    ],
    ['comments that never end', '# SH1\n\nwords <!-- \n\n'.repeat(3000)],
    ['braces that never end', `# SH1\n\n${'{{'.repeat(50_000)}`],
    ['images that never end', `# SH1\n\n${'![a]('.repeat(20_000)}`],
    ['stars around keys', `# SH1\n\n- ${'*'.repeat(20_000)}duration: 5`],
    ['blanks before a colon', `# SH1\n\n- duration${' '.repeat(50_000)}: 5`],
  ];
  for (const [name, text] of large)
    it(`is read: ${name}`, () => {
      readsWell(text);
    }).timeout(5000);
});
