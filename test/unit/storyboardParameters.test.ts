import assert from 'node:assert/strict';
import type { Entry } from '../../src/storyboard/entry';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';

const read = (text: string) => readStoryboard(text, knownKeys(['future_field']));

const plain = ({ name, value }: Entry) => [
  name,
  value.kind === 'text' ? value.text : value.kind === 'list' ? value.items.map(({ text }) => text) : value.data,
];

describe('the parameters of a shot', () => {
  const cases: readonly (readonly [name: string, list: string, entries: readonly (readonly [string, unknown])[]])[] = [
    ['by the name of a field', '- duration: 5', [['duration', '5']]],
    [
      'whatever marks, case and blanks stand around a key',
      '- **Aspect ratio:** 16:9\n- `Seed`: 3',
      [
        ['aspect_ratio', '16:9'],
        ['seed', '3'],
      ],
    ],
    ['in bold as a whole', '- **duration: 5**', [['duration', '5']]],
    ['with hyphens', '* generate-audio: true', [['generate_audio', 'true']]],
    ['with full-width signs', '- ｄｕｒａｔｉｏｎ：５', [['duration', '５']]],
    ['of a model that came later', '- Future Field: x', [['future_field', 'x']]],
    [
      'and words for the edit beside them',
      '- dialogue: 「行こう」\n- lens: 35 mm',
      [
        ['dialogue', '「行こう」'],
        ['lens', '35 mm'],
      ],
    ],
    ['a link counts as its path', '- start: [the still](stills/a.png)', [['start', 'stills/a.png']]],
    ['an image counts as its path', '- start: ![s](<stills/a b.png>)', [['start', 'stills/a b.png']]],
    ['comments are left out', '- seed: 7 <!-- lucky -->', [['seed', '7']]],
    [
      'quotes around the whole are left out',
      '- aspect_ratio: "16:9"\n- model: `kling/kling-2.5`',
      [
        ['aspect_ratio', '16:9'],
        ['model', 'kling/kling-2.5'],
      ],
    ],
    [
      'nested items are a list',
      '- refs:\n  - a.png\n  - [b](b.png)\n- seed: 1',
      [
        ['refs', ['a.png', 'b.png']],
        ['seed', '1'],
      ],
    ],
    ['brackets are a list', '- refs: [a.png, frame(SH1, 2), [b](b.png)]', [['refs', ['a.png', 'frame(SH1, 2)', 'b.png']]]],
    ['an empty list', '- refs: []', [['refs', []]]],
    [
      'braces and Japanese brackets are text',
      '- refs: {{@mika}}\n- vo: 「はい、[そう]」',
      [
        ['refs', '{{@mika}}'],
        ['vo', '「はい、[そう]」'],
      ],
    ],
    ['an indented line goes on with a value', '- vo: one\n  two', [['vo', 'one two']]],
    [
      'an ordered list',
      '1. duration: 5\n2. seed: 3',
      [
        ['duration', '5'],
        ['seed', '3'],
      ],
    ],
    ['a quote and an image may stand above', '> note\n\n![start](a.png)\n\n<!-- c -->\n\n- duration: 5', [['duration', '5']]],
    [
      'an empty value',
      '- pick:\n- seed: 1',
      [
        ['pick', ''],
        ['seed', '1'],
      ],
    ],
    ['an address keeps its colon', '- start: https://app.krea.ai/a.png', [['start', 'https://app.krea.ai/a.png']]],
  ];
  for (const [name, list, entries] of cases)
    it(name, () => {
      const [shot] = read(`## SH1\n\n${list}\n\nA cat.`).shots;
      assert.deepEqual(shot?.entries.map(plain), entries);
      assert.equal(shot?.prompt?.text, 'A cat.');
    });

  it('have their places', () => {
    const text = '## SH1\r\n\r\n- **Aspect ratio:** 16:9\r\n- refs:\r\n  - a.png\r\n  - b.png\r\n';
    const [ratio, refs] = read(text).shots[0]?.entries ?? [];
    const cut = (range: { readonly start: number; readonly end: number } | undefined) => range && text.slice(range.start, range.end);
    assert.deepEqual(
      [cut(ratio?.keyRange), cut(ratio?.valueRange), cut(ratio?.range)],
      ['Aspect ratio', '16:9', '- **Aspect ratio:** 16:9'],
    );
    assert.equal(cut(refs?.range), '- refs:\r\n  - a.png\r\n  - b.png');
    assert.deepEqual(refs?.value.kind === 'list' && refs.value.items.map(({ range }) => cut(range)), ['a.png', 'b.png']);
  });

  it('come from the front matter, as YAML has them', () => {
    const text =
      '---\nstoryboard: 1\naspect_ratio: 16:9\nduration: 5s # short\nrefs: [a.png, "b.png"]\nblocks:\n  - cast.md\nmulti_prompt:\n  - {prompt: a, duration: 2}\nbudget: 8\n---\n\n## SH1\n';
    const board = read(text);
    assert.deepEqual(board.frontMatter.map(plain), [
      ['storyboard', '1'],
      ['aspect_ratio', '16:9'],
      ['duration', '5s'],
      ['refs', ['a.png', 'b.png']],
      ['blocks', ['cast.md']],
      ['multi_prompt', [{ prompt: 'a', duration: 2 }]],
      ['budget', '8'],
    ]);
    const [, ratio] = board.frontMatter;
    assert.equal(ratio && text.slice(ratio.valueRange.start, ratio.valueRange.end), '16:9');
    assert.deepEqual(
      board.shots.map(({ id }) => id),
      ['SH1'],
    );
  });
});
