import assert from 'node:assert/strict';
import { findModel } from '../../src/catalogue/model';
import { sunsetOf } from '../../src/catalogue/sunsetOf';
import { sunsetWords } from '../../src/editor/doubtWords';
import { readSubmitAnswer } from '../../src/krea/submitAnswer';
import { buildRequest } from '../../src/storyboard/request';
import { CatalogueLab } from './catalogueLab';

const kling = 'kling/kling-2.5';
const later = 'kling/kling-2.6';

describe('what an answer says of the end of a model', () => {
  const deprecation = '<https://docs.krea.ai/developers/deprecations>; rel="deprecation"; type="text/html"';
  const link = 'https://docs.krea.ai/developers/deprecations';
  const table: readonly (readonly [string, Readonly<Record<string, string>>, object | undefined])[] = [
    ['nothing', {}, undefined],
    ['nothing but a link', { link: deprecation }, undefined],
    ['that it ends', { deprecation: 'true' }, {}],
    ['when it ends', { sunset: 'Tue, 01 Dec 2026 00:00:00 GMT' }, { date: '2026-12-01' }],
    ['where it is explained', { deprecation: '@1759276800', link: deprecation }, { link }],
    ['a date that is none', { deprecation: 'true', sunset: 'soon' }, {}],
    [
      'what comes after it',
      { deprecation: 'true', link: `${deprecation}, </generate/video/${later}>; rel="successor-version"` },
      { link, replacement: `/generate/video/${later}` },
    ],
    ['two relations of one link', { deprecation: 'true', link: '<https://krea.ai/x>; rel="help sunset"' }, { link: 'https://krea.ai/x' }],
  ];
  for (const [what, headers, expected] of table)
    it(`reads ${what}`, () => {
      const text = '{"job_id":"550e8400-e29b-41d4-a716-446655440000","status":"queued"}';
      const answer = readSubmitAnswer({ kind: 'answer', answer: { status: 200, headers, text, whole: true } });
      assert.ok(answer.kind === 'accepted');
      assert.deepEqual(answer.sunset, expected);
    });

  for (const [named, id] of [
    [later, later],
    [`/generate/video/${later}`, later],
    [`https://api.krea.ai/generate/video/${later}`, later],
    ['kling-2.6', 'kling-2.6'],
    ['Kling 2.6, which is better', undefined],
    ['../jobs', undefined],
  ] as const)
    it(`takes ${named} for ${id ?? 'no model'}`, () => assert.equal(sunsetOf({ replacement: named }, false).replacement, id));
});

describe('the end of a model', () => {
  let lab: CatalogueLab;
  beforeEach(async () => {
    lab = await CatalogueLab.open();
  });
  afterEach(() => lab.close());

  it('is kept for every window, with the day on which Krea said so', async () => {
    const window = lab.window();
    await lab.load(window);
    await window.noteSunset(kling, sunsetOf({ date: '2026-12-01', replacement: later }, false));
    const expected = { date: '2026-12-01', replacement: later, seen: '2026-10-12', over: false };
    for (const one of [window, lab.window()]) {
      const found = findModel(await lab.load(one), kling);
      assert.deepEqual(found.kind === 'model' && found.model.sunset, expected);
    }
    await lab.hoursLater(30);
    const found = findModel(await lab.load(), kling);
    assert.deepEqual(found.kind === 'model' && found.model.sunset, expected);
  });

  it('is kept once more only when there is news of it', async () => {
    const window = lab.window();
    await window.noteSunset(kling, sunsetOf({ date: '2026-12-01' }, false));
    await lab.hoursLater(48);
    await window.noteSunset(kling, sunsetOf({ date: '2026-12-01' }, false));
    const seen = async () => {
      const found = findModel(await window.held(), kling);
      return found.kind === 'model' ? found.model.sunset : undefined;
    };
    assert.equal((await seen())?.seen, '2026-10-12');
    await window.noteSunset(kling, sunsetOf({ replacement: later }, false));
    assert.deepEqual(await seen(), { date: '2026-12-01', replacement: later, seen: '2026-10-14', over: false });
  });

  it('takes a refused model from a list that is no newer, and names what replaces it', async () => {
    const window = lab.window({ mayAsk: () => false });
    await window.noteSunset(kling, sunsetOf({ replacement: later }, true));
    const catalogue = await lab.load(window);
    assert.deepEqual(findModel(catalogue, kling), { kind: 'retired', model: { id: kling, name: 'Kling 2.5', replacement: later } });
    assert.deepEqual(buildRequest({ prompt: 'x', modelId: kling, parameters: {} }, catalogue), {
      kind: 'noLongerOffered',
      id: kling,
      name: 'Kling 2.5',
      replacement: later,
    });
  });

  it('offers a refused model again when Krea lists it, with a warning', async () => {
    const window = lab.window();
    await window.noteSunset(kling, sunsetOf({}, true));
    const found = findModel(await lab.load(window), kling);
    assert.ok(found.kind === 'model' && found.model.sunset?.over);
  });

  it('is told in a sentence', () => {
    const seen = '2026-10-12';
    assert.deepEqual(
      [
        { date: '2026-12-01', replacement: later, seen, over: false },
        { seen, over: false },
        { seen, over: true, replacement: later },
      ].map(sunsetWords),
      [
        'Krea offers this model until 2026-12-01. Krea names kling/kling-2.6 in its place.',
        'Krea will soon no longer offer this model.',
        'Krea has refused this model as no longer available. Krea names kling/kling-2.6 in its place.',
      ],
    );
  });
});
