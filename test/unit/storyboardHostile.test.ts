import fc from 'fast-check';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { unsentRanges } from '../../src/storyboard/unsentRanges';
import { assertNothingLost, assertPlaces } from '../support/boardAccount';
import { commonMarkExamples } from '../support/commonMark';
import { hostileBoard } from '../support/hostileBoard';

const known = knownKeys();

function readsWell(text: string): void {
  const board = readStoryboard(text, known);
  assertPlaces(text, board);
  assertNothingLost(text, board);
  unsentRanges(board, text);
}

describe('a hostile text', function () {
  this.timeout(30_000);

  it('is read whatever stands in it, and no word is lost', () => {
    fc.assert(fc.property(hostileBoard, readsWell), { numRuns: 2000 });
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), readsWell), { numRuns: 500 });
  });

  for (const section of new Set(commonMarkExamples().map((example) => example.section)))
    it(`is read with every example of CommonMark below a shot: ${section}`, () => {
      for (const { markdown } of commonMarkExamples().filter((example) => example.section === section))
        for (const text of [`## SH1\n\n${markdown}`, `## SH1\n- duration: 5\n${markdown}`, `## SH1\n\nA cat.\n${markdown}\nA dog.`])
          for (const ending of ['\n', '\r\n']) readsWell(text.replaceAll('\n', ending));
    });

  const large: readonly (readonly [name: string, text: string])[] = [
    ['10,000 headings', '# SH1\n\nwords\n\n'.repeat(10_000)],
    ['10,000 headings, each deeper or less deep', Array.from({ length: 10_000 }, (_, i) => `${'#'.repeat((i % 6) + 1)} SH${i}`).join('\n')],
    ['a line of a million signs', `# SH1\n\n${'word '.repeat(200_000)}`],
    ['a heading of blanks', `# SH1${' '.repeat(100_000)}x`],
    ['a heading of stars', `# SH1 ${'*'.repeat(100_000)}x`],
    ['a heading of hashes', `# SH1 ${'# '.repeat(50_000)}x`],
    ['lists in lists', Array.from({ length: 500 }, (_, depth) => `${'  '.repeat(depth)}- duration: 5`).join('\n')],
    ['a list of 20,000 parameters', `# SH1\n\n${'- seed: 1\n'.repeat(20_000)}`],
    ['20,000 quotes between paragraphs', `# SH1\n\n${'words\n\n> note\n\n'.repeat(20_000)}`],
    ['20,000 quotes in a list', `# SH1\n\n${'- words\n  > note\n'.repeat(20_000)}`],
    ['20,000 images in a paragraph', `# SH1\n\n${'![start](a.png)\n'.repeat(20_000)}`],
    ['20,000 comments in a paragraph', `# SH1\n\nA ${'<!-- x --> b\n'.repeat(20_000)}`],
    ['quotes in quotes', `${'>'.repeat(5000)} words`],
    ['bullets in a front matter', `---\nrefs:\n${'- '.repeat(5000)}a\n---\n# SH1\n`],
    [
      'maps in maps in a front matter',
      `---\n${Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')}\n---\n# SH1\n`,
    ],
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
    ['blanks behind a colon', `# SH1\n\n- duration:${' '.repeat(50_000)}5`],
    ['brackets in a value', `# SH1\n\n- refs: ${'['.repeat(50_000)}]`],
  ];
  for (const [name, text] of large)
    it(`is read: ${name}`, () => {
      readsWell(text);
    }).timeout(5000);
});
