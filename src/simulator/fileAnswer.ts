import type { IncomingHttpHeaders } from 'node:http';
import type { FileSwitches } from './switches';

/** What is to go out of a file. */
export interface FileAnswer {
  readonly status: 200 | 206 | 416;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** Whether the last byte of the file is among them. */
  readonly toTheEnd: boolean;
}

const dayMs = 24 * 3_600_000;
/** Bytes of a rest that are still the right ones. */
const lateBytes = 20_000;
/** Of a range that is shorter than the one asked for. */
const shortBytes = 300_000;

export interface ServedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** ms since 1970. */
  readonly madeAt: number;
  /** An earlier download of it broke off. */
  readonly wasCut: boolean;
}

export function fileAnswer(
  { name, bytes: original, madeAt, wasCut }: ServedFile,
  { range: asked, 'if-range': ifRange }: IncomingHttpHeaders,
  files: FileSwitches,
  now: number,
): FileAnswer {
  const isNew = wasCut && (files.content === 'newVersion' || files.content === 'longerVersion');
  const bytes = isNew ? otherVersion(original, files.content === 'longerVersion' ? 1 : 0) : original;
  const validators = validatorsOf(
    isNew ? `${name}-2` : name,
    files.lastModified === 'justNow' ? now : madeAt - (isNew ? dayMs / 2 : dayMs),
    files,
  );
  const strong = files.etag === 'weak' ? undefined : (validators.ETag ?? validators['Last-Modified']);
  const holds = typeof ifRange !== 'string' || ifRange === strong || files.ranges === 'unconditional';
  const range = files.ranges === false || !holds ? undefined : rangeOf(asked, bytes.length, files.ranges);
  const headers: Record<string, string> = {
    Date: new Date(now).toUTCString(),
    ...(files.contentType === 'none' ? {} : { 'Content-Type': files.body === 'html' ? 'text/html' : files.contentType }),
    ...(files.ranges === false ? {} : { 'Accept-Ranges': 'bytes' }),
    ...validators,
  };
  if (range === undefined) return { status: 200, headers, bytes, toTheEnd: true };
  if (range === 'unsatisfiable')
    return { status: 416, headers: { ...headers, 'Content-Range': `bytes */${bytes.length}` }, bytes: new Uint8Array(), toTheEnd: false };
  const [from, to] = range;
  const part = otherBytes(bytes.subarray(from, to), files.content);
  const { ETag: _, ...untagged } = headers;
  const rest = { ...(files.etag === 'ofWhole' ? untagged : headers), 'Content-Range': `bytes ${from}-${to - 1}/${bytes.length}` };
  return { status: 206, headers: rest, bytes: part, toTheEnd: to === bytes.length };
}

function validatorsOf(tag: string, changedAt: number, { etag, lastModified }: FileSwitches): Record<string, string> {
  return {
    ...(etag === false ? {} : { ETag: etag === 'weak' ? `W/"${tag}"` : `"${tag}"` }),
    ...(lastModified === 'none' ? {} : { 'Last-Modified': new Date(changedAt).toUTCString() }),
  };
}

/** [from, to) of a single byte range; several ranges or another unit are answered with the whole file. */
function rangeOf(
  header: string | undefined,
  length: number,
  ranges: FileSwitches['ranges'],
): readonly [number, number] | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (ranges === 'none') return 'unsatisfiable';
  if (first === '') return length === 0 ? 'unsatisfiable' : [Math.max(0, length - Number(last)), length];
  const from = Number(first) + (ranges === 'shifted' ? 1 : 0);
  const to = last === '' ? length : Math.min(length, Number(last) + 1);
  if (from >= length || to <= from) return 'unsatisfiable';
  return [from, ranges === 'short' ? Math.min(to, from + shortBytes) : to];
}

function otherBytes(bytes: Uint8Array, content: FileSwitches['content']): Uint8Array {
  if (content !== 'otherRest' && content !== 'lateOtherRest') return bytes;
  return bytes.map((byte, at) => (content === 'lateOtherRest' && at < lateBytes ? byte : byte ^ 0xff));
}

/** Still a film: what differs is in its last bytes. */
function otherVersion(bytes: Uint8Array, longer: number): Uint8Array {
  const other = new Uint8Array(bytes.length + longer);
  other.set(bytes);
  other[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 0xff;
  return other;
}
