import { Lines } from '../lines';
import { marksIn } from '../unsentMarks';
import { type ColumnUse, isOfTheTrade, isPlainNote } from './columnUse';
import { secondsIn } from './secondsIn';

/** A shot of a source, before it has its place and its number. */
export interface DraftShot {
  /** As the source has it. */
  readonly id: string | undefined;
  readonly title: string;
  readonly scene: string | undefined;
  readonly entries: readonly { readonly name: string; readonly value: string }[];
  readonly stills: readonly string[];
  readonly prompt: string;
  /** What is for people: never sent. */
  readonly notes: readonly string[];
}

/** How surely words are the prompt: the surest are, and the others become notes. */
export type Surety = 'quoted' | 'said' | 'fenced' | 'named';
const sureties: readonly Surety[] = ['quoted', 'said', 'fenced', 'named'];

/** Gathers what a source says of one shot. Nothing given to it is lost: what has no place becomes a note. */
export class ShotDraft {
  id: string | undefined;
  title = '';
  scene: string | undefined;
  private readonly entries = new Map<string, string>();
  private readonly prompts: { readonly text: string; readonly surety: Surety; readonly word: string }[] = [];
  private readonly notes: string[] = [];

  get hasPrompt(): boolean {
    return this.prompts.length > 0;
  }

  has(use: ColumnUse): boolean {
    switch (use.kind) {
      case 'prompt':
        return this.hasPrompt;
      case 'seconds':
        return this.entries.has('duration');
      case 'title':
        return this.title !== '';
      case 'id':
        return this.id !== undefined;
      case 'scene':
        return this.scene !== undefined;
      case 'field':
        return this.entries.has(use.name);
      case 'note':
      case 'leaveOut':
        return false;
      default:
        return use satisfies never;
    }
  }

  /** `word`: the key or the head of the column, as the source has it. */
  add(use: ColumnUse, word: string, written: string): void {
    const value = written.trim();
    if (value === '') return;
    switch (use.kind) {
      case 'prompt':
        return void this.addPrompt(value, /prompt|プロンプト/i.test(word) ? 'named' : 'said', word);
      case 'seconds':
        return void this.addSeconds(word, value);
      case 'title':
        if (this.title === '' && !value.includes('\n')) this.title = value;
        else this.addNote(labelled(word, value));
        return;
      case 'id':
        if (this.id === undefined && value.length <= 40 && !value.includes('\n')) this.id = value;
        else this.addNote(labelled(word, value));
        return;
      case 'scene':
        if (this.scene === undefined && !value.includes('\n')) this.scene = value;
        else this.addNote(labelled(word, value));
        return;
      case 'note':
        return void this.addNote(isPlainNote(word) ? value : labelled(word, value));
      case 'field':
        return void this.addField(use.name, word, value);
      case 'leaveOut':
        return;
      default:
        use satisfies never;
    }
  }

  addPrompt(text: string, surety: Surety, word = ''): void {
    if (text.trim() !== '') this.prompts.push({ text, surety, word });
  }

  addNote(text: string): void {
    if (text.trim() !== '') this.notes.push(text.trim());
  }

  finish(): DraftShot {
    const surest = sureties.findLast((surety) => this.prompts.some((prompt) => prompt.surety === surety));
    const { prompt, stills, cut } = cleanPrompt(
      this.prompts
        .filter(({ surety }) => surety === surest)
        .map(({ text }) => text)
        .join('\n\n'),
    );
    const others = this.prompts.filter(({ surety }) => surety !== surest).map(({ text, word }) => labelled(word, text.trim()));
    const entries = [...this.entries].map(([name, value]) => ({ name, value }));
    const notes = [...others, ...this.notes, ...cut];
    return { id: this.id, title: this.title, scene: this.scene, entries, stills, prompt, notes };
  }

  private addSeconds(word: string, value: string): void {
    // the format's own words for a length
    if (/^(?:default|none)$/i.test(value)) return void this.addField('duration', word, value);
    const found = secondsIn(value);
    const known = this.entries.get('duration');
    const isKept = found !== undefined && (known === undefined || known === String(found.seconds));
    if (isKept) this.entries.set('duration', String(found.seconds));
    if (!isKept || found.saysMore) this.addNote(labelled(word, value));
  }

  private addField(name: string, word: string, value: string): void {
    const line = value.replace(/\s*\n\s*/g, ' ');
    const known = this.entries.get(name);
    if (known === undefined) this.entries.set(name, line);
    else if (isOfTheTrade(name)) this.entries.set(name, `${known} / ${line}`);
    else this.addNote(labelled(word, value));
  }
}

const labelled = (word: string, value: string): string => (word.trim() === '' ? value : `${word.replace(/[*_`]/g, '').trim()}: ${value}`);

/** As a storyboard reads a prompt back: comments are for people, images stand apart, and blanks at the ends of lines say nothing. */
function cleanPrompt(written: string): { readonly prompt: string; readonly stills: readonly string[]; readonly cut: readonly string[] } {
  const { cuts } = marksIn(written, { start: 0, end: written.length });
  const stills: string[] = [];
  const cut: string[] = [];
  let text = '';
  let from = 0;
  for (const { start, end } of cuts) {
    const mark = written.slice(start, end);
    if (mark.startsWith('<!--')) cut.push(mark.replace(/^<!--\s*|\s*-->$/g, ''));
    else stills.push(mark);
    text = joined(text, written.slice(from, start));
    from = end;
  }
  text = joined(text, written.slice(from));
  return { prompt: unquoted(foldedLines(text)), stills, cut };
}

/** Where something was cut out of a line one blank stays. */
const joined = (before: string, after: string): string => before + (/[ \t]$/.test(before) ? after.replace(/^[ \t]+/, '') : after);

/** No blanks at the ends of lines, one empty line between paragraphs, none around the whole. */
export function foldedLines(text: string): string {
  const lines = new Lines(text).all.map((line) => line.text.trimEnd());
  return lines
    .filter((line, index) => line !== '' || (lines[index - 1] ?? '') !== '')
    .join('\n')
    .trim();
}

const quotes: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“', '«': '»', '「': '」', '『': '』' };

/** A prompt that is one quotation from its first sign to its last. */
export function unquoted(text: string): string {
  const open = text.charAt(0);
  const close = quotes[open];
  if (close === undefined || text.length < 3 || !text.endsWith(close)) return text;
  const inner = text.slice(1, -1);
  return inner.includes(open) || inner.includes(close) || inner.trim() === '' ? text : inner.trim();
}
