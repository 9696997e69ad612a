import assert from 'node:assert/strict';
import type { JsonObject } from '../../src/catalogue/model';
import { buildRequest } from '../../src/storyboard/request';
import { requestHash } from '../../src/storyboard/requestHash';
import { leastBody, loadCatalogue, modelOf } from '../support/models';

const prompts = [
  ['one character', 'x'],
  ['8,000 characters', '灯'.repeat(8000)],
  ['emoji', '👩‍👩‍👧 🌊'],
  ['right-to-left text', 'منارة\u202e abc'],
  ['signs of other languages', '$(zap) <img src=x onerror=alert(1)> [a](command:b) {{style}}\r\n"quotes"'],
] as const;

describe('a request', () => {
  for (const [what, prompt] of prompts) {
    it(`sends a prompt of ${what} as it stands`, async () => {
      const built = buildRequest({ prompt, modelId: 'kling/kling-2.5', parameters: {} }, await loadCatalogue());
      assert.deepEqual(built.kind === 'request' && built.request.body, { prompt });
    });
  }

  it('holds model, body and price of a prompt and its parameters', async () => {
    const built = buildRequest(
      { prompt: 'x', modelId: 'kling/kling-2.5', parameters: { duration: 10, aspect_ratio: '1:1' } },
      await loadCatalogue(),
    );
    assert.deepEqual(built.kind === 'request' && built.request, {
      model: { id: 'kling/kling-2.5', name: 'Kling 2.5', endpoint: '/generate/video/kling/kling-2.5' },
      prompt: 'x',
      body: { prompt: 'x', duration: 10, aspect_ratio: '1:1' },
      price: { kind: 'about', microUsd: 735_234, date: '2026-05' },
      leftOut: [],
    });
  });

  it('says what it leaves out and why, and keeps what the model may refuse', async () => {
    const parameters: JsonObject = JSON.parse(
      '{"duration":7,"seed":1,"aspectRatio":"1:1","startVideo":"a","prompt":"other","__proto__":{"duration":5},"toString":1}',
    );
    const built = buildRequest({ prompt: 'x', modelId: 'kling/kling-2.5', parameters }, await loadCatalogue());
    assert.ok(built.kind === 'request');
    assert.deepEqual(built.request.body, { prompt: 'x', duration: 7 });
    assert.deepEqual(
      built.request.leftOut.map((entry) => [entry.name, entry.reason, 'replacement' in entry ? entry.replacement : '']),
      [
        ['seed', 'modelLacksIt', ''],
        ['aspectRatio', 'retiredName', 'aspect_ratio'],
        ['startVideo', 'modelLacksIt', ''],
        ['prompt', 'promptIsTheText', ''],
        ['__proto__', 'modelLacksIt', ''],
        ['toString', 'modelLacksIt', ''],
      ],
    );
  });

  it('is not built for a model that is gone or was never there', async () => {
    const catalogue = await loadCatalogue();
    assert.deepEqual(buildRequest({ prompt: 'x', modelId: 'runway/gen-3', parameters: {} }, catalogue), {
      kind: 'noLongerOffered',
      id: 'runway/gen-3',
      name: 'Runway Gen-3',
    });
    assert.deepEqual(buildRequest({ prompt: 'x', modelId: 'Kling 2.5', parameters: {} }, catalogue), {
      kind: 'unknownModel',
      id: 'Kling 2.5',
    });
  });
});

describe('the hash of a request', () => {
  const base = { prompt: 'A lighthouse\nin a storm.', duration: 5, start_image: 'https://gen.krea.ai/a.png' };
  const hashes = new Map([
    ['https://gen.krea.ai/a.png', 'a'.repeat(64)],
    ['https://gen.krea.ai/again.png', 'a'.repeat(64)],
    ['https://gen.krea.ai/b.png', 'b'.repeat(64)],
  ]);
  const table: readonly (readonly [string, JsonObject, boolean])[] = [
    ['another order of fields', { start_image: base.start_image, duration: 5, prompt: base.prompt }, true],
    ['a re-wrapped prompt', { ...base, prompt: '  A   lighthouse in\r\n\ta storm.\n' }, true],
    ['a default written out', { ...base, aspect_ratio: '16:9' }, true],
    ['a default left out', { prompt: base.prompt, start_image: base.start_image }, true],
    ['a new upload of the same file', { ...base, start_image: 'https://gen.krea.ai/again.png' }, true],
    ['another word', { ...base, prompt: 'A lighthouse in the storm.' }, false],
    ['another case', { ...base, prompt: base.prompt.toUpperCase() }, false],
    ['another length', { ...base, duration: 10 }, false],
    ['another picture', { ...base, start_image: 'https://gen.krea.ai/b.png' }, false],
    ['the picture elsewhere', { prompt: base.prompt, duration: 5, end_image: base.start_image }, false],
    ['no picture', { prompt: base.prompt, duration: 5 }, false],
  ];
  for (const [what, body, same] of table) {
    it(`is ${same ? 'the same' : 'another'} for ${what}`, async () => {
      const model = await modelOf('kling/kling-2.5');
      assert.equal(requestHash(model, body, hashes) === requestHash(model, base, hashes), same);
    });
  }

  it('keeps order in lists and inside nested fields', async () => {
    const model = await modelOf('kling/kling-3.0');
    const parts = [
      { prompt: 'a', duration: 2 },
      { duration: 3, prompt: 'b' },
    ];
    const turned = [
      { duration: 2, prompt: 'a' },
      { prompt: 'b', duration: 3 },
    ];
    assert.equal(requestHash(model, { prompt: 'x', multi_prompt: parts }), requestHash(model, { prompt: 'x', multi_prompt: turned }));
    assert.notEqual(
      requestHash(model, { prompt: 'x', multi_prompt: parts }),
      requestHash(model, { prompt: 'x', multi_prompt: parts.toReversed() }),
    );
  });

  it('takes a field that is null for one that is absent', async () => {
    const model = await modelOf('google/veo-3');
    assert.equal(requestHash(model, { prompt: 'x', start_image: null }), requestHash(model, { prompt: 'x' }));
  });

  it('differs from model to model', async () => {
    const found = (await loadCatalogue()).models.map((model) => requestHash(model, leastBody(model)));
    assert.equal(new Set(found).size, found.length);
    for (const hash of found) assert.match(hash, /^[0-9a-f]{64}$/);
  });

  it('is the same in every release: stored hashes are compared with it', async () => {
    assert.equal(
      requestHash(await modelOf('kling/kling-2.5'), base, hashes),
      'f576a0547968ff68ea2374984ab458711705869d22eec3c93a7c43ab277ca186',
    );
  });
});
