import assert from 'node:assert/strict';
import { bundledCatalogue } from '../../src/catalogue/bundledCatalogue';
import type { Catalogue, JsonObject } from '../../src/catalogue/model';
import { checkShot } from '../../src/storyboard/checkShot';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { type BoardSurroundings, resolveShot } from '../../src/storyboard/resolveShot';

describe('a shot with all that it inherits', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await bundledCatalogue.load(AbortSignal.timeout(10_000));
  });

  const resolved = (text: string, settings: Partial<BoardSurroundings> = {}) => {
    const board = readStoryboard(text, knownKeys(catalogue.models.flatMap(({ parameters }) => parameters.map(({ name }) => name))));
    const [shot] = board.shots;
    assert.ok(shot);
    return resolveShot(board, shot, { catalogue, modelId: '', parameters: {}, otherBlocks: [], ...settings });
  };

  const cast = '# Cast\n## @mika\n- ref: m.png\n\nMika\n## @ren\n- refs: [r1.png, r2.png]\n\nRen\n';
  const cases: readonly { readonly name: string; readonly text: string; readonly body: JsonObject }[] = [
    {
      name: 'the nearest value wins: front matter, headings, shot',
      text: '---\nmodel: kling/kling-2.5\nduration: 5\naspect_ratio: 16:9\n---\n# Act\n- aspect_ratio: 9:16\n\n## SH1\n- duration: 10 s\n\nA cat.',
      body: { prompt: 'A cat.', duration: 10, aspect_ratio: '9:16' },
    },
    {
      name: 'default is the default of the model, none is nothing',
      text: '---\nmodel: kling/kling-2.5\nduration: 10\naspect_ratio: 9:16\n---\n# SH1\n- duration: default\n- aspect_ratio: none\n\nA cat.',
      body: { prompt: 'A cat.' },
    },
    {
      name: 'start and end are images; a still with that alt text too',
      text: '---\nmodel: kling/kling-2.5\n---\n# SH1\n- start: [s](a.png)\n\n![end](b.png)\n\nA cat.',
      body: { prompt: 'A cat.', start_image: 'a.png', end_image: 'b.png' },
    },
    {
      name: 'an inherited field that the model lacks is left out',
      text: '---\nmodel: kling/kling-2.5\nresolution: 1080p\n---\n# SH1\nA cat.',
      body: { prompt: 'A cat.' },
    },
    {
      name: 'a field of the shot itself that the model lacks stays, for the check',
      text: '---\nmodel: kling/kling-2.5\n---\n# SH1\n- resolution: 1080p\n\nA cat.',
      body: { prompt: 'A cat.', resolution: '1080p' },
    },
    {
      name: 'the cast that the prompt names brings its pictures',
      text: `---\nmodel: bytedance/seedance-2\n---\n${cast}# SH1\n{{@ren}} and {{@mika}}.`,
      body: { prompt: 'Ren and Mika.', reference_images: ['r1.png', 'r2.png', 'm.png'] },
    },
    {
      name: 'refs add to them, without text and only once',
      text: `---\nmodel: bytedance/seedance-2\n---\n${cast}# SH1\n- refs: ["@mika", x.png]\n\n{{@mika}}.`,
      body: { prompt: 'Mika.', reference_images: ['m.png', 'x.png'] },
    },
    {
      name: 'refs: none sends none',
      text: `---\nmodel: bytedance/seedance-2\n---\n${cast}# SH1\n- refs: none\n\n{{@mika}}.`,
      body: { prompt: 'Mika.' },
    },
    {
      name: 'words for the edit and for people are never sent',
      text: '---\nmodel: kling/kling-2.5\n---\n# SH1\n- dialogue: hello\n- lens: 35 mm\n- negative_prompt: rain\n- duration: 5\n\nA cat.',
      body: { prompt: 'A cat.', duration: 5 },
    },
  ];
  for (const { name, text, body } of cases) it(name, () => assert.deepEqual(resolved(text).body, body));

  it('takes model and parameters of the settings where the board says nothing', () => {
    const shot = resolved('# SH1\n- duration: 10\n\nA cat.', {
      modelId: 'kling/kling-2.5',
      parameters: { duration: 5, aspect_ratio: '1:1' },
    });
    assert.deepEqual(
      [shot.modelId, shot.modelOrigin.kind, shot.body],
      ['kling/kling-2.5', 'setting', { prompt: 'A cat.', duration: 10, aspect_ratio: '1:1' }],
    );
    assert.deepEqual(
      shot.values.filter(({ name }) => name === 'duration' || name === 'aspect_ratio').map(({ name, origin }) => [name, origin.kind]),
      [
        ['aspect_ratio', 'setting'],
        ['duration', 'shot'],
      ],
    );
  });

  it('leaves pictures of the cast out where the model refuses them beside an end image, and says so', () => {
    const shot = resolved(`---\nmodel: bytedance/seedance-2\n---\n${cast}# SH1\n- end: e.png\n\n{{@mika}}.`);
    assert.deepEqual(shot.body, { prompt: 'Mika.', end_image: 'e.png' });
    assert.deepEqual(
      shot.leftOut.map(({ name, reason, origin }) => [name, reason, origin.kind]),
      [['refs', 'excludedByEnd', 'cast']],
    );
  });

  it('takes one ref on a shot for its refs', () =>
    assert.deepEqual(resolved('# SH1\n- model: bytedance/seedance-2\n- ref: a.png\n\nA cat.').body.reference_images, ['a.png']));

  it('tells what it left out and why', () => {
    const shot = resolved(`---\nmodel: kling/kling-2.5\nresolution: 1080p\n---\n${cast}# SH1\n{{@mika}}.`);
    assert.deepEqual(
      shot.leftOut.map(({ name, reason, origin }) => [name, reason, origin.kind]),
      [
        ['resolution', 'modelLacksIt', 'frontMatter'],
        ['refs', 'noReferences', 'cast'],
      ],
    );
  });

  it('knows frames of other shots, and what the shot says of itself', () => {
    const shot = resolved(
      '# SH2\n- model: kling/kling-2.5\n- start: last-frame(SH1)\n- end: frame( sh3 @ 2.4 )\n- pick: ３\n- omit: yes\n- alt: 1A\n- clip: own.mp4\n\nA.',
    );
    assert.deepEqual(
      shot.frames.map(({ role, frame }) => [role, frame]),
      [
        ['start_image', { which: 'last', shot: 'SH1' }],
        ['end_image', { which: 'at', shot: 'sh3', seconds: 2.4 }],
      ],
    );
    assert.deepEqual([shot.pick, shot.omit, shot.alt, shot.clip, shot.approve], [3, true, '1A', 'own.mp4', false]);
  });

  const wrong: readonly (readonly [name: string, text: string, findings: readonly (readonly [string, string, string])[]])[] = [
    ['nothing', '---\nmodel: kling/kling-2.5\n---\n# SH1\n- duration: 10\n\nA cat.', []],
    [
      'a length that the model lacks, at its value',
      '# SH1\n- model: kling/kling-2.5\n- duration: 7\n\nA cat.',
      [['error', 'notInList', '7']],
    ],
    ['an inherited one at the shot', '---\nduration: 7\n---\n# SH1\n- model: kling/kling-2.5\n\nA cat.', [['error', 'notInList', 'SH1']]],
    [
      'a field of another model at its key',
      '# SH1\n- model: kling/kling-2.5\n- resolution: 720p\n\nA cat.',
      [['error', 'unknownField', 'resolution']],
    ],
    ['a model that nobody knows', '# SH1\n- model: kling/kling-99\n\nA cat.', [['error', 'unknownModel', 'kling/kling-99']]],
    ['no model', '# SH1\n\nA cat.', [['error', 'noModel', 'SH1']]],
    [
      'a block that is unknown, at its mention',
      '# SH1\n- model: kling/kling-2.5\n\nA <!-- x --> {{fog}} cat.',
      [['error', 'unknownBlock', '{{fog}}']],
    ],
    [
      'a negative prompt',
      '# SH1\n- model: kling/kling-2.5\n- negative_prompt: rain\n\nA cat.',
      [['warning', 'negativePrompt', 'negative_prompt']],
    ],
    [
      'parts of a prompt that do not fill the shot',
      '# SH1\n- model: kling/kling-3.0\n- duration: 9\n- multi_prompt:\n  - 4 s: A cat.\n  - 6 s: A dog.\n\nA bird.',
      [['warning', 'partsSum', '\n  - 4 s: A cat.\n  - 6 s: A dog.']],
    ],
    ['nothing of parts that do', '# SH1\n- model: kling/kling-3.0\n- multi_prompt:\n  - 2.5 s: A cat.\n  - 2.5 s: A dog.\n\nA bird.', []],
    ['nothing of a shot without a prompt', '# SH1\n- model: kling/kling-2.5', []],
  ];
  for (const [name, text, findings] of wrong)
    it(`is told of ${name}`, async () => {
      const found = await checkShot(resolved(text));
      assert.deepEqual(
        found.map((one) => [one.severity, one.code === 'request' ? one.finding.code : one.code, text.slice(one.start, one.end)]),
        findings,
      );
    });
});
