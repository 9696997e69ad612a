import assert from 'node:assert/strict';
import { promptAt } from '../../src/storyboard/promptAt';

/** The cursor is written ‸. */
function promptIn(marked: string, form?: 'markdown' | 'plain'): string | undefined {
  const offset = marked.indexOf('‸');
  assert.ok(offset >= 0);
  const text = marked.replace('‸', '');
  const range = promptAt(text, offset, form);
  return range && text.slice(range.start, range.end);
}

const board = (change: (text: string) => string) =>
  change(`---
storyboard: 1
model: kling/kling-2.5
---

# The storm

Notes of the scene.

## SH010 Lighthouse

- start: stills/sh010.png
- **Duration**: 5

A white lighthouse on black rocks,
waves breaking over it.

- slow drift
- low sun

> Client asked for less rain.
> Take 2 was close.

![start](stills/sh010.png)

| a | b |
|---|---|
| c | d |

<!-- not now
nor here -->

\`\`\`prompt
Fenced one.

Still the same.
\`\`\`

\`\`\`js
code()
\`\`\`
`);

describe('the prompt at the cursor', () => {
  const at = (mark: string, expected: string | undefined): readonly [string, string, string | undefined] => [
    mark,
    board((text) => text.replace(mark, `‸${mark}`)),
    expected,
  ];
  const table: readonly (readonly [string, string, string | undefined])[] = [
    at('white lighthouse', 'A white lighthouse on black rocks,\nwaves breaking over it.'),
    at('waves breaking', 'A white lighthouse on black rocks,\nwaves breaking over it.'),
    at(' it.', 'A white lighthouse on black rocks,\nwaves breaking over it.'),
    at('Notes of', 'Notes of the scene.'),
    at('slow drift', '- slow drift\n- low sun'),
    at('Fenced', 'Fenced one.\n\nStill the same.'),
    at('Still', 'Fenced one.\n\nStill the same.'),
    at('storyboard: 1', undefined),
    at('# The storm', undefined),
    at('Lighthouse', undefined),
    at('start: stills', undefined),
    at('Duration', undefined),
    at('\nA white', undefined),
    at('Client', undefined),
    at('Take 2', undefined),
    at('![start', undefined),
    at('c | d', undefined),
    at('|---|', undefined),
    at('not now', undefined),
    at('nor here', undefined),
    at('```prompt', undefined),
    at('code()', undefined),
    ['nothing', '‸', undefined],
    ['white space', ' \t‸ ', undefined],
    ['one character', 'x‸', 'x'],
    ['the end of the file', 'one\n\ntwo\n‸', undefined],
    ['the end of the last line', 'one\n\ntwo‸', 'two'],
    ['CR LF', 'one\r\ntwo‸\r\n\r\nthree\r\n', 'one\r\ntwo'],
    ['CR LF, between the two', 'one\r‸\ntwo', 'one\r\ntwo'],
    ['CR alone', 'one‸\rtwo\r\rthree', 'one\rtwo'],
    ['a byte order mark', '\uFEFFone‸ two', 'one two'],
    ['a byte order mark before a heading', '\uFEFF# one‸\ntwo', undefined],
    ['a byte order mark before front matter', '\uFEFF---\na: ‸1\n---\ntwo', undefined],
    ['right-to-left text', 'منارة ‸في العاصفة\n\nغيرها', 'منارة في العاصفة'],
    ['emoji', '👩‍👩‍👧 walk‸ 🌊\n\n🔥', '👩‍👩‍👧 walk 🌊'],
    ['Japanese', '嵐の灯台。\n波が‸砕ける。\n\n次', '嵐の灯台。\n波が砕ける。'],
    ['ideographic space alone on a line', 'one\n　‸\ntwo', undefined],
    ['indented text', '    four spaces ‸deep\n', 'four spaces deep'],
    ['a heading right above', '# Title\nText‸ below', 'Text below'],
    ['a line under parameters', '## SH010\n- duration: 5\nText‸ below', 'Text below'],
    ['parameters under a quote', '## SH010\n> note\n\n- duration: ‸5', undefined],
    ['parameters with the full-width colon', '## カット1\n- ｄｕｒａｔｉｏｎ：‸5', undefined],
    ['nested parameters', '## SH010\n- refs:\n  - a.png‸\n\nText', undefined],
    ['a note in a list of parameters', '## SH010\n- duration: 5\n- mood: ‸dark', undefined],
    ['a list that sets nothing', '## SH010\n- Camera: slow‸\n- Light: low', '- Camera: slow\n- Light: low'],
    ['a list after the prompt', '## SH010\n\nText\n\n- duration: ‸5', '- duration: 5'],
    ['text underlined by hyphens', 'Text‸\n---\n\nmore', 'Text'],
    ['a title underlined by equals signs', 'Title‸\n===\n\nmore', undefined],
    ['a rule', 'one\n\n***‸\n\ntwo', undefined],
    ['a quote that goes on without its sign', '> one\ntwo‸', undefined],
    ['a fence that never ends', '```\none\n\ntwo‸', undefined],
    ['a prompt fence that never ends', '~~~prompt\none\n\ntwo‸ three\nfour', 'one\n\ntwo three\nfour'],
    ['a longer fence around a shorter', '````prompt\n```\none‸\n```\n````', '```\none\n```'],
    ['front matter that never ends', '---\none‸ two', 'one two'],
    ['a hash without a space', '#5 of a series‸', '#5 of a series'],
    ['a vertical bar in a sentence', 'one | two‸\nthree', 'one | two\nthree'],
    ['a comment inside a line', 'one <!-- x --> tw‸o', 'one <!-- x --> two'],
    ['the middle of a comment over several paragraphs', 'one <!-- x\n\ny‸\n\nz --> two', undefined],
    ['a comment that never ends', '## SH010\n\n<!-- one\n\ntwo‸', undefined],
    ['HTML', '<b>one</b>‸ two', '<b>one</b> two'],
    ['text below a rule', '## SH010\n\none\n\n---\n\ntwo‸', 'two'],
    ['a quote in a list', '- one\n  > two‸\n- three', undefined],
    ['a prompt fence in a list', '- one\n\n  ```prompt\n  two‸\n  ```', 'two'],
    ['an image between two lines', 'one\n![start](a.png)\ntwo‸', 'two'],
    ['a list of several paragraphs', '- one\n\n  two‸\n\n- three', 'two'],
    ['a comment on one line', 'one\n\n<!-- two‸ -->\n\nthree', undefined],
  ];
  for (const [what, marked, expected] of table) {
    it(`is ${JSON.stringify(expected)?.slice(0, 40) ?? 'nothing'} at ${JSON.stringify(what)}`, () =>
      assert.equal(promptIn(marked), expected));
  }

  it('is found in plain text between empty lines, whatever stands there', () => {
    assert.equal(promptIn('# one\n> two‸\n```\n\nthree', 'plain'), '# one\n> two\n```');
  });

  it('bears any offset in any text', () => {
    const text = board((whole) => whole.replaceAll('\n', '\r\n'));
    for (let offset = -1; offset < text.length + 5; offset++) {
      const range = promptAt(text, offset);
      if (!range) continue;
      assert.ok(range.start < range.end && range.end <= text.length);
      assert.equal(text.slice(range.start, range.end), text.slice(range.start, range.end).trim());
    }
  });

  it('is found at once in a long file', () => {
    const text = '## SH010\n\n- duration: 5\n\nA white lighthouse.\n\n'.repeat(5000);
    const began = process.hrtime.bigint();
    assert.ok(promptAt(text, text.length - 10));
    assert.ok(process.hrtime.bigint() - began < 1_000_000_000n);
  });
});
