import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkRequest } from '../../src/catalogue/checkRequest';
import type { JsonObject } from '../../src/catalogue/model';
import { inputsOf, withInputs, withStandIns } from '../../src/storyboard/inputs';
import { type InputShape, inputWarnings, nearestRatio } from '../../src/storyboard/inputWarnings';
import { requestHash } from '../../src/storyboard/requestHash';
import { resolveInputs } from '../../src/storyboard/resolveInputs';
import { modelOf } from '../support/models';

describe('the files of a request', () => {
  const id = '11111111-1111-4111-8111-111111111111';
  const rows: readonly (readonly [string, string, JsonObject, readonly (readonly [string, string, string])[]])[] = [
    ['a start image', 'kling/kling-2.5', { start_image: 'a.png' }, [['start_image', 'image', 'a.png']]],
    ['a path with a drive', 'kling/kling-2.5', { start_image: 'C:\\stills\\a.png' }, [['start_image', 'image', 'C:\\stills\\a.png']]],
    ['a file address', 'kling/kling-2.5', { end_image: 'file:///a.png' }, [['end_image', 'image', 'file:///a.png']]],
    ['addresses', 'kling/kling-2.5', { start_image: 'https://gen.krea.ai/a.png', end_image: 'data:image/png;base64,AA' }, []],
    ['nothing', 'kling/kling-2.5', { start_image: '', end_image: null }, []],
    ['texts that are no files', 'kling/kling-2.5', { prompt: 'a.png', aspect_ratio: 'b.png' }, []],
    ['fields that the model lacks', 'kling/kling-2.5', { reference_images: ['a.png'] }, []],
    [
      'lists, beside addresses',
      'bytedance/seedance-2',
      { reference_images: ['https://gen.krea.ai/a.png', 'b.png'], reference_audios: ['c.mp3'], reference_videos: ['d.mp4'] },
      [
        ['reference_images.1', 'image', 'b.png'],
        ['reference_audios.0', 'audio', 'c.mp3'],
        ['reference_videos.0', 'video', 'd.mp4'],
      ],
    ],
    [
      'nested fields',
      'bytedance/seedance-2',
      { effects: [{ id, name: 'glow', asset_url: 'glow.mp4', asset_type: 'video' }] },
      [['effects.0.asset_url', 'any', 'glow.mp4']],
    ],
    [
      'lists in objects in lists',
      'kling/kling-o1',
      { element_references: [{ tag: 'mika', images: ['a.png', 'b.png'] }], video_reference: { url: 'c.mp4', tag: 'take' } },
      [
        ['element_references.0.images.0', 'image', 'a.png'],
        ['element_references.0.images.1', 'image', 'b.png'],
        ['video_reference.url', 'video', 'c.mp4'],
      ],
    ],
  ];
  for (const [what, modelId, fields, expected] of rows)
    it(`are found in ${what}, and the rest is checked as if they were at Krea`, async () => {
      const model = await modelOf(modelId);
      const body = { prompt: 'x', ...fields };
      const places = inputsOf(model, body);
      assert.deepEqual(
        places.map(({ role, media, written }) => [role, media, written]),
        expected,
      );
      assert.deepEqual(
        withInputs(body, places, ({ written }) => written),
        body,
      );
      const findings = await checkRequest(model, withStandIns(model, body));
      assert.deepEqual(
        findings.filter(({ path: at }) => expected.some(([role]) => role === at.join('.'))),
        [],
      );
    });

  it('count in the hash by content alone', async () => {
    const model = await modelOf('kling/kling-2.5');
    const hash = (start_image: string) => requestHash(model, { prompt: 'x', start_image });
    const sha256 = 'a'.repeat(64);
    const asUploaded = requestHash(model, { prompt: 'x', start_image: 'https://b' }, new Map([['https://b', sha256]]));
    assert.equal(hash(`sha256:${sha256}`), asUploaded);
    assert.notEqual(hash(`sha256:${'b'.repeat(64)}`), asUploaded);
  });
});

describe('the way from a request to its files', () => {
  let outside: string;
  let root: string;
  const file = (...parts: string[]): string => {
    const whole = path.join(outside, ...parts);
    mkdirSync(path.dirname(whole), { recursive: true });
    writeFileSync(whole, 'x');
    return whole;
  };
  beforeEach(() => {
    outside = realpathSync(mkdtempSync(path.join(tmpdir(), 'krea-inputs-')));
    root = path.join(outside, 'film');
    file('film', 'boards', 'stills', 'a.png');
    file('film', 'shared', 'b.png');
    file('secret.png');
    symlinkSync(path.join(outside, 'secret.png'), path.join(root, 'boards', 'link.png'));
    symlinkSync(path.join(root, 'shared'), path.join(root, 'boards', 'shared'));
    symlinkSync(outside, path.join(root, 'up'));
  });
  afterEach(() => rmSync(outside, { recursive: true, force: true }));

  const resolve = async (written: string, { chosen = [] as readonly string[], inWorkspace = true } = {}) => {
    const folder = path.join(root, 'boards');
    const place = { at: ['start_image'], role: 'start_image', media: 'image' as const, written };
    const resolved = await resolveInputs([place], {
      bases: inWorkspace ? [folder, root] : [folder],
      root: inWorkspace ? root : folder,
      chosen: new Set(chosen),
    });
    return resolved.kind === 'inputs' ? resolved.inputs.map(({ shown }) => shown).join() : resolved.why;
  };

  const rows: readonly (readonly [string, () => string, string])[] = [
    ['beside the text', () => 'stills/a.png', 'boards/stills/a.png'],
    ['with spaces around it', () => ' ./stills/../stills/a.png ', 'boards/stills/a.png'],
    ['in the workspace folder', () => 'shared/b.png', 'shared/b.png'],
    ['above the text, inside the workspace folder', () => '../shared/b.png', 'shared/b.png'],
    ['absolute, inside', () => path.join(root, 'shared', 'b.png'), 'shared/b.png'],
    ['as a file address, inside', () => pathToFileURL(path.join(root, 'shared', 'b.png')).href, 'shared/b.png'],
    ['through a link that stays inside', () => 'shared/b.png', 'shared/b.png'],
    ['above the workspace folder', () => '../../secret.png', 'outside'],
    ['absolute, outside', () => path.join(outside, 'secret.png'), 'outside'],
    ['as a file address, outside', () => pathToFileURL(path.join(outside, 'secret.png')).href, 'outside'],
    ['a link that leads out', () => 'link.png', 'outside'],
    ['through a folder that is a link out', () => '../up/secret.png', 'outside'],
    ['a system file', () => '/etc/hostname', 'outside'],
    ['not there', () => 'stills/c.png', 'missing'],
    ['below a file', () => 'stills/a.png/c.png', 'missing'],
    ['with a NUL', () => 'stills/a.png\0.png', 'missing'],
    ['a file address with a host', () => 'file://elsewhere/a.png', 'missing'],
  ];
  for (const [what, written, expected] of rows.filter(([what]) => process.platform !== 'win32' || !/system|host/.test(what)))
    it(`${what}: ${expected}`, async () => assert.equal(await resolve(written()), expected));

  it('leads outside for a file that the user chose, which is shown by its name alone', async () => {
    const secret = path.join(outside, 'secret.png');
    assert.equal(await resolve(secret, { chosen: [secret] }), 'secret.png');
    assert.equal(await resolve('../../secret.png', { chosen: [secret] }), 'outside');
  });

  it('ends at the folder of the file where there is no workspace folder', async () => {
    assert.equal(await resolve('stills/a.png', { inWorkspace: false }), 'stills/a.png');
    assert.equal(await resolve('../shared/b.png', { inWorkspace: false }), 'outside');
  });

  it('leads nowhere for a text that has no folder', async () => {
    const place = { at: ['start_image'], role: 'start_image', media: 'image' as const, written: 'a.png' };
    const resolved = await resolveInputs([place], { bases: [], chosen: new Set() });
    assert.equal(resolved.kind === 'refused' && resolved.why, 'missing');
  });
});

describe('what speaks against an image', () => {
  const start = (width: number, height: number): InputShape => ({ role: 'start_image', media: 'image', size: { width, height } });
  const end = (width: number, height: number): InputShape => ({ ...start(width, height), role: 'end_image' });
  const rows: readonly (readonly [string, readonly InputShape[], JsonObject, readonly string[]])[] = [
    ['nothing', [start(1280, 720)], { aspect_ratio: '16:9' }, []],
    ['nothing, of a photo of 3:2', [start(3000, 2000)], { aspect_ratio: '16:9' }, []],
    ['its shorter side', [start(1280, 511)], {}, ['small start_image']],
    ['nothing at 512 pixels', [start(512, 512)], { aspect_ratio: '1:1' }, []],
    ['its shape', [start(720, 1280)], { aspect_ratio: '16:9' }, ['ratio start_image 16:9']],
    ['its shape, where a ratio is said in pixels', [start(1280, 720)], { aspect_ratio: '720:1280' }, ['ratio start_image 720:1280']],
    ['nothing, where the ratio follows the image', [start(720, 1280)], { aspect_ratio: 'adaptive' }, []],
    ['nothing, where no ratio is asked for', [start(720, 1280)], {}, []],
    ['both', [start(300, 400)], { aspect_ratio: '16:9' }, ['small start_image', 'ratio start_image 16:9']],
    ['an end of another shape', [start(1280, 720), end(1000, 1000)], {}, ['ends end_image 1280 × 720']],
    ['nothing, of an end without a start', [end(1000, 1000)], { aspect_ratio: '16:9' }, []],
    ['nothing that is not known', [{ role: 'start_image', media: 'image' }], { aspect_ratio: '16:9' }, []],
    [
      'the pixels of a reference',
      [{ ...start(100, 900), role: 'reference_images.0' }],
      { aspect_ratio: '16:9' },
      ['small reference_images.0'],
    ],
  ];
  for (const [what, inputs, body, expected] of rows)
    it(`is ${what}`, () =>
      assert.deepEqual(
        inputWarnings(inputs, body).map(({ code, role, other }) => [code, role, other].filter(Boolean).join(' ')),
        expected,
      ));

  const nearest: readonly (readonly [number, number, string | undefined])[] = [
    [1280, 720, '16:9'],
    [3000, 2000, '16:9'],
    [1100, 1000, '1:1'],
    [900, 1600, '9:16'],
    [1, 100, '9:16'],
  ];
  for (const [width, height, ratio] of nearest)
    it(`leaves ${ratio} as the ratio nearest to ${width} × ${height}`, () =>
      assert.equal(nearestRatio(['16:9', '9:16', '1:1', 'adaptive'], { width, height }), ratio));
  it('has no nearest ratio where there is none', () => assert.equal(nearestRatio(['adaptive'], { width: 1, height: 1 }), undefined));
});
