import type { Entry } from './entry';
import { mentionForm, wordsFor } from './expandPrompt';
import { narrow, type TextRange } from './lines';
import type { Section } from './outline';
import { shotKey } from './shotId';
import type { Shot, Storyboard } from './storyboard';
import { blockKey } from './textBlock';
import { shotOf } from './typedShot';
import { wordsInReach } from './wordsInReach';

/** What a name stands for: a shot by its index, or words by the index of the heading they stand under. */
export type Named = { readonly kind: 'shot'; readonly shot: number } | { readonly kind: 'words'; readonly heading: number };

/** A name as it stands in the text, without the signs around it. */
export interface NamePlace {
  readonly of: Named;
  readonly range: TextRange;
  readonly isDefinition: boolean;
  /** By a word that is not its name: `style`, `scene`, the `name` of a member of the cast. */
  readonly isByOtherWord: boolean;
}

const frameForm = /(?:first-frame|last-frame|frame)\(\s*([^()@\n]{1,80}?)\s*(?:@[^()\n]{0,20})?\)/gi;

export const isSameNamed = (one: Named, other: Named): boolean =>
  one.kind === 'shot' ? other.kind === 'shot' && one.shot === other.shot : other.kind === 'words' && one.heading === other.heading;

/** Every shot and every block, where it is named and where it is used. */
export function namesInBoard(text: string, board: Storyboard): readonly NamePlace[] {
  return new Names(text, board).all();
}

/** The name at `offset`. */
export function nameAt(places: readonly NamePlace[], offset: number): NamePlace | undefined {
  return places.find(({ range }) => range.start <= offset && offset <= range.end);
}

class Names {
  private readonly places: NamePlace[] = [];
  /** By key; of twins the first. */
  private readonly shots: ReadonlyMap<string, number>;

  constructor(
    private readonly text: string,
    private readonly board: Storyboard,
  ) {
    this.shots = new Map(board.shots.map(({ id }, index) => [shotKey(id), index] as const).toReversed());
  }

  all(): readonly NamePlace[] {
    const { board } = this;
    for (const [shot, { idRange }] of board.shots.entries())
      this.places.push({ of: { kind: 'shot', shot }, range: idRange, isDefinition: true, isByOtherWord: false });
    for (const { name, kind, heading } of board.textBlocks) {
      const { textRange } = board.headings[heading] ?? {};
      if (!textRange) continue;
      const at = this.text.slice(textRange.start, textRange.end).indexOf(name);
      const isPlain = kind !== 'style' && at >= 0;
      const range = isPlain ? { start: textRange.start + at, end: textRange.start + at + name.length } : textRange;
      this.places.push({ of: { kind: 'words', heading }, range, isDefinition: true, isByOtherWord: !isPlain });
    }
    for (const entry of board.frontMatter) this.readEntry(entry, undefined);
    for (const section of board.headings) this.readSection(section);
    return this.places;
  }

  private readSection(section: Section): void {
    if (section.role === 'note') return;
    for (const entry of section.body.list?.entries ?? []) this.readEntry(entry, section);
    for (const still of section.body.stills) this.readFrames(still.range);
    for (const piece of section.body.prompt?.pieces ?? []) this.readMentions(piece, section);
  }

  private readEntry({ name, value, valueRange }: Entry, section: Section | undefined): void {
    const parts = value.kind === 'list' ? value.items : value.kind === 'text' ? [{ text: value.text, range: valueRange }] : [];
    for (const part of parts) {
      const within = this.text.slice(part.range.start, part.range.end);
      if (name === 'alt') this.put(this.shots.get(shotKey(part.text)), part.range, within.indexOf(part.text), part.text.length);
      else if (name === 'refs' && /^[@＠]\S/.test(part.text)) this.putWords(part.text, section, part.range, within.indexOf(part.text));
      else this.readFrames(part.range);
    }
  }

  private readFrames(range: TextRange): void {
    const within = narrow(this.text.slice(range.start, range.end));
    if (!within.includes('(')) return;
    for (const { index, 0: whole, 1: id = '' } of within.matchAll(frameForm)) {
      const at = index + whole.indexOf(id, whole.indexOf('(') + 1);
      const written = this.text.slice(range.start + at, range.start + at + id.length);
      this.put(this.shots.get(shotKey(written)), range, at, id.length);
    }
  }

  private readMentions(piece: TextRange, section: Section): void {
    const words = this.text.slice(piece.start, piece.end);
    if (!words.includes('{{')) return;
    for (const { index, 0: whole, 1: backslash, 2: name = '' } of words.matchAll(mentionForm))
      if (!backslash) this.putWords(name, section, piece, index + whole.indexOf(name));
  }

  private put(shot: number | undefined, inside: TextRange, at: number, length: number): void {
    if (shot === undefined || at < 0) return;
    const range = { start: inside.start + at, end: inside.start + at + length };
    this.places.push({ of: { kind: 'shot', shot }, range, isDefinition: false, isByOtherWord: false });
  }

  private putWords(written: string, section: Section | undefined, inside: TextRange, at: number): void {
    if (at < 0) return;
    const spot = this.spotOf(section);
    const found = wordsFor(written, wordsInReach(this.board, spot));
    if (!found) return;
    const { mention } = found;
    const heading = mention.kind === 'scene' ? spot.above.at(-1) : mention.block.heading;
    if (heading === undefined) return;
    const lead = /^[@＠]\s*/.exec(written)?.[0].length ?? 0;
    const range = { start: inside.start + at + lead, end: inside.start + at + written.length };
    const isByOtherWord =
      mention.kind === 'scene' || mention.kind === 'style' || blockKey(written.slice(lead)) !== blockKey(mention.block.name);
    this.places.push({ of: { kind: 'words', heading }, range, isDefinition: false, isByOtherWord });
  }

  /** A block is used by many shots; what it mentions is looked up from where it stands. */
  private spotOf(section: Section | undefined): Pick<Shot, 'heading' | 'above'> {
    const shot = shotOf(this.board, section);
    if (shot) return shot;
    const above: number[] = [];
    for (let at = section?.parent; at !== undefined; at = this.board.headings[at]?.parent) above.unshift(at);
    return { heading: section?.index ?? this.board.headings.length, above };
  }
}
