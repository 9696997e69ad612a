import assert from 'node:assert/strict';
import { checkRequest, type Finding, isError } from '../../src/catalogue/checkRequest';
import type { Json, JsonObject, Model, Parameter } from '../../src/catalogue/model';
import { withDefaults } from '../../src/catalogue/requestDefaults';
import { leastBody, loadCatalogue, modelOf } from '../support/models';

const address = 'https://gen.krea.ai/images/a.png';

describe('checking a request', () => {
  const table: readonly (readonly [string, string, Json, readonly object[]])[] = [
    ['nothing but a prompt', 'kling/kling-2.5', { prompt: 'x' }, []],
    ['a missing prompt', 'kling/kling-2.5', {}, [{ code: 'missing', path: ['prompt'], params: { name: 'prompt' } }]],
    [
      'a stranger',
      'kling/kling-2.5',
      { prompt: 'x', negative_prompt: 'y' },
      [{ code: 'unknownField', path: ['negative_prompt'], params: { name: 'negative_prompt' } }],
    ],
    [
      'a hyphen',
      'kling/kling-2.5',
      { prompt: 'x', 'Aspect-Ratio': '1:1' },
      [{ code: 'unknownField', path: ['Aspect-Ratio'], params: { name: 'Aspect-Ratio', near: 'aspect_ratio' } }],
    ],
    [
      'a retired name',
      'kling/kling-2.5',
      { prompt: 'x', aspectRatio: '1:1' },
      [{ code: 'retiredName', path: ['aspectRatio'], params: { name: 'aspectRatio', replacement: 'aspect_ratio' } }],
    ],
    [
      'a retired name of a field that is gone too',
      'kling/kling-2.5',
      { prompt: 'x', startVideo: address },
      [{ code: 'unknownField', path: ['startVideo'], params: { name: 'startVideo' } }],
    ],
    [
      'a value off the list',
      'kling/kling-2.5',
      { prompt: 'x', duration: 7 },
      [{ code: 'notInList', path: ['duration'], params: { allowed: [5, 10] } }],
    ],
    [
      'the case of a value',
      'google/veo-3.1',
      { prompt: 'x', resolution: '4k' },
      [{ code: 'notInList', path: ['resolution'], params: { allowed: ['720p', '1080p', '4K'] } }],
    ],
    [
      'a text for a number',
      'kling/kling-3.0',
      { prompt: 'x', duration: '5' },
      [{ code: 'wrongType', path: ['duration'], params: { expected: ['number'] } }],
    ],
    [
      'null where it may not be',
      'kling/kling-2.5',
      { prompt: 'x', start_image: null },
      [{ code: 'wrongType', path: ['start_image'], params: { expected: ['string'] } }],
    ],
    ['null where it may be', 'google/veo-3', { prompt: 'x', start_image: null }, []],
    ['too few seconds', 'kling/kling-3.0', { prompt: 'x', duration: 2 }, [{ code: 'outOfRange', path: ['duration'], params: { min: 3 } }]],
    [
      'a fraction of a second',
      'alibaba/wan-3.0',
      { prompt: 'x', duration: 5.5 },
      [{ code: 'wrongType', path: ['duration'], params: { expected: ['integer'] } }],
    ],
    ['a prompt too long', 'vidu/q3', { prompt: 'x'.repeat(2001) }, [{ code: 'tooLong', path: ['prompt'], params: { limit: 2000 } }]],
    ['a prompt of emoji, counted as people count', 'vidu/q3', { prompt: '🌊'.repeat(2000) }, []],
    ['an empty prompt', 'alibaba/wan-2.5', { prompt: '' }, [{ code: 'tooShort', path: ['prompt'], params: { limit: 1 } }]],
    [
      'a path for an address',
      'kling/kling-2.5',
      { prompt: 'x', start_image: 'stills/a.png' },
      [{ code: 'wrongFormat', path: ['start_image'], params: { format: 'uri' } }],
    ],
    [
      'a fault inside a list',
      'kling/kling-3.0',
      { prompt: 'x', multi_prompt: [{ prompt: 'y', duration: 16 }] },
      [{ code: 'outOfRange', path: ['multi_prompt', 0, 'duration'], params: { max: 15 } }],
    ],
    [
      'an end image beside references',
      'bytedance/seedance-2',
      { prompt: 'x', end_image: address, reference_images: [address] },
      [{ code: 'excludes', path: ['end_image'], params: { names: ['end_image', 'reference_images'] } }],
    ],
    ['an end image beside no references', 'bytedance/seedance-2-fast', { prompt: 'x', end_image: address, reference_images: [] }, []],
    ['the same on a model that takes both', 'google/veo-3.1', { prompt: 'x', end_image: address, reference_images: [address] }, []],
    [
      'the same on its siblings, of which it is only likely',
      'bytedance/seedance-2-fast',
      { prompt: 'x', end_image: address, reference_images: [address] },
      [{ code: 'excludes', path: ['end_image'], severity: 'warning', params: { names: ['end_image', 'reference_images'] } }],
    ],
    [
      'a start image where an upright video is asked for',
      'bytedance/seedance-1.0-pro',
      { prompt: 'x', start_image: address, aspect_ratio: '9:16' },
      [{ code: 'overridesRatio', path: ['start_image'], severity: 'warning', params: { name: 'start_image' } }],
    ],
    ['a start image where a wide one is', 'bytedance/seedance-1.0-pro', { prompt: 'x', start_image: address }, []],
    [
      'a field inside a list that nobody has heard of',
      'kling/kling-3.0',
      { prompt: 'x', multi_prompt: [{ prompt: 'y', duration: 5, Prompt: 'z' }] },
      [{ code: 'unknownField', path: ['multi_prompt', 0, 'Prompt'], severity: 'warning', params: { name: 'Prompt', near: 'prompt' } }],
    ],
    [
      'what is missing inside a list',
      'kling/kling-3.0',
      { prompt: 'x', multi_prompt: [{ prompt: 'y' }] },
      [{ code: 'missing', path: ['multi_prompt', 0, 'duration'], params: { name: 'duration' } }],
    ],
    [
      'a pattern that does not fit',
      'kling/kling-o1',
      { prompt: 'x', video_reference: { url: address, tag: 'Tag' } },
      [{ code: 'wrongFormat', path: ['video_reference', 'tag'], params: { format: '^[a-z][a-z0-9_-]+$' } }],
    ],
    [
      'a file of another host',
      'kling/kling-2.5',
      { prompt: 'x', start_image: 'https://example.org/a.png' },
      [{ code: 'doubtfulAddress', path: ['start_image'], severity: 'warning', params: { why: 'otherHost' } }],
    ],
    [
      'the bytes of a file, and many of them',
      'kling/kling-2.5',
      { prompt: 'x', start_image: `data:image/png;base64,${'A'.repeat(2000)}` },
      [
        { code: 'tooLong', path: ['start_image'], severity: 'warning', params: { limit: 1024 } },
        { code: 'doubtfulAddress', path: ['start_image'], severity: 'warning', params: { why: 'data' } },
      ],
    ],
    [
      'a file on this computer inside a list',
      'kling/kling-o1',
      { prompt: 'x', element_references: [{ images: ['file:///tmp/a.png'], tag: 'cat' }] },
      [
        {
          code: 'doubtfulAddress',
          path: ['element_references', 0, 'images', 0],
          severity: 'warning',
          params: { why: 'notWeb' },
        },
      ],
    ],
    [
      'a switch that does nothing any more',
      'bytedance/seedance-2',
      { prompt: 'x', generate_audio: false },
      [{ code: 'deprecatedField', path: ['generate_audio'], severity: 'warning', params: { name: 'generate_audio' } }],
    ],
    ['something that is no body', 'kling/kling-2.5', ['x'], [{ code: 'wrongType', path: [], params: { expected: ['object'] } }]],
    [
      'the name of the prototype',
      'kling/kling-2.5',
      JSON.parse('{"prompt":"x","__proto__":1}'),
      [{ code: 'unknownField', path: ['__proto__'], params: { name: '__proto__' } }],
    ],
  ];
  for (const [what, id, body, expected] of table) {
    it(`finds what is to be found with ${what}`, async () => {
      assert.deepEqual(
        await checkRequest(await modelOf(id), body),
        expected.map((finding) => ({ severity: 'error', ...finding })),
      );
    });
  }

  it('finds everything at once', async () => {
    const findings = await checkRequest(await modelOf('kling/kling-2.5'), { duration: 7, seed: 1, aspectRatio: 1 });
    assert.deepEqual(findings.map(({ code }) => code).sort(), ['missing', 'notInList', 'retiredName', 'unknownField']);
  });
});

describe('checking requests to every model', () => {
  it('passes the least body, and the same with all defaults', async () => {
    for (const model of (await loadCatalogue()).models) {
      assert.deepEqual(await checkRequest(model, leastBody(model)), [], model.id);
      assert.deepEqual(await checkRequest(model, withDefaults(model, leastBody(model))), [], model.id);
    }
  });

  it('passes every value it lists and every limit, and finds what is one beyond', async () => {
    let tried = 0;
    for (const model of (await loadCatalogue()).models) {
      for (const parameter of model.parameters) {
        for (const [value, code] of edgesOf(parameter)) {
          const findings = await checkRequest(model, { ...leastBody(model), [parameter.name]: value });
          const here = findings.filter(({ path }) => path[0] === parameter.name);
          const found = here.filter((finding) => code !== undefined || isError(finding)).map((finding) => finding.code);
          const told = `${model.id} ${parameter.name} = ${JSON.stringify(value)?.slice(0, 40)}`;
          if (code === undefined) assert.deepEqual(found, [], told);
          else assert.ok(found.includes(code), `${told}: ${found}`);
          tried++;
        }
      }
    }
    assert.ok(tried > 800, `${tried}`);
  });

  it('finds each field that a model requires, one that it lacks, and null where it is not allowed', async () => {
    for (const model of (await loadCatalogue()).models) {
      const least = leastBody(model);
      for (const parameter of model.parameters) {
        if (parameter.required) await finds(model, without(least, parameter.name), 'missing', parameter);
        if (!parameter.nullable)
          await finds(model, { ...least, [parameter.name]: null }, parameter.values ? 'notInList' : 'wrongType', parameter);
      }
      assert.deepEqual(
        (await checkRequest(model, { ...least, no_such_field: 1 })).map(({ code }) => code),
        ['unknownField'],
        model.id,
      );
    }
  });
});

async function finds(model: Model, body: JsonObject, code: string, { name }: Parameter): Promise<void> {
  const findings = await checkRequest(model, body);
  assert.ok(
    findings.some((finding) => finding.code === code && finding.path[0] === name),
    `${model.id} ${name}: ${JSON.stringify(findings)}`,
  );
}

const without = (body: JsonObject, name: string): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([field]) => field !== name));

type Edge = readonly [Json, Finding['code']?];

/** Values at and beyond each limit, with the code of the finding or undefined. */
function edgesOf({ values, kind, min, max, minLength, maxLength, minItems, maxItems, items }: Parameter): readonly Edge[] {
  const list = (length: number) => Array.from({ length }, () => (items?.kind === 'uri' ? address : { id: 'a', strength: 1 }));
  const text = (length: number) => (kind === 'uri' ? address.padEnd(length, 'a') : 'x'.repeat(length));
  return [
    ...(values ?? []).map((value): readonly [Json] => [value]),
    ...(values ? ([['no such value', 'notInList']] as const) : []),
    ...(min === undefined ? [] : ([[min], [min - 1, 'outOfRange']] as const)),
    ...(max === undefined ? [] : ([[max], [max + 1, 'outOfRange']] as const)),
    ...(kind === 'integer' && min !== undefined && Number.isInteger(min) && min > -1e6 ? ([[min + 0.5, 'wrongType']] as const) : []),
    ...(minLength === undefined || minLength === 0 ? [] : ([[text(minLength)], [text(minLength - 1), 'tooShort']] as const)),
    ...(maxLength === undefined ? [] : ([[text(maxLength)], [text(maxLength + 1), 'tooLong']] as const)),
    ...(minItems ? ([[list(minItems - 1), 'tooFew']] as const) : []),
    ...(maxItems === undefined ? [] : ([[list(maxItems + 1), 'tooMany']] as const)),
    ...(maxItems === undefined || items?.kind !== 'uri' ? [] : ([[list(maxItems)]] as const)),
    ...(kind === 'boolean' ? ([[true], [false], ['true', 'wrongType']] as const) : []),
  ];
}
