import assert from 'node:assert/strict';
import { answerShape, jsonShape } from '../../src/krea/answerShape';

const krea = new URL('https://api.krea.ai');

describe('the shape of an answer', () => {
  const id = '0b6a8f2e-1c4d-4e5f-8a9b-0c1d2e3f4a5b';
  const cases: readonly (readonly [name: string, value: unknown, shape: string])[] = [
    [
      'names fields, kinds and words of state',
      { job_id: id, status: 'intermediate-complete', type: 'videoV2', created_at: '2026-01-02T03:04:05.678Z', completed_at: null },
      '{job_id: uuid, status: intermediate-complete, type: videoV2, created_at: time (UTC), completed_at: null}',
    ],
    ['counts equal items once', { items: [{ n: 1 }, { n: 2 }, { n: 'x' }] }, '{items: [2 × {n: number}, {n: text}]}'],
    ['shows no text', { prompt: 'A red fox', message: 'Hello Ada' }, '{prompt: text, message: text}'],
    ['shows no sentence in the place of a word', { status: 'sent by Ada Lovelace', code: 'nsfw' }, '{status: text, code: nsfw}'],
    ['shows no name that is none of a field', { '/home/ada': 1, 'a b': true }, '{(a name): number, (a name): boolean}'],
    [
      'says where an address leads and how it is signed, not which it is',
      ['https://gen.krea.ai/v/secret.mp4?Expires=1&Signature=abc', 'https://cdn.example/x', 'http://127.0.0.1:4571/a.png#t=1'],
      '[address (https at krea.ai, .mp4, query Expires Signature), address (https at another host, no ending), ' +
        'address (http at this computer, .png, fragment)]',
    ],
    ['ends in the depth', { a: { a: { a: { a: { a: { a: { a: 1 } } } } } } }, '{a: {a: {a: {a: {a: {a: {…}}}}}}}'],
    ['is that of any JSON', 'plain', 'text'],
  ];
  for (const [name, value, shape] of cases) it(name, () => assert.equal(jsonShape(value, krea), shape));

  const answers: readonly (readonly [name: string, text: string, body: string])[] = [
    ['of JSON', '{"items":[]}', '{items: []}'],
    ['of a web page', '<!DOCTYPE html><p>Ada', 'no JSON, markup'],
    ['of nothing', '', 'no JSON, empty'],
    ['of half an answer', '{"items":[', 'no JSON, text'],
  ];
  for (const [name, text, body] of answers)
    it(`with status and header names, ${name}`, () => {
      const headers = { etag: '"ada"', 'content-type': 'application/json; charset=utf-8', 'x-ada@home': 'x', date: 'today' };
      assert.deepEqual(answerShape({ status: 200, headers, text, whole: true }, krea), [
        'status   200, application/json, whole',
        'headers  content-type date etag',
        `body     ${body}`,
      ]);
    });
});
