import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import type { Catalogue } from '../../src/catalogue/model';
import { readBlockFiles } from '../../src/storyboard/readBlockFiles';
import { readBoard } from '../../src/storyboard/readBoard';
import { emptyFolder } from '../support/emptyFolder';

describe('blocks of other files', () => {
  let catalogue: Catalogue;
  let film: string;
  before(async () => {
    catalogue = await bundledCatalogue.load(AbortSignal.timeout(10_000));
    const folder = emptyFolder();
    film = path.join(folder, 'film');
    mkdirSync(path.join(film, 'boards', 'looks'), { recursive: true });
    writeFileSync(path.join(folder, 'secret.md'), '# Blocks\n## night\nStolen.\n');
    writeFileSync(
      path.join(film, 'boards', 'looks', 'looks.md'),
      '# Style\n\nGrain.\n\n# Blocks\n\n## night\n\nMoonlight.\n\n## fog\n\nThick fog.\n',
    );
    writeFileSync(path.join(film, 'people.md'), '\uFEFF# キャスト\r\n\r\n## @mio\r\n\r\n- ref: mio.png\r\n\r\n少女。\r\n');
  });

  const read = async (blocks: string, below: string) => {
    const text = `---\nmodel: bytedance/seedance-2\nblocks: ${blocks}\n---\n${below}`;
    const board = await readBoard(text, { catalogue, modelId: '', parameters: {}, otherBlocks: [] }, (files) =>
      readBlockFiles(files, { bases: [path.join(film, 'boards'), film], root: film, chosen: new Set() }),
    );
    return {
      prompt: board.shots[0]?.resolved.prompt?.text,
      images: board.shots[0]?.resolved.body.reference_images,
      findings: board.storyboard.findings.map((one) => [one.code, 'why' in one ? one.why : '', text.slice(one.start, one.end)].join(' ')),
    };
  };

  it('are inserted by name, the style and the cast too', async () => {
    assert.deepEqual(await read('[looks/looks.md, people.md]', '# SH1\n\n{{style}} {{night}} {{@mio}}が歩く。'), {
      prompt: 'Grain. Moonlight. 少女が歩く。',
      images: ['mio.png'],
      findings: [],
    });
  });

  it('stand behind those of the board itself', async () => {
    const { prompt } = await read(
      'looks/looks.md',
      '# Style\n\nOwn.\n\n# Blocks\n\n## Night\n\nOwn night.\n\n# SH1\n\n{{style}} {{night}} {{fog}}',
    );
    assert.equal(prompt, 'Own. Own night. Thick fog.');
  });

  const refused: readonly (readonly [what: string, blocks: string, findings: readonly string[]])[] = [
    ['is not there', '[looks/looks.md, looks/none.md]', ['blockFile missing looks/none.md']],
    ['lies outside', '[looks/looks.md, ../../secret.md]', ['blockFile outside ../../secret.md']],
    ['is a folder', '[looks, looks/looks.md]', ['blockFile unreadable looks']],
    ['is named twice', '[looks/looks.md, looks/looks.md]', []],
  ];
  for (const [what, blocks, findings] of refused)
    it(`of a file that ${what} are told of where it is named, and the others are read`, async () =>
      assert.deepEqual(await read(blocks, '# SH1\n\n{{night}}'), { prompt: 'Moonlight.', images: undefined, findings }));
});
