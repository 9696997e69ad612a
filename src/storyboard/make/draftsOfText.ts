import { readFrontMatter } from '../frontMatter';
import { type Line, Lines } from '../lines';
import { type MarkdownBlock, markdownBlocks } from '../markdownBlocks';
import type { Section } from '../outline';
import type { KnownKeys } from '../parameterList';
import { readStoryboard } from '../readStoryboard';
import { type ColumnUse, useOfWord } from './columnUse';
import { type DraftPart, shotParts } from './draftPart';
import { draftsOfTable } from './draftsOfTable';
import { keyedLines } from './keyedLines';
import { trailingSeconds } from './passageHead';
import { PassageReader } from './passageReader';
import { type Passage, passageOf } from './passages';
import { ShotDraft } from './shotDraft';
import { leadingId } from './shotIds';
import { markdownTable, type SourceTable } from './sourceTable';

export interface TextDraft {
  /** Lines of the front matter, as they are. */
  readonly front: readonly string[];
  readonly parts: readonly DraftPart[];
  /** Those whose rows became shots. */
  readonly tables: readonly SourceTable[];
}

/** `usesOf`: what the columns of a table are. */
export function draftsOfText(text: string, known: KnownKeys, usesOf: (table: SourceTable) => readonly ColumnUse[]): TextDraft {
  const first = new TextReader(text, known, usesOf, false);
  const draft = first.draft();
  // what looked like an introduction is all there is
  return draft.parts.some(({ kind }) => kind === 'shot') ? draft : new TextReader(text, known, usesOf, true).draft();
}

interface Part {
  readonly section: Section | undefined;
  readonly passages: readonly Passage[];
  /** As it stands, without the heading. */
  readonly raw: string;
}

/** What tells where shots begin. */
type Begins = 'ids' | 'tables' | 'passages';

const aside =
  /^(?:notes?|overview|summary|synopsis|logline|introduction|intro|references?|credits|todo|備考|メモ|概要|あらすじ|はじめに|参考|補足)$/i;

class TextReader {
  private readonly parts: readonly Part[];
  private readonly front: readonly string[];
  private readonly begins: Begins;
  private readonly out: DraftPart[] = [];
  private readonly tables: SourceTable[] = [];
  /** Of the heading in force; 0 above the first. */
  private level = 0;

  constructor(
    text: string,
    private readonly known: KnownKeys,
    private readonly usesOf: (table: SourceTable) => readonly ColumnUse[],
    private readonly all: boolean,
  ) {
    const found = new Lines(text);
    const { end } = readFrontMatter(text, found);
    const lines = found.all;
    this.front = lines.slice(1, Math.max(1, end - 1)).map((line) => line.text);
    const blocks = markdownBlocks(text.slice(lines[end]?.start ?? text.length), end);
    this.parts = partsOf(lines, end, blocks, readStoryboard(text, known).headings);
    this.begins = this.whatBegins();
  }

  draft(): TextDraft {
    for (let at = 0; at < this.parts.length; at++) {
      const part = this.parts[at];
      if (!part) break;
      const { section } = part;
      if (section?.role === 'shot') at = this.shot(part, section, at);
      else if (!section) this.body(part);
      else {
        this.level = Math.min(5, section.level);
        if (section.role === 'section') this.section(part, section);
        else this.asItStands(part, section);
      }
    }
    return { front: this.front, parts: this.out, tables: this.tables };
  }

  private whatBegins(): Begins {
    const open = this.parts.filter(({ section }) => section === undefined || section.role === 'section');
    const passages = open.flatMap((part) => part.passages);
    const heads = passages
      .filter(({ kind }) => kind === 'paragraph' || kind === 'list')
      .map(
        ({ text }) => leadingId(text.split('\n')[0] ?? '') !== undefined || keyedLines(text.split('\n'), this.known)?.some(isId) === true,
      );
    const ids = heads.filter(Boolean).length;
    if (this.parts.some(({ section }) => section?.role === 'shot') || ids > 1 || (ids === 1 && heads.length === 1)) return 'ids';
    return passages.some((passage) => this.shotTable(passage, passages.length === 1)) ? 'tables' : 'passages';
  }

  /** Gives the index of the last part that belongs to the shot. */
  private shot({ passages }: Part, { level, shot }: Section, at: number): number {
    const draft = new ShotDraft();
    const idInList = shot !== undefined && shot.end === 0;
    if (shot && !idInList) draft.id = shot.id;
    const head = trailingSeconds(shot?.title ?? '');
    draft.title = head.title;
    if (head.seconds !== undefined) draft.add({ kind: 'seconds' }, 'Duration', head.seconds);
    new PassageReader({ known: this.known, only: draft, idsBegin: true }).readAll(passages);
    let last = at;
    for (const inside of this.parts.slice(at + 1)) {
      const { section } = inside;
      if (!section || section.level <= level || (section.role !== 'note' && section.role !== 'prompt')) break;
      last++;
      const use = section.role === 'prompt' ? ({ kind: 'prompt' } as const) : useOfWord(section.text, this.known);
      if (use && use.kind !== 'note') draft.add(use, section.role === 'prompt' ? 'prompt' : section.text, textOf(inside.passages));
      else draft.addNote([section.text, inside.raw].join('\n'));
    }
    this.level = Math.max(0, Math.min(5, level - 1));
    this.out.push({ kind: 'shot', level: Math.max(level, 1), shot: draft.finish() });
    return last;
  }

  private section(part: Part, section: Section): void {
    const { text, level, index } = section;
    const below = this.parts.filter((other) => other.section?.parent === index && !aside.test(other.section.text));
    const isLeaf = below.length === 0 && !aside.test(text.replace(/[*_:：]/g, '').trim());
    if (this.begins !== 'passages' || !(isLeaf || this.all)) {
      this.heading(section);
      return void this.body(part);
    }
    const read = this.read(part.passages, false);
    const drafts = read.filter((one) => one instanceof ShotDraft);
    const [only] = drafts;
    const isFilmTitle = level === 1 && this.parts.filter((other) => other.section?.level === 1).length === 1;
    if (only && drafts.length === 1 && !isFilmTitle && only.scene === undefined) {
      for (const one of read) if (!(one instanceof ShotDraft)) only.addNote(one.text);
      const { title, ...shot } = only.finish();
      const both = title === '' ? text : `${text} – ${title}`;
      this.out.push({ kind: 'shot', level: Math.max(2, this.level), shot: { ...shot, title: both } });
      this.level = Math.max(0, this.level - 1);
      return;
    }
    this.heading(section);
    this.emit(read);
  }

  private body({ passages, section }: Part): void {
    const isText = this.begins === 'passages' && !this.all && (section !== undefined || this.parts.length > 1);
    if (isText) return void this.stray(passages);
    let from = 0;
    passages.forEach((passage, index) => {
      const table = this.shotTable(passage, passages.length === 1 && this.parts.length === 1);
      if (!table) return;
      this.some(passages.slice(from, index));
      from = index + 1;
      this.tables.push(table);
      this.out.push(...shotParts(draftsOfTable(table, this.usesOf(table)), this.level));
    });
    this.some(passages.slice(from));
  }

  private some(passages: readonly Passage[]): void {
    if (this.begins === 'tables') this.stray(passages);
    else this.emit(this.read(passages, this.begins === 'ids'));
  }

  private stray(passages: readonly Passage[]): void {
    for (const { kind, text } of passages)
      if (kind !== 'rule') this.out.push({ kind: kind === 'paragraph' || kind === 'list' ? 'text' : 'note', text });
  }

  private read(passages: readonly Passage[], idsBegin: boolean) {
    return new PassageReader({ known: this.known, idsBegin }).readAll(passages);
  }

  private emit(read: ReturnType<PassageReader['readAll']>): void {
    const shots = read.flatMap((one) => (one instanceof ShotDraft ? [one.finish()] : []));
    for (const one of read) if (!(one instanceof ShotDraft)) this.out.push(one);
    this.out.push(...shotParts(shots, this.level));
  }

  private asItStands({ raw }: Part, section: Section): void {
    this.heading(section, true);
    if (raw !== '') this.out.push({ kind: 'text', text: raw });
  }

  private heading({ level, text }: Section, isApart = false): void {
    this.out.push({ kind: 'heading', level: Math.min(5, level), text, ...(isApart && { isApart }) });
  }

  /** `isAll`: the table is all there is, and must be the shots. */
  private shotTable({ kind, lines }: Passage, isAll: boolean): SourceTable | undefined {
    if (kind !== 'table') return undefined;
    const table = markdownTable(lines);
    const said = table.header.map((word) => useOfWord(word, this.known)?.kind);
    const isShots =
      said.includes('prompt') || (said.includes('id') && table.columns > 2) || (said.includes('seconds') && table.columns > 2);
    return isAll || isShots ? table : undefined;
  }
}

const isId = (line: { readonly kind: string; readonly use?: ColumnUse }): boolean => line.use?.kind === 'id';

const textOf = (passages: readonly Passage[]): string =>
  passages
    .filter(({ kind }) => kind !== 'rule')
    .map(({ text }) => text)
    .join('\n\n');

function partsOf(lines: readonly Line[], from: number, blocks: readonly MarkdownBlock[], sections: readonly Section[]): readonly Part[] {
  const starts = blocks.flatMap(({ kind }, index) => (kind === 'heading' ? [index] : []));
  const part = (section: Section | undefined, first: number, end: number): Part => {
    const own = blocks.slice(first, end);
    const firstLine = own[0]?.first ?? from;
    const raw = lines.slice(firstLine, own.at(-1)?.end ?? firstLine).map(({ text }) => text);
    return { section, passages: own.map((block) => passageOf(block, lines)), raw: raw.join('\n').trim() };
  };
  const head = part(undefined, 0, starts[0] ?? blocks.length);
  const parts = starts.map((start, index) => part(sections[index], start + 1, starts[index + 1] ?? blocks.length));
  return head.passages.length > 0 ? [head, ...parts] : parts;
}
