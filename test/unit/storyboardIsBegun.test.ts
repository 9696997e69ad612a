import assert from 'node:assert/strict';
import { isBegunStoryboard, type TextLines } from '../../src/storyboard/isBegunStoryboard';

function document(fileName: string, text: string, languageId = 'markdown'): TextLines {
  const lines = text.split('\n');
  return { fileName, languageId, lineCount: lines.length, lineAt: (line) => ({ text: lines[line] ?? '' }) };
}

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
