import type { Entry, EntryItem } from './entry';
import { frameReference } from './frameReference';
import { narrow } from './lines';
import type { Storyboard } from './storyboard';

const named = new Set(['start', 'end', 'ref', 'refs', 'clip', 'blocks']);
/** Fields of the service that take the address of a file, by Krea's way of naming them. */
const fields = /^(?!generate_)(?:\w+_)?(?:image|video|audio)s?(?:_url)?$/;

/** Every file that a list or the front matter names, at its place. */
export function filesNamed({ frontMatter, headings }: Storyboard): readonly EntryItem[] {
  const entries = [...frontMatter, ...headings.flatMap(({ role, body }) => (role === 'note' ? [] : (body.list?.entries ?? [])))];
  return entries.filter(({ known, name }) => known && (named.has(name) || fields.test(name))).flatMap(filesOf);
}

function filesOf({ value, valueRange }: Entry): readonly EntryItem[] {
  switch (value.kind) {
    case 'text':
      return isFile(value.text) ? [{ text: value.text, range: valueRange }] : [];
    case 'list':
      return value.items.filter(({ text }) => isFile(text));
    case 'data':
      return [];
    default:
      return value satisfies never;
  }
}

/** Addresses are links already. */
function isFile(written: string): boolean {
  const text = written.trim();
  const isWord = /^(?:none|default|true|false|[@＠].*|\d+)$/i.test(text);
  return text !== '' && !isWord && !/^[a-z][a-z0-9+.-]+:/i.test(text) && frameReference(narrow(text)) === undefined;
}
