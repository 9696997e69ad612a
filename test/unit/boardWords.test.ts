import assert from 'node:assert/strict';
import type { Catalogue } from '../../src/catalogue/model';
import { boardSentences } from '../../src/editor/boardSentences';
import { errorsOf } from '../../src/storyboard/boardSeverity';
import { boardOf } from '../support/boardOf';
import { loadCatalogue } from '../support/models';

const kling = '---\nmodel: kling/kling-2.5\n---\n';

describe('what is said of a storyboard', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await loadCatalogue();
  });

  const rows: readonly (readonly [name: string, text: string, said: readonly string[]])[] = [
    [
      'an inherited value names its place, and stands at the shot',
      '---\nmodel: google/veo-3.1\nduration: 5\n---\n# SH1\nA cat.\n',
      ['error SH1: Veo 3.1: duration must be one of: 4, 6, 8 (from the front matter)'],
    ],
    [
      'a heading is named by its words',
      `${kling}# Night\n- duration: 7\n\n## SH1\nA cat.\n`,
      ['error SH1: Kling 2.5: duration must be one of: 5, 10 (from the heading “Night”)'],
    ],
    ['a block that is not there', `${kling}# SH1\n{{stile}} A cat.\n`, ['error {{stile}}: There is no block named stile for this shot.']],
    [
      'a model of a whole board once',
      '---\nmodel: kling/kling-9\n---\n# SH1\nA cat.\n# SH2\nA dog.\n',
      ['error kling/kling-9: Krea offers no video model kling/kling-9.'],
    ],
    ['no model at all', '# SH1\nA cat.\n', ['error SH1: No model is chosen: neither in this storyboard nor in the settings.']],
    ['a shot without a prompt is not wrong', `${kling}# SH1\n- duration: 7\n`, []],
    [
      'signs that mean something elsewhere are words here',
      `${kling}# SH1\n{{[x](command:y)}} A cat.\n`,
      ['error {{[x](command:y)}}: There is no block named [x](command:y) for this shot.'],
    ],
  ];
  for (const [name, text, said] of rows)
    it(name, async () => {
      const board = await boardOf(text, { catalogue });
      const sentences = boardSentences(board, () => false);
      assert.deepEqual(
        sentences.map(({ severity, start, end, words }) => `${severity} ${text.slice(start, end)}: ${words}`),
        said,
      );
    });

  it('is a hint where the shot has the take it is to have, but for what mixes up the text', async () => {
    const board = await boardOf(`${kling}# SH1\n- duration: 7\n\nA cat.\n# SH1\n- duration: 5\n\nA dog.\n`, { catalogue });
    const severities = boardSentences(board, () => true).map(({ code, severity }) => [code, severity]);
    assert.deepEqual(severities, [
      ['duplicateId', 'error'],
      ['notInList', 'hint'],
    ]);
  });

  const blocking: readonly (readonly [name: string, text: string, blocks: boolean])[] = [
    ['its own value', `${kling}# SH1\n- duration: 7\n\nA cat.\n`, true],
    ['its own key twice', `${kling}# SH1\n- duration: 5\n- duration: 10\n\nA cat.\n`, true],
    ['a key twice above it', `${kling}# Act\n- duration: 5\n- duration: 10\n\n## SH1\nA cat.\n`, true],
    ['a key twice in another scene', `${kling}# SH1\nA cat.\n# Act\n- duration: 5\n- duration: 10\n\n## SH2\nA dog.\n`, false],
    ['a front matter that cannot be read', '---\nmodel: kling/kling-2.5\nduration: [5\n---\n# SH1\nA cat.\n', true],
    ['a warning', `${kling}# SH1\nA cat.\n---\n`, false],
  ];
  for (const [name, text, blocks] of blocking)
    it(`${blocks ? 'keeps a shot from being generated' : 'leaves a shot alone'}: ${name}`, async () => {
      const board = await boardOf(text, { catalogue });
      const [shot] = board.shots;
      assert.ok(shot);
      assert.equal(errorsOf(board, shot).length > 0, blocks);
    });
});
