import assert from 'node:assert/strict';
import { inLabel, oneLine, withoutIcons, withoutLinks } from '../../src/editor/plainText';

describe('foreign text in one line', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['folds line breaks', 'a\r\nb\n\n c', 'a b c'],
    ['drops control signs', 'a\u0000b\u001bc', 'a b c'],
    ['keeps one character', 'x', 'x'],
    ['is empty for white space', ' \u2028\u00a0 ', ''],
  ];
  for (const [name, text, expected] of cases) it(name, () => assert.equal(oneLine(text), expected));

  it('cuts a long text at whole characters and says so', () => {
    const cut = oneLine('🎬'.repeat(8000), 10);
    assert.equal([...cut].length, 10);
    assert.equal(cut, `${'🎬'.repeat(9)}…`);
  });

  it('lets no icon be made in the status bar', () => assert.equal(withoutIcons('a $(zap) b'), 'a \\$(zap) b'));

  it('adds nothing that would be seen to a label of a tree, which makes no icons', () => {
    assert.equal(inLabel('a $(zap)\n b'), 'a $(zap) b');
    assert.equal(inLabel('שלום'), '\u2068שלום\u2069');
  });

  it('lets no link be made in a notification', () => {
    assert.doesNotMatch(withoutLinks('[x](command:workbench.action.quit)'), /\]\(/);
  });

  it('keeps right-to-left text from turning the words around it', () => {
    assert.equal(withoutIcons('שלום'), '\u2068שלום\u2069');
    assert.equal(withoutIcons('hello'), 'hello');
  });
});
