import assert from 'node:assert/strict';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { placeInText } from '../../src/storyboard/promptSource';
import { readStoryboard } from '../../src/storyboard/readStoryboard';

const read = (text: string) => readStoryboard(text, knownKeys());

describe('the prompt of a shot', () => {
  const cases: readonly (readonly [name: string, below: string, prompt: string | undefined])[] = [
    ['keeps line breaks, and one blank line between paragraphs', 'A cat\nwalks.\n\n\n\nA dog.', 'A cat\nwalks.\n\nA dog.'],
    ['keeps lists and indented text as written', '- a cat\n- a dog\n\n    a bird', '- a cat\n- a dog\n\n    a bird'],
    ['leaves parameters out', '- duration: 5\n\nA cat.', 'A cat.'],
    ['begins right below a list, at the margin', '- duration: 5\nA cat.\n- and a dog', 'A cat.\n- and a dog'],
    ['holds a list without a known key', '- wide: a cat\n- tight: a dog', '- wide: a cat\n- tight: a dog'],
    ['holds a list that follows text', 'A cat.\n\n- duration: 5', 'A cat.\n\n- duration: 5'],
    ['leaves quotes out', 'A cat.\n\n> less rain\n\nA dog.', 'A cat.\n\nA dog.'],
    ['leaves comments out, inside lines too', 'A <!-- big --> cat.\n<!-- x -->\nA dog.', 'A cat.\nA dog.'],
    ['leaves comments over several paragraphs out', 'A cat.<!-- not\n\nthis --> A dog.', 'A cat.\n\nA dog.'],
    ['keeps the beginning of a comment that never ends inside a line', 'A cat <!-- walks.', 'A cat <!-- walks.'],
    ['sends nothing of a comment that never ends', '<!-- A cat walks.\n\nAnd on.', undefined],
    ['leaves tables out', 'A cat.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nA dog.', 'A cat.\n\nA dog.'],
    ['leaves images out', '![a still](a.png)\n\nA cat. ![x](<b c.png> "t")', 'A cat.'],
    ['leaves fences out', 'A cat.\n\n```json\n{}\n```\n\nA dog.', 'A cat.\n\nA dog.'],
    [
      'is the fence tagged prompt alone',
      'For people.\n\n``` Prompt\nA cat.\n\n<!-- as written -->\n```\n\nMore.',
      'A cat.\n\n<!-- as written -->',
    ],
    ['is a fence in an item of a list too', '- for people\n\n  ```prompt\n  A cat.\n  ```', 'A cat.'],
    ['ends at a rule', 'A cat.\n\n---\n\nnotes', 'A cat.'],
    ['ends at a rule right below text', 'A cat.\n---\nnotes', 'A cat.'],
    ['stands under a heading of its own', 'For people.\n\n### Prompt\n\nA cat.\n\n### Notes\n\nLess rain.', 'A cat.'],
    ['stands under a Japanese heading of its own', '### メモ\n\n雨\n\n### プロンプト\n\n猫。', '猫。'],
    [
      'keeps other HTML and the target of a link as they are',
      '<b>A cat</b> walks.\n\n[dog]: http://x',
      '<b>A cat</b> walks.\n\n[dog]: http://x',
    ],
    ['leaves quotes and fences inside lists out', '- a cat\n  > not this\n- a dog\n  ```\n  nor this\n  ```', '- a cat\n\n- a dog'],
    ['is none', '> only a quote', undefined],
    ['is none below an empty heading', '', undefined],
  ];
  for (const [name, below, prompt] of cases)
    for (const ending of ['\n', '\r\n'])
      it(`${name}${ending === '\n' ? '' : ', with CR LF'}`, () => {
        const [shot] = read(`## SH1\n\n${below}`.replaceAll('\n', ending)).shots;
        assert.ok(shot);
        assert.equal(shot.prompt?.text, prompt);
      });

  it('knows where each of its words stands', () => {
    const text = '## SH1\r\n\r\nA <!-- big --> cat\r\n  walks.\r\n\r\n> note\r\n\r\nA dog.';
    const prompt = read(text).shots[0]?.prompt;
    assert.ok(prompt);
    for (const word of ['A', 'cat', 'walks', 'dog']) {
      const at = prompt.text.indexOf(word);
      const { start, end } = placeInText(prompt, { start: at, end: at + word.length });
      assert.equal(text.slice(start, end), word);
    }
  });

  it('gathers the stills of a shot by their alt text', () => {
    const [shot] = read('## SH1\n\n![Start](a.png)\n\n- duration: 5\n\nA cat. ![end](<b c.png>) <!-- ![ref](no.png) -->').shots;
    assert.deepEqual(
      shot?.stills.map(({ alt, text }) => [alt, text]),
      [
        ['start', 'a.png'],
        ['end', 'b c.png'],
      ],
    );
    assert.deepEqual(
      shot?.entries.map(({ name }) => name),
      ['duration'],
    );
  });
});
