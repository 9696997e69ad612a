import assert from 'node:assert/strict';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { shotHeading, shotKey } from '../../src/storyboard/shotId';

const read = (text: string) => readStoryboard(text, knownKeys());

describe('the heading of a shot', () => {
  const shots: readonly (readonly [heading: string, id: string, title: string])[] = [
    ['Shot 3', 'Shot 3', ''],
    ['shot 3: the door', 'shot 3', 'the door'],
    ['Shot #12 — Rain', 'Shot #12', 'Rain'],
    ['Frame 4b', 'Frame 4b', ''],
    ['Cut 9-1 Night', 'Cut 9-1', 'Night'],
    ['Panel 2.5', 'Panel 2.5', ''],
    ['カット9-1', 'カット9-1', ''],
    ['カット3夜の海', 'カット3', '夜の海'],
    ['ショット２：朝', 'ショット2', '朝'],
    ['コマ 4　雨', 'コマ 4', '雨'],
    ['【カット3】夜', 'カット3', '夜'],
    ['SH010 Lighthouse', 'SH010', 'Lighthouse'],
    ['SH-010: Lighthouse', 'SH-010', 'Lighthouse'],
    ['sq_20a', 'sq_20a', ''],
    ['SC01_SH010 - The storm', 'SC01_SH010', 'The storm'],
    ['12B Close on hands', '12B', 'Close on hands'],
    ['**SH010** Rain', 'SH010', 'Rain'],
    ['`SH010` Rain', 'SH010', 'Rain'],
    ['ＳＨ０１０　灯台', 'SH010', '灯台'],
    ['SH010.', 'SH010', ''],
  ];
  for (const [heading, id, title] of shots)
    it(`is that of ${id}: ${heading}`, () => {
      const found = shotHeading(heading);
      assert.deepEqual([found?.id, found?.title], [id, title]);
    });

  const others = [
    ...['3', '3. The door', '2D', '3D tests', '4K master', '8K', 'Act 1', 'Version 4', 'Scene 2', 'Scene2', 'シーン1', '12月'],
    ...['Shots', 'Shotgun 3', 'Shooting 12', 'Lighthouse', '', 'Cutlery 4', 'Notes for SH010', 'ABCDEFG12'],
  ];
  for (const heading of others) it(`is none: "${heading}"`, () => assert.equal(shotHeading(heading), undefined));

  it('is the same shot after NFKC, without case, and whatever parts word and number', () => {
    assert.equal(new Set(['Shot 3', 'shot #3', 'ＳＨＯＴ 3', 'Shot-3'].map(shotKey)).size, 1);
    assert.notEqual(shotKey('SH1'), shotKey('SH10'));
  });
});

describe('the outline of a storyboard', () => {
  const cases: readonly { readonly name: string; readonly text: string; readonly shots: readonly string[] }[] = [
    {
      name: 'a heading with shots below it is a scene, whatever its text',
      text: '# SC01 Storm\n## SH010\n## SH020',
      shots: ['SH010', 'SH020'],
    },
    { name: 'deeper headings inside a shot begin notes', text: '## SH010\nA.\n### Notes\nB.\n## SH020\nC.', shots: ['SH010', 'SH020'] },
    { name: 'a line id makes a shot of any heading', text: '## The door\n- id: door\n\nA door.', shots: ['door'] },
    { name: 'a line id: none makes none', text: '## SH010\n- id: none\n\nA door.', shots: [] },
    { name: 'a line id gives a shot another name', text: '## SH010\n- id: SH011\n\nA door.', shots: ['SH011'] },
    {
      name: 'what stands under Blocks and Cast is no shot',
      text: '# Blocks\n## LUT1\nWarm.\n# キャスト\n## @b2\nA robot.\n# F\n## SH1',
      shots: ['SH1'],
    },
    { name: 'a heading under a line of === counts', text: 'SH010 Storm\n===\n\nA.', shots: ['SH010'] },
    {
      name: 'headings in quotes, lists, fences and comments are none',
      text: '> # SH1\n\n- # SH2\n\n```\n# SH3\n```\n\n<!--\n# SH4\n-->\n# SH5',
      shots: ['SH5'],
    },
    { name: 'a byte order mark and CR LF change nothing', text: '\uFEFF# SH1\r\n\r\nA.\r\n\r\n# SH2\r\n', shots: ['SH1', 'SH2'] },
  ];
  for (const { name, text, shots } of cases)
    it(name, () =>
      assert.deepEqual(
        read(text).shots.map(({ id }) => id),
        shots,
      ),
    );

  it('gives a shot the headings above it, outermost first', () => {
    const board = read('# Film\n\n## Act\n\n### SH1\n\n# Other\n\n## SH2');
    assert.deepEqual(
      board.shots.map(({ above }) => above.map((index) => board.headings[index]?.text)),
      [['Film', 'Act'], ['Other']],
    );
  });

  it('knows the place of each id and of each whole shot', () => {
    const text = '# Film\n\n## **SH1** Rain\n\nA.\n\n### Notes\n\nB.\n\n## SH2\n';
    const [first, second] = read(text).shots;
    assert.equal(first && text.slice(first.idRange.start, first.idRange.end), 'SH1');
    assert.equal(first && text.slice(first.range.start, first.range.end), '## **SH1** Rain\n\nA.\n\n### Notes\n\nB.');
    assert.equal(second && text.slice(second.range.start, second.range.end), '## SH2');
  });

  const findings: readonly (readonly [name: string, text: string, expected: readonly (readonly [string, string])[]])[] = [
    ['an id that is there twice', '## SH1\n\n## sh1', [['duplicateId', 'sh1']]],
    ['a key that is there twice', '## SH1\n- duration: 5\n- Duration: 6', [['keyTwice', 'Duration']]],
    ['a pick above shots', '# Film\n- pick: 2\n\n## SH1', [['onlyOnShot', 'pick']]],
    ['a second fence for the prompt', '## SH1\n```prompt\na\n```\n```prompt\nb\n```', [['secondPrompt', '```prompt\nb\n```']]],
    ['text that is underlined by a rule', '## SH1\nA cat.\n---\nnotes', [['ruleUnderText', '---']]],
    ['a comment without an end', '## SH1\n<!-- A cat.\n\n## SH2', [['commentNotClosed', '<!-- A cat.\n\n## SH2']]],
    ['a shot of quotes alone', '## SH1\n> A cat.', [['onlyQuotes', '> A cat.']]],
    ['a heading that only counts', '## 3. The door\nA door.', [['numberedHeading', '3. The door']]],
    ['no heading that only counts above shots', '# 1. Storm\nWords.\n## SH1', []],
    ['a front matter that is none', '---\n- a\n---\n# SH1', [['frontMatter', '- a']]],
    [
      'a key of the front matter that no shot can use',
      '---\ntags: film\naspect-ratio: 16:9\nnegative_prompt: rain\n---\n# SH1',
      [
        ['unusableKey', 'aspect-ratio'],
        ['unusableKey', 'negative_prompt'],
      ],
    ],
    ['a block that is there twice', '# Blocks\n## A\nx\n## a\ny', [['duplicateBlock', 'a']]],
    [
      'full-width signs that Markdown does not know',
      '＃ カット1\n\n## カット2\n\n・duration：5\n・seed：3',
      [
        ['fullWidthHeading', '＃ カット1'],
        ['fullWidthBullet', '・duration：5'],
        ['fullWidthBullet', '・seed：3'],
      ],
    ],
  ];
  for (const [name, text, expected] of findings)
    it(`tells of ${name}`, () => {
      const found = read(text).findings.map(({ code, start, end }) => [code, text.slice(start, end)]);
      assert.deepEqual(found.toSorted(), [...expected].map((one) => [...one]).toSorted());
    });
});
