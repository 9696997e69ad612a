import type { TextRange } from './lines';
import type { TextBlock } from './storyboard';
import { blockKey } from './textBlock';

/** The words that a prompt may insert at its place in the board. */
export interface WordsInReach {
  readonly style: TextBlock | undefined;
  /** The text under the nearest scene heading; undefined outside of scenes. */
  readonly scene: string | undefined;
  /** By `blockKey`. */
  readonly blocks: ReadonlyMap<string, TextBlock>;
  readonly cast: ReadonlyMap<string, TextBlock>;
}

/** A `{{…}}` of the prompt as written; the range is that in the prompt before anything is inserted. */
export type Mention = TextRange & ({ readonly kind: 'style' | 'block' | 'cast'; readonly block: TextBlock } | { readonly kind: 'scene' });

export type MentionFinding = TextRange & { readonly code: 'unknownBlock' | 'circularBlock' | 'tooManyWords'; readonly name: string };

export interface ExpandedPrompt {
  readonly text: string;
  /** Those written in the prompt itself. */
  readonly mentions: readonly Mention[];
  /** Members of the cast in the order in which they are first named, also inside blocks. */
  readonly cast: readonly TextBlock[];
  readonly findings: readonly MentionFinding[];
}

export const mentionForm = /(\\?)\{\{[ \t]*([^{}\n]{1,80}?)[ \t]*\}\}/g;
/** Blocks that insert blocks can grow without end; no model takes a prompt of this length. */
const longest = 200_000;

/** Replaces every `{{…}}` by the words it stands for (rule 10). Nothing is added that is not written in the prompt. */
export function expandPrompt(prompt: string, words: WordsInReach): ExpandedPrompt {
  return new Expansion(words).of(prompt);
}

/** Where a `{{…}}` stands: in the prompt itself, or in the words that one of the prompt inserts. */
interface Spot {
  readonly name: string;
  /** In the prompt. */
  readonly range: TextRange;
  /** Keys of the words it stands in, outermost first; none in the prompt itself. */
  readonly inside: readonly string[];
  /** What follows it. */
  readonly rest: string;
}

class Expansion {
  private readonly mentions: Mention[] = [];
  private readonly findings: MentionFinding[] = [];
  private readonly cast: TextBlock[] = [];
  private total = 0;

  constructor(private readonly words: WordsInReach) {}

  of(prompt: string): ExpandedPrompt {
    const text = this.expand(prompt, [], undefined);
    return { text, mentions: this.mentions, cast: this.cast, findings: this.findings };
  }

  private expand(text: string, inside: readonly string[], outermost: TextRange | undefined): string {
    let expanded = '';
    let from = 0;
    for (const { index, 0: whole, 1: escaped, 2: name = '' } of text.matchAll(mentionForm)) {
      expanded += text.slice(from, index);
      from = index + whole.length;
      const range = outermost ?? { start: index, end: from };
      expanded += escaped ? whole.slice(1) : (this.wordsAt({ name, range, inside, rest: text.slice(from) }) ?? whole);
    }
    return expanded + text.slice(from);
  }

  /** `undefined`: nothing is known by that name, and what is written stays. */
  private wordsAt({ name, range, inside, rest }: Spot): string | undefined {
    const found = wordsFor(name, this.words);
    if (!found) {
      this.findings.push({ code: 'unknownBlock', name, ...range });
      return undefined;
    }
    if (inside.length === 0) this.mentions.push({ ...range, ...found.mention });
    if (inside.includes(found.key)) {
      this.findings.push({ code: 'circularBlock', name, ...range });
      return '';
    }
    if (found.mention.kind === 'cast') {
      const { block } = found.mention;
      if (this.cast.includes(block)) return nameOf(block);
      this.cast.push(block);
    }
    // asked before going deeper: the number of steps grows as fast as the words
    if (this.total > longest) {
      if (!this.findings.some(({ code }) => code === 'tooManyWords')) this.findings.push({ code: 'tooManyWords', name, ...range });
      return '';
    }
    const inserted = this.expand(found.text, [...inside, found.key], range);
    this.total += inserted.length + 1;
    return goesOn(rest, found.mention.kind === 'cast') ? inserted.replace(/(?<![.。])[.。．]$/, '') : inserted;
  }
}

/** `@mika` means a member of the cast. */
export const isMention = (text: string): boolean => /^[@＠]\S/.test(text.trim());

type Found = {
  readonly key: string;
  readonly text: string;
  readonly mention: { readonly kind: 'style' | 'block' | 'cast'; readonly block: TextBlock } | { readonly kind: 'scene' };
};

export function wordsFor(name: string, { style, scene, blocks, cast }: WordsInReach): Found | undefined {
  const key = blockKey(name);
  if (/^[@＠]/.test(name)) {
    const block = cast.get(blockKey(name.slice(1)));
    return block && { key, text: block.text === '' ? nameOf(block) : block.text, mention: { kind: 'cast', block } };
  }
  if (key === 'scene') return scene === undefined ? undefined : { key, text: scene, mention: { kind: 'scene' } };
  const block = key === 'style' || key === 'スタイル' ? style : blocks.get(key);
  return block && { key, text: block.text, mention: { kind: block.kind, block } };
}

/** What a member of the cast is called after the first time. */
export function nameOf({ name, entries }: TextBlock): string {
  const value = entries.find((entry) => entry.name === 'name')?.value;
  return value?.kind === 'text' && value.text !== '' ? value.text : name;
}

/**
 * A sentence goes on behind what was inserted: its full stop falls away (rule 10). Japanese puts nothing between two sentences,
 * so only a name goes on in whatever is joined to it (`{{@mika}}は`).
 */
const goesOn = (rest: string, isName: boolean): boolean =>
  /^(?:[ \t]*\n?[ \t]*[\p{Ll},、，]|[.。．;:；：!?！？)）\]」』])/u.test(rest) || (isName && /^[^\s{]/.test(rest));
