import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isBegunStoryboard } from '../../src/storyboard/isBegunStoryboard';
import { isStoryboard, type TextLines } from '../../src/storyboard/isStoryboard';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { boardText } from '../support/boardText';

function document(fileName: string, text: string, languageId = 'markdown'): TextLines {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  return { fileName, languageId, lineCount: lines.length, lineAt: (line) => ({ text: lines[line] ?? '' }) };
}

describe('a storyboard', () => {
  const cases: readonly (readonly [what: string, name: string, text: string, is: boolean])[] = [
    ['a file named so', 'film/a.storyboard.md', '', true],
    ['a front matter that says so', 'a.md', '---\ntitle: x\nstoryboard: 1\n---\n', true],
    ['a front matter that ends in points', 'a.md', '---\nstoryboard: 1\n...\n', true],
    ['a front matter with a remark', 'a.md', '---\nstoryboard: 1 # rules of 2026\n---\n', true],
    ['a front matter in quotes', 'a.md', '---\n"storyboard": "1"\n---\n', true],
    ['CR LF', 'a.md', '---\r\nstoryboard: 1\r\n---\r\n', true],
    ['any other Markdown', 'README.md', '# SH010\n\nA lighthouse.\n', false],
    ['another number', 'a.md', '---\nstoryboard: 12\n---\n', false],
    ['the words without a blank', 'a.md', '---\nstoryboard:1\n---\n', false],
    ['the words inside another key', 'a.md', '---\na:\n  storyboard: 1\n---\n', false],
    ['the words below the front matter', 'a.md', '---\ntitle: x\n---\nstoryboard: 1\n', false],
    ['a front matter without an end', 'a.md', '---\nstoryboard: 1\n', false],
    ['a front matter that is not at the top', 'a.md', '\n---\nstoryboard: 1\n---\n', false],
    ['a name that only sounds so', 'storyboard.md', '', false],
    ['an empty file', 'a.md', '', false],
  ];
  for (const [what, name, text, is] of cases)
    it(`${is ? 'is' : 'is not'} ${what}`, () => assert.equal(isStoryboard(document(name, text)), is));

  it('is Markdown', () => assert.equal(isStoryboard(document('a.storyboard.md', '', 'plaintext')), false));

  it('is what the reader takes for one', () => {
    const front = fc.constantFrom('---', '...', 'storyboard: 1', 'storyboard: 2', 'storyboard: "1"', ' storyboard: 1', 'a: b', '', '# x');
    const text = fc.oneof(
      boardText,
      fc.array(front, { maxLength: 8 }).map((lines) => ['---', ...lines].join('\n')),
    );
    fc.assert(
      fc.property(text, (one) => {
        const { frontMatter, findings } = readStoryboard(one, knownKeys());
        // what YAML itself cannot read may say anything
        fc.pre(!findings.some(({ code }) => code === 'frontMatter'));
        const said = frontMatter.some(({ name, value }) => name === 'storyboard' && value.kind === 'text' && value.text === '1');
        assert.equal(isStoryboard(document('a.md', one)), said);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a begun storyboard', () => {
  const shot = '# SH010 The tower\n\n- duration: 5\n\nA lighthouse in a gale.\n';
  const cases: readonly (readonly [what: string, name: string, text: string, begun: boolean])[] = [
    ['a shot in a file named so', 'a.storyboard.md', shot, true],
    ['a shot after front matter', 'a.storyboard.md', `---\nmodel: x\n---\n\n${shot}`, true],
    ['front matter that says so', 'a.md', `---\nstoryboard: 1\n---\n${shot}`, true],
    ['Japanese', 'a.storyboard.md', '## カット1\n\n夜明け前の港。\n', true],
    ['any other Markdown', 'README.md', shot, false],
    ['front matter that says nothing of it', 'a.md', `---\ntitle: x\n---\n${shot}`, false],
    ['the words in the text only', 'a.md', `${shot}\nstoryboard: 1\n`, false],
    ['an empty file', 'a.storyboard.md', '', false],
    ['a heading without a prompt', 'a.storyboard.md', '# SH010\n\n- duration: 5\n> a note\n', false],
    ['text without a heading', 'a.storyboard.md', 'A lighthouse.\n', false],
    ['front matter without an end', 'a.storyboard.md', '---\nmodel: x\n', false],
  ];
  for (const [what, name, text, begun] of cases)
    it(`${begun ? 'is' : 'is not'} ${what}`, () => {
      assert.equal(isBegunStoryboard(document(name, text)), begun);
    });

  it('is Markdown', () => {
    assert.equal(isBegunStoryboard(document('a.storyboard.md', shot, 'plaintext')), false);
  });
});
