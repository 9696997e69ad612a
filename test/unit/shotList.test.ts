import assert from 'node:assert/strict';
import type { Catalogue } from '../../src/catalogue/model';
import { shotList } from '../../src/production/shotList';
import { type ShotListWords, shotListAsCsv, shotListAsMarkdown } from '../../src/production/writeShotList';
import { readCsv } from '../../src/storyboard/make/readCsv';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { resolveShot } from '../../src/storyboard/resolveShot';
import { loadCatalogue } from '../support/models';
import { known, made, shotsIn } from './madeShots';

const words = (omitted: string): ShotListWords => ({
  columns: {
    id: 'Shot',
    title: 'Title',
    scene: 'Scene',
    seconds: 'Seconds',
    model: 'Model',
    prompt: 'Prompt',
    dialogue: 'Dialogue',
    vo: 'Voice-over',
    super: 'Text on screen',
    sfx: 'Sound effects',
    music: 'Music',
    notes: 'Notes',
    pick: 'Pick',
  },
  omitted,
  title: 'Shot list: storm',
  sum: 'The sum.',
});

const board = `---
storyboard: 1
model: kling/kling-2.5
duration: 5
---

# Style

Film grain.

# The storm

## SH010 Tower | wide

- pick: 2
- dialogue: =1+1
- Lens: 35 mm

{{style}} A lighthouse.

> less rain
> next time

### For the cut

Begins dark.

## SH020 Stairs

- duration: 10
- vo: [one, two]
- sfx: steps
- music: none
- super: 1962

She climbs,
"slowly".

## SH020B Stairs again

- alt: SH020

She runs.

## SH030

- omit: true

Gone.

## SH040 Harbour

- clip: footage/harbour.mov
`;

describe('a shot list', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await loadCatalogue();
  });

  const listOf = (text: string) => {
    const read = readStoryboard(text, known);
    const around = { catalogue, modelId: '', parameters: {}, otherBlocks: [] };
    return shotList(
      text,
      read,
      read.shots.map((shot) => resolveShot(read, shot, around)),
    );
  };

  it('says of each shot what people ask for, without variants; omitted ones keep their number', () => {
    const { shots, seconds } = listOf(board);
    const none = { dialogue: '', vo: '', super: '', sfx: '', music: '', notes: '', pick: '', scene: 'The storm', isOmitted: false };
    assert.deepEqual(shots, [
      {
        ...none,
        ...{ id: 'SH010', title: 'Tower | wide', seconds: '5', model: 'Kling 2.5', prompt: 'Film grain. A lighthouse.', dialogue: '=1+1' },
        ...{ pick: '2', notes: 'Lens: 35 mm\nless rain\nnext time\nFor the cut: Begins dark.' },
      },
      {
        ...none,
        ...{ id: 'SH020', title: 'Stairs', seconds: '10', model: 'Kling 2.5', prompt: 'She climbs,\n"slowly".' },
        ...{ vo: 'one / two', sfx: 'steps', music: 'none', super: '1962' },
      },
      { ...none, id: 'SH030', title: '', seconds: '', model: '', prompt: 'Gone.', isOmitted: true },
      { ...none, id: 'SH040', title: 'Harbour', seconds: '', model: '', prompt: '', notes: 'footage/harbour.mov' },
    ]);
    assert.equal(seconds, 15);
  });

  it('is a CSV that spreadsheets read, and in which nothing becomes a formula', () => {
    const text = shotListAsCsv(listOf(board), { words: words('omitted'), withPrompts: true });
    assert.ok(text.startsWith('\ufeffShot,Title,Scene,Seconds,Model,Prompt,'));
    const [, first, second, third] = readCsv(text);
    assert.deepEqual(first?.slice(0, 7), ['SH010', 'Tower | wide', 'The storm', '5', 'Kling 2.5', 'Film grain. A lighthouse.', "'=1+1"]);
    assert.equal(second?.[5], 'She climbs,\n"slowly".');
    assert.deepEqual(third?.slice(0, 2), ['SH030', 'omitted']);
    assert.equal(text.split('\r\n').length, 6);
  });

  it('is a Markdown table of the columns that are filled', () => {
    const list = { ...listOf(board), shots: listOf(board).shots.filter(({ id }) => id !== 'SH020') };
    assert.equal(
      shotListAsMarkdown(list, { words: words('欠番'), withPrompts: false }),
      `# Shot list: storm

| Shot | Title | Scene | Seconds | Model | Dialogue | Notes | Pick |
| --- | --- | --- | ---: | --- | --- | --- | ---: |
| SH010 | Tower \\| wide | The storm | 5 | Kling 2.5 | =1+1 | Lens: 35 mm<br>less rain<br>next time<br>For the cut: Begins dark. | 2 |
| SH030 | 欠番 | The storm |  |  |  |  |  |
| SH040 | Harbour | The storm |  |  |  | footage/harbour.mov |  |

The sum.
`,
    );
  });

  for (const withPrompts of [true, false])
    it(`leaves the prompts ${withPrompts ? 'in when it is told to' : 'out'}`, () => {
      const form = { words: words('omitted'), withPrompts };
      for (const text of [shotListAsCsv(listOf(board), form), shotListAsMarkdown(listOf(board), form)])
        assert.equal(text.includes('A lighthouse.'), withPrompts);
    });

  const hostile = ['<script>alert(1)</script>', 'a | b', 'the `code` of it', '[x](command:y)', '&lt;'];
  for (const title of hostile)
    it(`shows the title ${title} as it is written, in Markdown too`, () => {
      const text = shotListAsMarkdown(listOf(`## SH010 ${title}\n\nx\n`), { words: words('omitted'), withPrompts: false });
      const row = text.split('\n').find((line) => line.includes('SH010')) ?? '';
      const cells = row.split(/(?<!\\)\|/).map((cell) => cell.trim());
      const plain = (cells[2] ?? '')
        .replace(/\\([\\`*_[\]|])/g, '$1')
        .replaceAll('&lt;', '<')
        .replaceAll('&amp;', '&');
      assert.equal(plain, title);
      assert.doesNotMatch(row, /<(?!br>)/);
    });

  it('can be made into a storyboard again', () => {
    const text = shotListAsCsv(listOf(board.replace('=1+1', 'Hold on')), { words: words('omitted'), withPrompts: true });
    const again = shotsIn(made(text, 'storm.csv'));
    assert.deepEqual(
      again.map(({ id, title, scene, prompt }) => [id, title, scene, prompt]),
      [
        ['SH010', 'Tower | wide', 'The storm', 'Film grain. A lighthouse.'],
        ['SH020', 'Stairs', 'The storm', 'She climbs,\n"slowly".'],
        ['SH030', 'omitted', 'The storm', 'Gone.'],
        ['SH040', 'Harbour', 'The storm', undefined],
      ],
    );
    assert.deepEqual(again[1]?.list, ['duration: 10', 'model: Kling 2.5', 'vo: one / two', 'super: 1962', 'sfx: steps', 'music: none']);
  });
});
