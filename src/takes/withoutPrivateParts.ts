import path from 'node:path';
import type { Json, Sidecar } from './sidecar';

/** Sidecars are committed and handed on: no signed address, no absolute path (it names a person), no file inside a file. */
export const withoutPrivateParts = (sidecar: Sidecar): Sidecar => ({
  ...sidecar,
  request: Object.fromEntries(Object.entries(sidecar.request).map(([field, value]) => [field, field === 'prompt' ? value : plain(value)])),
  source: sidecar.source && { ...sidecar.source, file: sidecar.source.file && relative(sidecar.source.file) },
  inputs: sidecar.inputs.map((input) => ({ ...input, path: input.path && relative(input.path) })),
  output: { ...sidecar.output, file: lastPart(sidecar.output.file) },
});

function plain(value: Json): Json {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return value;
}

/** Query, fragment and user of an address may carry a signature; a data address carries the picture itself. */
function plainText(text: string): string {
  if (/^data:/i.test(text)) return `${text.slice(0, text.search(/[;,]|$/))},`;
  if (/^file:/i.test(text) || isAbsolute(text)) return lastPart(text);
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text) || !URL.canParse(text)) return text;
  const address = new URL(text);
  address.search = '';
  address.hash = '';
  address.username = '';
  address.password = '';
  return address.href;
}

const relative = (file: string) => (isAbsolute(file) || /^[a-z][a-z0-9+.-]+:/i.test(file) ? lastPart(plainText(file)) : file);

const isAbsolute = (file: string) => path.posix.isAbsolute(file) || path.win32.isAbsolute(file) || /^[a-z]:/i.test(file);

const lastPart = (file: string) => file.split(/[/\\]/).findLast((part) => part !== '') ?? '';
