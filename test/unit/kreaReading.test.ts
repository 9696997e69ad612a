import assert from 'node:assert/strict';
import { readJobReport } from '../../src/krea/jobReport';
import { readRefusal } from '../../src/krea/refusal';
import { retryAfterMs } from '../../src/krea/retryAfter';
import { readSubmitAnswer } from '../../src/krea/submitAnswer';
import type { HttpAnswer } from '../../src/krea/transport';

describe('krea: the words of a refusal', () => {
  const item = { path: ['duration'], message: 'must be 5 or 10' };
  const shapes: readonly (readonly [string, unknown, string, readonly string[]])[] = [
    ['error', { error: 'You have run out of credits' }, 'You have run out of credits', []],
    ['message', { message: 'Unauthorized' }, 'Unauthorized', []],
    ['error.message', { error: { message: 'Too long', code: 'x' } }, 'Too long', []],
    ['error.code', { error: { code: 'too_long' } }, 'too_long', []],
    ['detail as text', { detail: 'Not allowed' }, 'Not allowed', []],
    ['detail', { detail: [{ loc: ['body', 'duration'], msg: 'must be 5 or 10', type: 'x' }] }, 'duration: must be 5 or 10', ['duration']],
    ...['details', 'errors', 'issues', 'validationErrors', 'validation_errors'].flatMap(
      (name) =>
        [
          [name, { error: 'Validation failed', [name]: [item] }, 'Validation failed. duration: must be 5 or 10', ['duration']],
          [
            `error.${name}`,
            { error: { message: 'Validation failed', [name]: [item] } },
            'Validation failed. duration: must be 5 or 10',
            ['duration'],
          ],
        ] as const,
    ),
    [
      'a JSON pointer',
      { errors: [{ instancePath: '/multi_prompt/0/duration', message: 'too long' }] },
      'multi_prompt.0.duration: too long',
      ['multi_prompt.0.duration'],
    ],
    ['texts in a list', { errors: ['one', 'two'] }, 'one. two', []],
    ['a list of nonsense', { errors: [null, 7, {}] }, '', []],
    ['a page', '<!DOCTYPE html><html><body>Oh no</body></html>', '', []],
    ['nothing', '', '', []],
    ['numbers', { error: 7, message: null }, '', []],
    ['line breaks and length', { error: `a\n\n  b${'c'.repeat(900)}` }, `a b${'c'.repeat(497)}`, []],
  ];
  for (const [name, body, message, fields] of shapes)
    it(name, () => {
      const refusal = readRefusal({ text: typeof body === 'string' ? body : JSON.stringify(body) });
      assert.equal(refusal.message, message);
      assert.deepEqual(refusal.fields, fields);
    });
});

describe('krea: the answer to a submit', () => {
  const answer = (status: number, text: string): HttpAnswer => ({ status, headers: {}, text, whole: true });
  const id = '550e8400-e29b-41d4-a716-446655440000';
  const answers: readonly (readonly [string, HttpAnswer, string])[] = [
    ['200 with an id', answer(200, `{"job_id":"${id}","status":"queued"}`), 'accepted'],
    ['202 with an id', answer(202, `{"job_id":"${id}"}`), 'accepted'],
    ['a refusal with an id', answer(422, `{"job_id":"${id}","error":"x"}`), 'accepted'],
    ['half an id', answer(200, `{"job_id":"${id.slice(0, 30)}`), 'unknown'],
    ['an id, cut after it', answer(502, `{"job_id" : "${id}","sta`), 'accepted'],
    ['an empty id', answer(200, '{"job_id":""}'), 'unknown'],
    ['an id that is no text', answer(200, '{"job_id":7}'), 'unknown'],
    ['200 without an id', answer(200, '{}'), 'unknown'],
    ['405', answer(405, '{}'), 'unknown'],
    ['429', answer(429, '{}'), 'busy'],
    ['451', answer(451, '{}'), 'unknown'],
    ['429 as a page', { ...answer(429, '<html>busy'), headers: { 'content-type': 'text/html' } }, 'busy'],
    ['429, cut off', { ...answer(429, '{"err'), whole: false }, 'unknown'],
    ['429, half of it sent as a whole', { ...answer(429, '{"err'), headers: { 'content-type': 'application/json' } }, 'unknown'],
    ['402, cut off', { ...answer(402, ''), whole: false }, 'unknown'],
  ];
  for (const [name, one, kind] of answers)
    it(`${name}: ${kind}`, () => assert.equal(readSubmitAnswer({ kind: 'answer', answer: one }).kind, kind));

  it('keeps at most 4 KB as evidence', () => {
    const read = readSubmitAnswer({ kind: 'answer', answer: answer(500, 'x'.repeat(9000)) });
    assert.equal(read.kind === 'unknown' && read.evidence?.body.length, 4096);
  });
});

describe('krea: a job as the service tells it', () => {
  const report = (change: object) => readJobReport({ job_id: '1', status: 'completed', ...change });
  const urls: readonly (readonly [string, object, readonly string[]])[] = [
    [
      'previews last',
      {
        result: {
          urls: [
            { type: 'preview', url: 'https://a/p' },
            { type: 'model', url: 'https://a/v' },
          ],
        },
      },
      ['https://a/v', 'https://a/p'],
    ],
    [
      'a map of objects',
      { result: { urls: { preview: { url: 'https://a/p' }, video: { url: 'https://a/v' } } } },
      ['https://a/v', 'https://a/p'],
    ],
    ['no addresses', { result: { urls: ['file:///etc/passwd', 'javascript:1', 7, null, '', 'nonsense'] } }, []],
    ['a text', { result: 'https://a/v' }, []],
    ['a single url', { result: { url: 'https://a/v' } }, ['https://a/v']],
  ];
  for (const [name, change, expected] of urls) it(`addresses: ${name}`, () => assert.deepEqual(report(change)?.urls, expected));

  const phases: readonly (readonly [string, object, string])[] = [
    ['in capitals', { status: 'COMPLETED' }, 'completed'],
    ['an unknown word', { status: 'warming-up' }, 'running'],
    ['an unknown word with an error', { status: 'broke', error: { code: 'x' } }, 'failed'],
    ['an unknown word with an end', { status: 'stopped', completed_at: '2026-10-12T09:00:00Z' }, 'failed'],
    ['an unknown word with an address', { status: 'ready', result: { urls: ['https://a/v'] } }, 'completed'],
    ['a word of work with an address', { status: 'intermediate-complete', result: { urls: ['https://a/v'] } }, 'running'],
    ['a name that objects have', { status: 'constructor' }, 'running'],
  ];
  for (const [name, change, phase] of phases) it(`phase: ${name}`, () => assert.equal(report(change)?.phase, phase));

  for (const nonsense of [null, 7, 'text', [], {}, { job_id: '1' }, { status: 'queued' }, { job_id: 1, status: 'queued' }])
    it(`${JSON.stringify(nonsense)} is no job`, () => assert.equal(readJobReport(nonsense), undefined));
});

describe('krea: Retry-After', () => {
  const date = 'Mon, 12 Oct 2026 09:00:00 GMT';
  const values: readonly (readonly [string, Readonly<Record<string, string>>, number | undefined])[] = [
    ['seconds', { 'retry-after': '30' }, 30_000],
    ['a date, against the answer’s own', { 'retry-after': 'Mon, 12 Oct 2026 09:00:40 GMT', date }, 40_000],
    ['a date in the past', { 'retry-after': 'Mon, 12 Oct 2026 08:00:00 GMT', date }, 0],
    ['a date without the answer’s own', { 'retry-after': date }, undefined],
    ['nonsense', { 'retry-after': 'soon', date }, undefined],
    ['a negative number', { 'retry-after': '-5', date }, undefined],
    ['none', {}, undefined],
  ];
  for (const [name, headers, ms] of values) it(name, () => assert.equal(retryAfterMs(headers), ms));
});
