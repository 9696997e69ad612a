import type { KnownKeys } from '../parameterList';
import { type ColumnUse, useOfWord } from './columnUse';
import { type KeyedLine, keyedLines, type ReadLine } from './keyedLines';
import { passageHead } from './passageHead';
import { listItems, type Passage } from './passages';
import { ShotDraft } from './shotDraft';
import { leadingId } from './shotIds';
import { markdownTable } from './sourceTable';

/** A draft, or words that belong to none. */
export type ReadPassage = ShotDraft | { readonly kind: 'text' | 'note'; readonly text: string };

export interface PassageRules {
  readonly known: KnownKeys;
  /** All is of this shot. */
  readonly only?: ShotDraft;
  /** Where shots have ids, only an id begins one. */
  readonly idsBegin: boolean;
}

/** Reads the passages below a heading to shots. */
export class PassageReader {
  private readonly read: ReadPassage[] = [];
  private current: ShotDraft | undefined;
  /** A key without a value: the next passage is it. */
  private pending: { readonly draft: ShotDraft; readonly use: ColumnUse; readonly word: string } | undefined;
  private isParted = false;
  /** A line such as `The shots:` stood before the list: what else is said there is no prompt. */
  private isAnnounced = false;

  constructor(private readonly rules: PassageRules) {
    this.current = rules.only;
  }

  readAll(passages: readonly Passage[]): readonly ReadPassage[] {
    const hasText = passages.some(({ kind }) => kind === 'paragraph' || kind === 'list');
    passages.forEach((passage, index) => {
      this.one(passage, passages[index + 1], hasText);
    });
    return this.read;
  }

  private one(passage: Passage, next: Passage | undefined, hasText: boolean): void {
    const { kind, text } = passage;
    if (this.pending && kind !== 'rule' && kind !== 'html' && kind !== 'table') {
      const { draft, use, word } = this.pending;
      this.pending = undefined;
      const isKeyed = (kind === 'paragraph' || kind === 'list') && keyedLines(text.split('\n'), this.rules.known) !== undefined;
      if (!isKeyed) return void draft.add(use, word, text);
    }
    switch (kind) {
      case 'paragraph':
        return void this.paragraph(text, next);
      case 'list':
        return void this.list(text);
      case 'quote':
        if (this.collects) return void this.current?.addPrompt(text, 'quoted');
        if (hasText) this.aside('note', text);
        else this.begin(text, 'quoted');
        return;
      case 'fence':
        return void this.fence(passage);
      case 'table':
        return void this.table(passage);
      case 'html':
        return void this.html(text, next);
      case 'rule':
        this.isParted = true;
        return;
      default:
        kind satisfies never;
    }
  }

  /** What follows belongs to the shot before it: it has an id, or no prompt yet. */
  private get collects(): boolean {
    if (this.isParted && this.current !== this.rules.only) return false;
    const { current } = this;
    return current !== undefined && (current === this.rules.only || current.id !== undefined || !current.hasPrompt);
  }

  private paragraph(text: string, next: Passage | undefined): void {
    const lines = text.split('\n').map((line) => line.trim());
    const read = keyedLines(lines, this.rules.known);
    if (read && !leadingId(lines[0] ?? '')) return void this.keyed(read);
    const head = this.rules.only ? undefined : passageHead(lines[0] ?? '', lines.length === 1);
    const isHeaded = head !== undefined && (head.title !== '' || head.seconds !== undefined) && !this.rules.idsBegin && !this.collects;
    if (head && (head.id !== undefined || isHeaded)) return void this.headed(head, lines.slice(1));
    if (this.collects) return void this.goOn(text);
    const announces = /[:：]\s*[*_]*$/.test(text) && next !== undefined && next.kind !== 'paragraph' && next.kind !== 'rule';
    if (announces) this.isAnnounced = next.kind === 'list';
    if (this.rules.idsBegin || announces || this.isAnnounced) this.aside('text', text);
    else this.begin(text, 'said');
  }

  /** Words behind a comment are words. */
  private html(text: string, next: Passage | undefined): void {
    const rest = text.replace(/<!--.*?-->/gs, '').trim();
    if (rest.includes('<')) return void this.aside('note', text);
    for (const [, comment = ''] of text.matchAll(/<!--(.*?)-->/gs)) this.aside('note', comment.trim());
    if (rest !== '') this.paragraph(rest, next);
  }

  /** A line of dashes ends the prompt of a shot, and what comes behind it is for people. */
  private goOn(text: string): void {
    if (this.isParted && this.current?.hasPrompt) this.current.addNote(text);
    else this.current?.addPrompt(text, 'said');
  }

  private headed({ id, title, seconds, rest }: ReturnType<typeof passageHead>, more: readonly string[]): void {
    const draft = this.open();
    draft.id = id;
    draft.title = title;
    if (seconds !== undefined) draft.add({ kind: 'seconds' }, 'Duration', seconds);
    const read = keyedLines([rest, ...more], this.rules.known);
    if (read) this.fill(draft, read);
    else draft.addPrompt([rest, ...more].filter((line) => line !== '').join('\n'), 'said');
  }

  private list(text: string): void {
    const items = listItems(text);
    const heads = items.map(({ lines: [head = ''] }) => head);
    const read = keyedLines(
      items.flatMap(({ lines, lazy }) => [wholeItem(lines, this.rules.known), ...lazy]),
      this.rules.known,
    );
    const pairs = read?.filter(({ kind }) => kind === 'keyed').length ?? 0;
    if (read && pairs * 2 >= items.length && !heads.some((head) => leadingId(head))) return void this.keyed(read);
    const haveIds = heads.some((head) => leadingId(head));
    if (this.collects && (this.rules.only || !haveIds)) return void this.goOn(text);
    if (this.rules.idsBegin && !haveIds) return void this.aside('text', text);
    for (const { lines, lazy } of items) this.item([...lines, ...lazy]);
  }

  private item([first = '', ...more]: readonly string[]): void {
    const lines = more.map((line) => line.trimEnd());
    const head = passageHead(
      first,
      lines.every((line) => line === ''),
    );
    const nested = keyedLines(
      lines.map((line) => line.trim()),
      this.rules.known,
    );
    const draft = this.open();
    draft.id = head.id;
    draft.title = head.title;
    if (head.seconds !== undefined) draft.add({ kind: 'seconds' }, 'Duration', head.seconds);
    draft.addPrompt(nested ? head.rest : [head.rest, ...lines].join('\n'), 'said');
    if (nested) this.fill(draft, nested);
  }

  private fence({ text, info, lines }: Passage): void {
    if (!/^(?:|prompt|text|txt|plain|plaintext|md|markdown)$/.test(info))
      return void this.aside('note', lines.map((line) => line.text).join('\n'));
    const surety = info === 'prompt' ? 'named' : 'fenced';
    if (this.collects) return void this.current?.addPrompt(text, surety);
    if (this.rules.idsBegin) this.aside('note', text);
    else this.begin(text, surety);
  }

  /** `| Duration | 5 s |`: the parameters of one shot. Any other table that came so far is for people. */
  private table({ lines }: Passage): void {
    const table = markdownTable(lines);
    const rows = [table.header, ...table.rows];
    const { known } = this.rules;
    const pairs = rows.map(
      ([word = '', value = '']): KeyedLine => ({ kind: 'keyed', word, use: useOfWord(word, known) ?? { kind: 'note' }, value }),
    );
    const isPairs = table.columns === 2 && rows.filter(([word = '']) => useOfWord(word, known)).length * 2 >= rows.length;
    if (!isPairs) return void this.aside('note', lines.map((line) => line.text).join('\n'));
    // Field | Value
    const said = /^(?:field|key|parameter|item|項目)$/i.test(pairs[0]?.word ?? '') ? pairs.slice(1) : pairs;
    return void this.keyed(said);
  }

  private keyed(read: readonly ReadLine[]): void {
    const pairs = read.filter((line) => line.kind === 'keyed');
    const begins = pairs.some(({ use }) => use.kind === 'id');
    const repeats = pairs.some(({ use }) => this.current?.has(use));
    const isWhole = read.some(({ kind }) => kind === 'free') || pairs.some(({ use }) => use.kind === 'prompt' || use.kind === 'title');
    const { current } = this;
    // it goes on with a shot that has an id or waits for its words, or tells more of the one before
    const joins =
      current !== undefined &&
      (current === this.rules.only ||
        (!begins && !this.isParted && (this.collects ? current.id !== undefined || !repeats : !isWhole && !repeats)));
    if (!joins && this.rules.idsBegin && !begins) return void this.aside('note', read.map(lineText).join('\n'));
    this.fill(joins ? current : this.open(), read);
  }

  /** A key that comes again begins the next shot, unless all is of one. */
  private fill(into: ShotDraft, read: readonly ReadLine[]): void {
    let draft = into;
    let seen = new ShotDraft();
    for (const line of read) {
      if (line.kind === 'free') {
        draft.addPrompt(line.text.replace(/^\s*[-*+]\s+/, ''), 'said');
        continue;
      }
      const { use, word, value } = line;
      const isNext = !this.rules.only && (use.kind === 'id' || use.kind === 'prompt' || use.kind === 'title') && seen.has(use);
      if (isNext) {
        draft = this.open();
        seen = new ShotDraft();
      }
      if (value === '') this.pending = { draft, use, word };
      else this.pending = undefined;
      draft.add(use, word, value);
      seen.add(use, word, value);
    }
  }

  private begin(text: string, surety: 'quoted' | 'said' | 'fenced' | 'named'): void {
    this.open().addPrompt(text, surety);
  }

  private open(): ShotDraft {
    this.current = new ShotDraft();
    this.isParted = false;
    this.read.push(this.current);
    return this.current;
  }

  private aside(kind: 'text' | 'note', text: string): void {
    if (this.current) this.current.addNote(text);
    else this.read.push({ kind, text });
  }
}

/** An item with what is indented below it; a list of values as the storyboard writes one. */
function wholeItem([head = '', ...more]: readonly string[], known: KnownKeys): string {
  const rest = more.map((line) => line.trim()).filter((line) => line !== '');
  const values = rest.map((line) => /^[-*+]\s+(.+)$/.exec(line)?.[1]);
  const [, key] = /^([^:：]{1,40})[:：][*_\s]*$/.exec(head) ?? [];
  const isField = key !== undefined && useOfWord(key, known)?.kind === 'field';
  return isField && values.length > 0 && values.every((value) => value !== undefined)
    ? `${head} [${values.join(', ')}]`
    : [head, ...rest].join('\n');
}

const lineText = (line: ReadLine): string => (line.kind === 'free' ? line.text : `${line.word}: ${line.value}`);
