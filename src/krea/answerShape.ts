import { isObject, parseJson } from './json';
import { isLocalHost } from './publicAddress';
import type { HttpAnswer } from './transport';

/** Names, words of state and kinds of values are shown; everything else is only counted. */
const word = /^[A-Za-z][\w-]{0,39}$/;
const wordFields: ReadonlySet<string> = new Set(['status', 'type', 'code']);
const mostFields = 40;
const deepest = 6;

/**
 * How the service speaks, without what it says: status, names of headers, names and kinds of fields. Holds no address,
 * id, text or number of the answer, and may be shown to anyone.
 */
export function answerShape({ status, headers, text, whole }: HttpAnswer, apiBase: URL): readonly string[] {
  const body = parseJson(text);
  const names = Object.keys(headers).filter((name) => /^[a-z][a-z0-9-]{0,39}$/.test(name));
  return [
    `status   ${status}, ${mediaType(headers['content-type'])}, ${whole ? 'whole' : 'cut off'}`,
    `headers  ${names.sort().join(' ')}`,
    `body     ${body === undefined ? `no JSON, ${text === '' ? 'empty' : /^\s*</.test(text) ? 'markup' : 'text'}` : jsonShape(body, apiBase)}`,
  ];
}

/** `{job_id: uuid, status: queued, result: null}`. */
export function jsonShape(value: unknown, apiBase: URL, depth = 0): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return listShape(value, apiBase, depth);
  if (isObject(value)) {
    if (depth >= deepest) return '{…}';
    const fields = Object.entries(value);
    const shown = fields.slice(0, mostFields).map(([name, field]) => {
      if (!word.test(name)) return `(a name): ${jsonShape(field, apiBase, depth + 1)}`;
      const said = typeof field === 'string' && wordFields.has(name) && word.test(field) ? field : undefined;
      return `${name}: ${said ?? jsonShape(field, apiBase, depth + 1)}`;
    });
    return `{${[...shown, ...(fields.length > mostFields ? ['…'] : [])].join(', ')}}`;
  }
  return typeof value === 'string' ? textShape(value, apiBase) : typeof value;
}

function listShape(items: readonly unknown[], apiBase: URL, depth: number): string {
  if (items.length === 0) return '[]';
  const counts = new Map<string, number>();
  for (const item of items) {
    const shape = depth >= deepest ? '…' : jsonShape(item, apiBase, depth + 1);
    counts.set(shape, (counts.get(shape) ?? 0) + 1);
  }
  return `[${[...counts].map(([shape, count]) => (count > 1 ? `${count} × ${shape}` : shape)).join(', ')}]`;
}

function textShape(text: string, apiBase: URL): string {
  if (text === '') return 'empty text';
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return 'uuid';
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(text)) return /Z$/.test(text) ? 'time (UTC)' : 'time (zone)';
  if (/^https?:/.test(text) && URL.canParse(text)) return addressShape(new URL(text), apiBase);
  return 'text';
}

/** `https at krea.ai, .mp4, query Expires Signature`. */
function addressShape(url: URL, apiBase: URL): string {
  const ending = /\.[a-z0-9]{2,5}$/i.exec(url.pathname)?.[0] ?? 'no ending';
  const names = [...url.searchParams.keys()].map((name) => (word.test(name) ? name : '(a name)'));
  const query = names.length > 0 ? `, query ${[...new Set(names)].join(' ')}` : '';
  return `address (${url.protocol.slice(0, -1)} at ${hostKind(url, apiBase)}, ${ending}${query}${url.hash ? ', fragment' : ''})`;
}

function hostKind(url: URL, apiBase: URL): string {
  if (isLocalHost(url)) return 'this computer';
  if (url.host === apiBase.host) return 'the API';
  return /(^|\.)krea\.ai$/.test(url.hostname) ? 'krea.ai' : 'another host';
}

function mediaType(header: string | undefined): string {
  const type = /^[a-z]+\/[\w.+-]{1,40}/i.exec(header ?? '')?.[0];
  return type ?? 'no content type';
}
