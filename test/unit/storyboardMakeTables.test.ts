import assert from 'node:assert/strict';
import type { ColumnUse } from '../../src/storyboard/make/columnUse';
import { decodeText } from '../../src/storyboard/make/decodeText';
import { guessColumns } from '../../src/storyboard/make/guessColumns';
import { readCsv } from '../../src/storyboard/make/readCsv';
import { secondsIn } from '../../src/storyboard/make/secondsIn';
import { sourceForm } from '../../src/storyboard/make/sourceForm';
import { recordTable } from '../../src/storyboard/make/sourceTable';
import { known } from './madeShots';

describe('a CSV', () => {
  const files: readonly (readonly [name: string, text: string, records: readonly (readonly string[])[]])[] = [
    [
      'with commas',
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'with semicolons, and commas in its cells',
      'a;b\n1,5;2,5\n3,5;4\n',
      [
        ['a', 'b'],
        ['1,5', '2,5'],
        ['3,5', '4'],
      ],
    ],
    [
      'with tabs',
      'a\tb\n1\t2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'with a byte order mark and CR LF',
      '\ufeffa,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ["with Excel's own line", 'sep=;\r\na;b,c\r\n', [['a', 'b,c']]],
    [
      'with quotes, doubled quotes and line breaks',
      'a,"b ""x"", c"\n"1\r\n2",3',
      [
        ['a', 'b "x", c'],
        ['1\n2', '3'],
      ],
    ],
    [
      'with a quote that is never closed',
      'a,"b\nc,d\n',
      [
        ['a', '"b'],
        ['c', 'd'],
      ],
    ],
    ['with quotes inside a cell', 'a,5" lens\n', [['a', '5" lens']]],
    [
      'with empty cells and lines',
      'a,,\n,,\n\n,b,',
      [
        ['a', '', ''],
        ['', 'b', ''],
      ],
    ],
    ['of one column', 'a\nb\n', [['a'], ['b']]],
    ['of nothing', '', []],
  ];
  for (const [name, text, records] of files)
    it(`is read ${name}`, () => {
      assert.deepEqual(readCsv(text), records);
    });

  const encodings: readonly (readonly [name: string, bytes: Uint8Array, text: string])[] = [
    ['UTF-8', Buffer.from('カット,秒'), 'カット,秒'],
    ['UTF-8 with its mark', Buffer.from('\ufeffa'), 'a'],
    ['UTF-16 with its mark', Buffer.from('\ufeffカット', 'utf16le'), 'カット'],
    ['what Excel saves in Japan', Uint8Array.of(0x83, 0x4a, 0x83, 0x62, 0x83, 0x67, 0x2c, 0x95, 0x62), 'カット,秒'],
    ['what Excel saves in the West', Uint8Array.of(0x4c, 0xfc, 0xff, 0x2c, 0x35), 'Lüÿ,5'],
  ];
  for (const [name, bytes, text] of encodings)
    it(`is decoded from ${name}`, () => {
      assert.equal(decodeText(bytes), text);
    });

  const forms: readonly (readonly [string, string, 'records' | 'text'])[] = [
    ['whatever', 'shots.CSV', 'records'],
    ['Shot\tPrompt\n1\t"two\nlines"\n', 'notes.md', 'records'],
    ['a,b\nc,d', 'notes.txt', 'text'],
    ['- a\n\t- b', 'notes.md', 'text'],
    ['one\tline', 'notes.md', 'text'],
    ['words\n\tindented', 'notes.md', 'text'],
  ];
  for (const [text, name, form] of forms)
    it(`${form === 'records' ? 'is' : 'is not'} ${JSON.stringify(text)} in ${name}`, () => {
      assert.equal(sourceForm(text, name), form);
    });
});

describe('the columns of a table', () => {
  const use = (word: string): ColumnUse =>
    /^(?:prompt|seconds|title|note|id|scene)$/.test(word) ? ({ kind: word } as ColumnUse) : { kind: 'field', name: word };
  const tables: readonly (readonly [rows: readonly string[], uses: string])[] = [
    [['Shot #,Prompt,Duration (sec),VO,SFX,Music', '1,a,5,b,c,d'], 'id prompt seconds vo sfx music'],
    [['Shot,Description,Length', 'Wide shot of a long white beach,It begins,5s'], 'note prompt seconds'],
    [['Shot,Length', 'Wide shot of a long white beach,5s'], 'prompt seconds'],
    [['カット番号,画面,尺（秒）,台詞,SE,BGM,備考', '1,海,3,はい,波,曲,x'], 'id prompt seconds dialogue sfx music note'],
    [['シーン,カット,内容,カメラ', '1,1,海,パン'], 'scene id prompt note'],
    [['Visual,Prompt,Name', 'a,b,c'], 'note prompt title'],
    [['Aspect ratio,RESOLUTION,Model,Seed,Prompt', '16:9,1080p,kling/kling-2.5,7,x'], 'aspect_ratio resolution model seed prompt'],
    [['Start,End,Prompt', '0:00,0:05,x'], 'note note prompt'],
    [['Start,Prompt', 'stills/a.png,x'], 'start prompt'],
    [['Mood,Text,Where', 'calm,A long text about a boat on the river,there'], 'note prompt note'],
    [['Time,Duration,Prompt', '0:05,5,x'], 'seconds note prompt'],
    [['A boat on the river,0:05', 'It sinks slowly,0:10'], 'prompt seconds'],
    [['SH010,A boat on the river,5', 'SH020,It sinks,10'], 'id prompt seconds'],
  ];
  for (const [rows, uses] of tables)
    it(`of ${rows[0]} are ${uses}`, () => {
      const table = recordTable(
        rows.map((row) => row.split(',')),
        known,
      );
      assert.deepEqual(guessColumns(table, known), uses.split(' ').map(use));
    });
});

describe('a length', () => {
  const lengths: readonly (readonly [string, number | undefined, boolean?])[] = [
    ['5', 5], ['5s', 5], ['5 sec.', 5], ['5秒', 5], ['５', 5], ['2.5 seconds', 2.5],
    ['0:05', 5], ['1:02:03', 3723], ['00:07.5', 7.5],
    ['0:10-0:15', 5, true], ['0:10 – 0:15', 5, true], ['0:10〜0:15', 5, true], ['0:15-0:10', undefined],
    ['5-8 s', undefined], ['2+12', undefined], ['0', undefined], ['soon', undefined], ['', undefined],
  ]; // biome-ignore format: one line a kind
  for (const [text, seconds, saysMore = false] of lengths)
    it(`written "${text}" is ${seconds ?? 'not known'}`, () => {
      assert.deepEqual(secondsIn(text), seconds === undefined ? undefined : { seconds, saysMore });
    });
});
