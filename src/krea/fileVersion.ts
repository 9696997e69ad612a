import type { Headers } from './transport';

/** What tells one version of a file from another, so that bytes of two answers may be joined. */
export interface FileVersion {
  /** Where it was served in the end, without the query: signatures run out, and are not kept. */
  readonly address: string;
  readonly header: 'etag' | 'last-modified';
  readonly value: string;
  /** Bytes of the whole file. */
  readonly total: number;
}

/** A file of which the bytes before `from` are here. */
export interface Rest {
  readonly version: FileVersion;
  readonly from: number;
}

/** Milliseconds between a file's last change and its answer. Two changes within a second would share their date, and clocks differ. */
const settledFor = 60_000;

/** Of a whole answer. `undefined` when it names nothing strong enough to join by (RFC 9110, 8.8 and 13.1.5), or no length. */
export function fileVersion(url: URL, headers: Headers): FileVersion | undefined {
  const total = Number(/^\d+$/.exec(headers['content-length'] ?? '')?.[0] ?? 0);
  const validator = strongValidator(headers);
  if (!validator || !(total > 0) || isEncoded(headers) || headers['accept-ranges'] === 'none') return undefined;
  return { address: addressOf(url), ...validator, total };
}

export function restHeaders({ version, from }: Rest): Headers {
  return { range: `bytes=${from}-`, 'if-range': version.value };
}

/** Whether a 206 is the very rest that was asked for. */
export function isThatRest({ version, from }: Rest, url: URL, headers: Headers): boolean {
  const [, first, last, total] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
  if (Number(first) !== from || Number(total) !== version.total || !(Number(last) < version.total)) return false;
  return headers[version.header] === version.value && addressOf(url) === version.address && !isEncoded(headers);
}

/** Whether the same file may be had without a range when this came in answer to one. */
export function refusesRanges(status: number): boolean {
  const meansSomethingElse = [403, 404, 408, 410, 425, 429].includes(status);
  return status === 206 || status === 501 || (status >= 400 && status < 500 && !meansSomethingElse);
}

function strongValidator(headers: Headers): Pick<FileVersion, 'header' | 'value'> | undefined {
  const { etag, date } = headers;
  // beside a weak tag a date must not be used
  if (etag !== undefined) return /^"[\x21\x23-\x7e]*"$/.test(etag) ? { header: 'etag', value: etag } : undefined;
  const changed = headers['last-modified'];
  if (changed === undefined || date === undefined) return undefined;
  return Date.parse(date) - Date.parse(changed) >= settledFor ? { header: 'last-modified', value: changed } : undefined;
}

/** Packed for the way: its length and its ranges are not those of the clip. */
function isEncoded(headers: Headers): boolean {
  return (headers['content-encoding'] ?? 'identity') !== 'identity';
}

const addressOf = ({ origin, pathname }: URL): string => `${origin}${pathname}`;
