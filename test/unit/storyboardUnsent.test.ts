import assert from 'node:assert/strict';
import fc from 'fast-check';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { unsentRanges } from '../../src/storyboard/unsentRanges';
import { boardText } from '../support/boardText';

const unsent = (text: string): readonly string[] =>
  unsentRanges(readStoryboard(text, knownKeys()), text).map(({ start, end }) => text.slice(start, end));

describe('what is not sent of a shot', () => {
  const cases: readonly (readonly [name: string, below: string, unsent: readonly string[]])[] = [
    ['is nothing of parameters and prompt', '- duration: 5\n- pick: 2\n\nA cat.\n\n- walks\n\n    far', []],
    ['are quotes', 'A cat.\n\n> less rain\n> and fog\n\nA dog.', ['> less rain\n> and fog']],
    ['are comments, inside lines and values too', '- seed: 7 <!-- lucky -->\n\nA <!-- big --> cat.', ['<!-- lucky -->', '<!-- big -->']],
    ['are comments over several paragraphs', 'A cat.<!-- not\n\nthis --> A dog.', ['<!-- not\n\nthis -->']],
    ['is all that follows where a comment never ends', 'A cat.\n\n<!-- A dog.\n\nAnd on.', ['<!-- A dog.\n\nAnd on.\n\n## SH2\n\nA bird.']],
    ['are tables', 'A cat.\n\n| a | b |\n|---|---|\n| 1 | 2 |', ['| a | b |\n|---|---|\n| 1 | 2 |']],
    ['are pictures for the reader', 'A cat. ![a still](a.png)', ['![a still](a.png)']],
    ['are no pictures that are inputs', '![start](a.png)\n\nA cat. ![Ref](b.png)', []],
    ['are no inputs in a note either', 'A cat.\n\n> less rain ![end](b.png) please', ['> less rain', 'please']],
    ['are fences', 'A cat.\n\n```json\n{}\n```', ['```json\n{}\n```']],
    [
      'is what stands beside a fence that is the prompt',
      'For people.\n\n- and a list\n\n```prompt\nA <!-- as written --> cat.\n```\n\nMore.',
      ['For people.\n\n- and a list', 'More.'],
    ],
    ['is a second fence', '```prompt\na\n```\n\n```prompt\nb\n```', ['```prompt\nb\n```']],
    ['is what stands around a fence in a list', '- for people\n\n  ```prompt\n  A cat.\n  ```\n- and them', ['- for people', '- and them']],
    ['is what stands below a rule', 'A cat.\n\n---\n\nnotes\n\n- a list', ['---\n\nnotes\n\n- a list']],
    ['is what stands below a rule right under text', 'A cat.\n---\nnotes', ['---\nnotes']],
    [
      'is what a shot says before a heading that holds the prompt',
      '- duration: 5\n\nFor people.\n\n### Prompt\n\nA cat.\n\n### Notes\n\nLess rain.\n\n#### More\n\n- a list',
      ['For people.', 'Less rain.', '- a list'],
    ],
    ['are words for the edit', '- duration: 5\n- lens: 50 mm\n- dialogue: 「行こう」\n\nA cat.', ['- lens: 50 mm\n- dialogue: 「行こう」']],
    ['are items that set nothing', '- duration: 5\n- nice one\n  and more\n\nA cat.', ['- nice one\n  and more']],
    ['are quotes and fences inside lists', '- a cat\n  > not this\n- a dog', ['> not this']],
    ['is nothing of an empty shot', '', []],
  ];
  for (const [name, below, expected] of cases)
    for (const ending of ['\n', '\r\n'])
      it(`${name}${ending === '\n' ? '' : ', with CR LF'}`, () =>
        assert.deepEqual(
          unsent(`## SH1\n\n${below}\n\n## SH2\n\nA bird.`.replaceAll('\n', ending)),
          expected.map((part) => part.replaceAll('\n', ending)),
        ));

  it('is nothing outside of shots', () =>
    assert.deepEqual(unsent('For people.\n\n# Film\n\n> a quote\n\n# Style\n\nGrain.\n\n# SH1\n\nA cat.'), []));

  it('stands in order, and apart from all that is sent', () => {
    fc.assert(
      fc.property(boardText, (text) => {
        const board = readStoryboard(text, knownKeys());
        const ranges = unsentRanges(board, text);
        for (const [index, { start, end }] of ranges.entries()) {
          assert.ok((ranges[index - 1]?.end ?? 0) <= start && start < end);
          assert.equal(text.slice(start, end), text.slice(start, end).trim());
        }
        for (const { prompt } of board.shots)
          for (const piece of prompt?.pieces ?? [])
            assert.ok(!ranges.some(({ start, end }) => start < piece.end && piece.start < end), text.slice(piece.start, piece.end));
      }),
      { numRuns: 1000 },
    );
  });
});
