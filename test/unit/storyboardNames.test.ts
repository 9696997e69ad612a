import assert from 'node:assert/strict';
import { isSameNamed, nameAt, namesInBoard } from '../../src/storyboard/namesInBoard';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { canRename, renameInBoard } from '../../src/storyboard/renameInBoard';

const board = `---
storyboard: 1
---

# Style

Soft grain. {{night}}

# Blocks

## Night

Cold blue.

# Cast

## @mika

- name: Mika Sato

Mika, seventy.

# The storm

Rain.

## SH010 Lighthouse

{{style}} {{scene}} {{@mika}} and {{ night }}. \\{{night}}

## SH020 Stairs

- start: last-frame(SH010)
- end: frame(sh010@2.4)
- refs: [a.png, "@mika"]

{{@Mika Sato}} climbs.

## SH030

- id: opening
- alt: SH020
- start_image:
  - first-frame(SH020)

![end](<last-frame(SH010)>)

{{@MIKA}} looks.
`;

describe('names in a board', () => {
  const read = (text: string) => {
    const storyboard = readStoryboard(text, knownKeys());
    return { storyboard, places: namesInBoard(text, storyboard) };
  };
  const { storyboard, places } = read(board);
  const nth = (word: string, count = 1): number => {
    let at = -1;
    for (let left = count; left > 0; left--) at = board.indexOf(word, at + 1);
    assert.ok(at >= 0, word);
    return at;
  };
  const sameAs = (offset: number): readonly string[] => {
    const here = nameAt(places, offset);
    assert.ok(here);
    return places
      .filter(({ of }) => isSameNamed(of, here.of))
      .map(({ range, isDefinition }) => (isDefinition ? '!' : '') + board.slice(range.start, range.end));
  };

  const uses: readonly (readonly [string, number, readonly string[]])[] = [
    ['a shot from its heading', nth('SH010'), ['!SH010', 'SH010', 'sh010', 'SH010']],
    ['a shot from a frame reference', nth('SH010', 2) + 5, ['!SH010', 'SH010', 'sh010', 'SH010']],
    ['a shot from its variant', nth('alt: SH020') + 7, ['!SH020', 'SH020', 'SH020']],
    ['a shot from its id', nth('opening'), ['!opening']],
    ['a block', nth('{{ night') + 4, ['!Night', 'night', 'night']],
    ['a member of the cast', nth('## @mika') + 5, ['!mika', 'mika', 'mika', 'Mika Sato', 'MIKA']],
    ['a style', nth('{{style') + 4, ['!Style', 'style']],
    ['a scene', nth('{{scene') + 4, ['scene']],
  ];
  for (const [name, offset, expected] of uses)
    it(`finds ${name}`, () => assert.deepEqual([...sameAs(offset)].sort(), [...expected].sort()));

  it('finds nothing in titles, words and escaped braces', () => {
    for (const at of [nth('Lighthouse'), nth('climbs'), nth('\\{{night') + 4]) assert.equal(nameAt(places, at), undefined);
  });

  const renamed = (text: string, at: number, name: string) => {
    const { storyboard: storyboardNow, places: placesNow } = read(text);
    const place = nameAt(placesNow, at);
    assert.ok(place && canRename(place));
    const renaming = renameInBoard(text, storyboardNow, placesNow, place, name);
    if (renaming.kind === 'refused') return renaming.why;
    return renaming.changes.toReversed().reduce((all, { start, end, text: put }) => all.slice(0, start) + put + all.slice(end), text);
  };

  it('renames a shot with every frame reference and variant', () => {
    assert.equal(renamed(board, nth('SH010', 2), 'SH015'), board.replaceAll(/SH010/gi, 'SH015'));
    assert.equal(renamed(board, nth('SH020'), 'SH025'), board.replaceAll('SH020', 'SH025'));
    assert.equal(renamed(board, nth('opening'), 'the end'), board.replace('opening', 'the end'));
  });

  it('renames a block and a member of the cast', () => {
    assert.equal(
      renamed(board, nth('## Night') + 3, 'Dusk'),
      board.replace('## Night', '## Dusk').replace('{{night}}\n\n', '{{Dusk}}\n\n').replace('{{ night }}', '{{ Dusk }}'),
    );
    assert.equal(
      renamed(board, nth('"@mika') + 3, '@emi'),
      board.replace('## @mika', '## @emi').replace('{{@mika}}', '{{@emi}}').replace('"@mika"', '"@emi"').replace('{{@MIKA}}', '{{@emi}}'),
    );
  });

  it('changes nothing but names, whatever ends the lines', () => {
    const text = board.replaceAll('\n', '\r\n');
    assert.equal(renamed(text, text.indexOf('SH010'), 'カット7'), text.replaceAll(/SH010/gi, 'カット7'));
  });

  it('of two shots with one id renames the one that is meant', () => {
    const text = '# SH1\n\nA.\n\n# SH1\n\n- start: last-frame(SH1)\n\nB.\n';
    assert.equal(renamed(text, text.lastIndexOf('# SH1') + 3, 'SH2'), '# SH1\n\nA.\n\n# SH2\n\n- start: last-frame(SH1)\n\nB.\n');
  });

  const refused: readonly (readonly [string, number, string, string])[] = [
    ['nothing', nth('SH010'), ' ', 'empty'],
    ['a name that another shot has', nth('SH010'), 'sh020', 'taken'],
    ['what makes no shot', nth('SH010'), 'Lighthouse', 'noId'],
    ['what no frame reference could name', nth('SH010'), 'SH(1)', 'signs'],
    ['none as an id', nth('opening'), 'none', 'noId'],
    ['what no prompt could mention', nth('## Night') + 4, 'a}b', 'signs'],
    ['a word of the format', nth('## Night') + 4, 'Style', 'reserved'],
  ];
  for (const [name, offset, wanted, why] of refused) it(`refuses ${name}`, () => assert.equal(renamed(board, offset, wanted), why));

  it('gives no other name to style, scene and a name that stands elsewhere', () => {
    for (const at of [nth('{{style') + 3, nth('# Style') + 3, nth('{{scene') + 3, nth('{{@Mika Sato') + 5]) {
      const place = nameAt(places, at);
      assert.ok(place && !canRename(place), board.slice(at, at + 10));
    }
    assert.ok(storyboard.shots.length === 3);
  });
});
