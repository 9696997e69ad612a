import { isMap, isScalar, isSeq, type Node, parseDocument, type YAMLError } from 'yaml';
import type { Json } from '../catalogue/model';
import { type Entry, type EntryItem, type EntryValue, plainValue } from './entry';
import { frontMatterEnd } from './isStoryboard';
import type { Lines, TextRange } from './lines';

export interface FrontMatter {
  readonly entries: readonly Entry[];
  /** The line after its closing mark. */
  readonly end: number;
  readonly errors: readonly (TextRange & { readonly reason: string })[];
}

const none: FrontMatter = { entries: [], end: 0, errors: [] };

/** YAML 1.2 between two lines of `---` at the very top (rule 2). What cannot be read is an error with its place; the rest counts. */
export function readFrontMatter(text: string, lines: Lines): FrontMatter {
  const end = frontMatterEnd({ lineCount: lines.count, lineAt: (at) => ({ text: lines.textOf(at) }) });
  if (end === 0) return none;
  const start = lines.startOf(1);
  // a CR alone ends no line of YAML
  const yaml = text.slice(start, Math.max(start, lines.startOf(end - 1))).replace(/\r(?!\n)/g, '\n');
  return { end, ...entriesOf(yaml, start) };
}

function entriesOf(yaml: string, start: number): Pick<FrontMatter, 'entries' | 'errors'> {
  const whole = { start, end: start + yaml.trimEnd().length };
  if (isTooDeep(yaml)) return { entries: [], errors: [{ ...whole, reason: 'TOO_DEEP' }] };
  try {
    const document = parseDocument(yaml, { version: '1.2', schema: 'core', prettyErrors: false, strict: false, uniqueKeys: false });
    const errors = document.errors.map((error) => errorAt(error, start));
    if (document.contents === null) return { entries: [], errors };
    if (!isMap(document.contents)) return { entries: [], errors: [...errors, { ...whole, reason: 'NOT_A_MAP' }] };
    const entries = document.contents.items.flatMap(({ key, value }) => {
      if (!isScalar(key) || !key.range) return [];
      const keyRange = { start: start + key.range[0], end: start + key.range[1] };
      const valueRange = placeOf(value, start) ?? { start: keyRange.end + 1, end: keyRange.end + 1 };
      const name = String(key.value);
      const read = valueIn(value, start, () => (isNode(value) ? (value.toJS(document, { maxAliasCount: 20 }) as Json) : null));
      return [{ name, known: true, keyRange, valueRange, range: { start: keyRange.start, end: valueRange.end }, value: read }];
    });
    return { entries, errors };
  } catch {
    // the parser itself gives up on what is nested without end
    return { entries: [], errors: [{ ...whole, reason: 'UNREADABLE' }] };
  }
}

/** What is nested a thousand times takes the parser seconds, and is nothing that a board means. */
function isTooDeep(yaml: string): boolean {
  let depth = 0;
  for (const sign of yaml) {
    if (sign === '[' || sign === '{') depth++;
    else if (sign === ']' || sign === '}') depth--;
    if (depth > deepest) return true;
  }
  return nestedInOneLine.test(yaml);
}

const deepest = 50;
const nestedInOneLine = /(?:[-?:][ \t]+){50}/;

function valueIn(value: unknown, start: number, plain: () => Json): EntryValue {
  if (value === null || value === undefined) return { kind: 'text', text: '' };
  if (isScalar(value)) return { kind: 'text', text: textOf(value) };
  if (isSeq(value) && value.items.every((item) => isScalar(item))) {
    const items = value.items.flatMap((item): readonly EntryItem[] => {
      const range = placeOf(item, start);
      return isScalar(item) && range ? [{ text: textOf(item), range }] : [];
    });
    return { kind: 'list', items };
  }
  return { kind: 'data', data: plain() };
}

/** As written, so that `16:9` and `5s` are read by one rule wherever they stand. */
const textOf = ({ value, source }: { readonly value: unknown; readonly source?: string }) =>
  plainValue(source ?? (value === null ? '' : String(value)));

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'toJS' in value;

function placeOf(value: unknown, start: number): TextRange | undefined {
  if (!isNode(value) || !value.range) return undefined;
  return { start: start + value.range[0], end: start + value.range[1] };
}

const errorAt = ({ code, pos }: YAMLError, start: number) => ({
  start: start + pos[0],
  end: start + Math.max(pos[0], pos[1]),
  reason: code,
});
