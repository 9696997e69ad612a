import assert from 'node:assert/strict';
import { fileVersion, isThatRest } from '../../src/krea/fileVersion';
import type { Headers } from '../../src/krea/transport';

const url = new URL('https://files.example/clip.mp4?signature=1');
const length: Headers = { 'content-length': '1000' };
const day = 'Mon, 12 Oct 2026';

describe('what tells one version of a file from another', () => {
  const rows: readonly (readonly [string, Headers, string | undefined])[] = [
    ['a strong ETag', { etag: '"a"' }, '"a"'],
    ['an empty strong ETag', { etag: '""' }, '""'],
    ['a weak ETag', { etag: 'W/"a"' }, undefined],
    ['an ETag without quotes', { etag: 'a' }, undefined],
    ['two ETags', { etag: '"a", "b"' }, undefined],
    ['an ETag that would end the line', { etag: '"a\r\nx: y"' }, undefined],
    ['a date an hour ago', { 'last-modified': `${day} 08:00:00 GMT`, date: `${day} 09:00:00 GMT` }, `${day} 08:00:00 GMT`],
    ['a date a minute ago', { 'last-modified': `${day} 08:59:00 GMT`, date: `${day} 09:00:00 GMT` }, `${day} 08:59:00 GMT`],
    ['a date 59 s ago', { 'last-modified': `${day} 08:59:01 GMT`, date: `${day} 09:00:00 GMT` }, undefined],
    ['a date to come', { 'last-modified': `${day} 10:00:00 GMT`, date: `${day} 09:00:00 GMT` }, undefined],
    ['a date without the hour of the answer', { 'last-modified': `${day} 08:00:00 GMT` }, undefined],
    ['no date', { 'last-modified': 'lately', date: `${day} 09:00:00 GMT` }, undefined],
    ['an old date beside a weak ETag', { etag: 'W/"a"', 'last-modified': `${day} 08:00:00 GMT`, date: `${day} 09:00:00 GMT` }, undefined],
    ['a strong ETag of a packed answer', { etag: '"a"', 'content-encoding': 'gzip' }, undefined],
    ['a strong ETag of a host without ranges', { etag: '"a"', 'accept-ranges': 'none' }, undefined],
    ['nothing', {}, undefined],
  ];
  for (const [name, headers, value] of rows)
    it(`${name}: ${value === undefined ? 'is not enough' : 'is enough'}`, () =>
      assert.equal(fileVersion(url, { ...length, ...headers })?.value, value));

  for (const wrong of [undefined, '', '0', '-1', '1e3', '10, 10'])
    it(`the length ${wrong} is none`, () =>
      assert.equal(fileVersion(url, { etag: '"a"', ...(wrong !== undefined && { 'content-length': wrong }) }), undefined));

  const version = fileVersion(url, { ...length, etag: '"a"' }) ?? assert.fail();
  it('keeps no signature', () => assert.equal(version.address, 'https://files.example/clip.mp4'));

  const rest: Headers = { etag: '"a"', 'content-range': 'bytes 400-999/1000' };
  const answers: readonly (readonly [string, Headers, string, boolean])[] = [
    ['the very rest', rest, url.href, true],
    ['it from a fresh signed address', rest, 'https://files.example/clip.mp4?signature=2', true],
    ['less than it', { ...rest, 'content-range': 'bytes 400-500/1000' }, url.href, true],
    ['it from another file', rest, 'https://files.example/other.mp4', false],
    ['it from another host', rest, 'https://other.example/clip.mp4', false],
    ['another beginning', { ...rest, 'content-range': 'bytes 401-999/1000' }, url.href, false],
    ['another length', { ...rest, 'content-range': 'bytes 400-999/1001' }, url.href, false],
    ['a length not known', { ...rest, 'content-range': 'bytes 400-999/*' }, url.href, false],
    ['more than there is', { ...rest, 'content-range': 'bytes 400-1000/1000' }, url.href, false],
    ['several ranges', { ...rest, 'content-type': 'multipart/byteranges', 'content-range': '' }, url.href, false],
    ['another ETag', { ...rest, etag: '"b"' }, url.href, false],
    ['the same one, weak', { ...rest, etag: 'W/"a"' }, url.href, false],
    ['no ETag', { 'content-range': 'bytes 400-999/1000' }, url.href, false],
    ['it packed', { ...rest, 'content-encoding': 'gzip' }, url.href, false],
  ];
  for (const [name, headers, from, joins] of answers)
    it(`${name} is ${joins ? '' : 'not '}joined`, () => assert.equal(isThatRest({ version, from: 400 }, new URL(from), headers), joins));
});
