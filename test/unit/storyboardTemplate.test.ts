import assert from 'node:assert/strict';
import { limitsOf } from '../../src/catalogue/limits';
import type { Catalogue } from '../../src/catalogue/model';
import { checkShot } from '../../src/storyboard/checkShot';
import { knownKeys } from '../../src/storyboard/parameterKeys';
import { readStoryboard } from '../../src/storyboard/readStoryboard';
import { resolveShot } from '../../src/storyboard/resolveShot';
import { modelForTemplate, storyboardTemplate } from '../../src/storyboard/storyboardTemplate';
import { loadCatalogue } from '../support/models';

const languages = ['en', 'ja'] as const;

describe('a new storyboard', () => {
  let catalogue: Catalogue;
  before(async () => {
    catalogue = await loadCatalogue();
  });

  const around = () => ({ catalogue, modelId: '', parameters: {}, otherBlocks: [] });

  for (const language of languages) {
    it(`reads without a finding, whatever model it begins with (${language})`, async () => {
      const suited = catalogue.models.filter((model) => limitsOf(model).needs.length === 0);
      assert.ok(suited.length > 10);
      for (const model of suited) {
        const { text } = storyboardTemplate(language, model);
        const board = readStoryboard(text, knownKeys());
        assert.deepEqual(board.findings, []);
        for (const shot of board.shots) {
          const resolved = resolveShot(board, shot, around());
          assert.deepEqual(await checkShot(resolved), [], `${model.id} ${shot.id}`);
          assert.equal(resolved.modelId, model.id);
          assert.deepEqual(resolved.leftOut, []);
        }
      }
    });

    it(`shows each part of the format once, and leaves a shot to write (${language})`, () => {
      const model = modelForTemplate(catalogue, ['kling/kling-2.5']);
      const { text, cursor } = storyboardTemplate(language, model);
      const board = readStoryboard(text, knownKeys());
      assert.deepEqual(
        board.shots.map(({ id, prompt }) => [id, prompt !== undefined]),
        [
          ['SH010', true],
          ['SH020', true],
          ['SH030', true],
          ['SH040', false],
        ],
      );
      assert.deepEqual(
        board.frontMatter.map(({ name }) => name),
        ['storyboard', 'model', 'aspect_ratio', 'duration'],
      );
      assert.deepEqual(
        board.textBlocks.map(({ kind }) => kind),
        ['style', 'cast'],
      );
      const resolved = board.shots.map((shot) => resolveShot(board, shot, around()));
      assert.deepEqual(
        resolved.map(({ body }) => body.duration),
        [5, 10, 5, 5],
      );
      assert.deepEqual(
        resolved[2]?.frames.map(({ frame }) => frame.shot),
        ['SH020'],
      );
      assert.doesNotMatch(resolved.map(({ prompt }) => prompt?.text).join(), /\{\{/);
      assert.equal(cursor, text.length);
      // 45 lines are what a small window shows
      assert.ok(text.split('\n').length < 60);
    });
  }

  it('is written in the language of the editor, and in English where we have no other', () => {
    const text = (language: string) => storyboardTemplate(language, undefined).text;
    assert.match(text('ja'), /# 最後の渡し舟/);
    assert.equal(text('ja-JP'), text('ja'));
    assert.equal(text('de'), text('en'));
    assert.doesNotMatch(text('en'), /[\u3040-\u30ff\u4e00-\u9fff]/);
  });

  const choices: readonly (readonly [name: string, ids: readonly string[], id: string])[] = [
    ['that of the settings', ['google/veo-3.1', 'kling/kling-2.5'], 'google/veo-3.1'],
    ['the usual one where the settings name none', ['', 'kling/kling-2.5'], 'kling/kling-2.5'],
    ['the usual one where the settings name one that is gone', ['nobody/nothing-1', 'kling/kling-2.5'], 'kling/kling-2.5'],
  ];
  for (const [name, ids, id] of choices)
    it(`takes ${name}`, () => {
      assert.equal(modelForTemplate(catalogue, ids)?.id, id);
    });

  it('takes no model that needs more than a prompt, and goes without one where none is offered', () => {
    const needy = catalogue.models.find((model) => limitsOf(model).needs.length > 0);
    assert.ok(needy);
    assert.notEqual(modelForTemplate(catalogue, [needy.id])?.id, needy.id);
    assert.equal(modelForTemplate({ ...catalogue, models: [] }, ['kling/kling-2.5']), undefined);
    assert.match(storyboardTemplate('en', undefined).text, /^---\nstoryboard: 1\n---\n/);
  });
});
