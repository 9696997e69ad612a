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

const mention = /(\\?)\{\{[ \t]*([^{}\n]{1,80}?)[ \t]*\}\}/g;
/** Blocks that insert blocks can grow without end; no model takes a prompt of this length. */
const longest = 200_000;

/** Replaces every `{{…}}` by the words it stands for (rule 10). Nothing is added that is not written in the prompt. */
export function expandPrompt(prompt: string, words: WordsInReach): ExpandedPrompt {
  const mentions: Mention[] = [];
  const findings: MentionFinding[] = [];
  const cast: TextBlock[] = [];
  let total = 0;

  const expand = (text: string, inside: readonly string[], outermost: TextRange | undefined): string => {
    let expanded = '';
    let from = 0;
    for (const { index, 0: whole, 1: escaped, 2: name = '' } of text.matchAll(mention)) {
      expanded += text.slice(from, index);
      from = index + whole.length;
      const range = outermost ?? { start: index, end: from };
      expanded += escaped ? whole.slice(1) : replaced(name, inside, range, outermost === undefined, text.slice(from), whole);
    }
    return expanded + text.slice(from);
  };

  const replaced = (name: string, inside: readonly string[], range: TextRange, isOwn: boolean, rest: string, whole: string): string => {
    const found = wordsFor(name, words);
    if (!found) {
      findings.push({ code: 'unknownBlock', name, ...range });
      return whole;
    }
    if (isOwn) mentions.push({ ...range, ...found.mention });
    if (inside.includes(found.key)) {
      findings.push({ code: 'circularBlock', name, ...range });
      return '';
    }
    if (found.mention.kind === 'cast') {
      const { block } = found.mention;
      if (cast.includes(block)) return nameOf(block);
      cast.push(block);
    }
    // asked before going deeper: the number of steps grows as fast as the words
    if (total > longest) {
      if (!findings.some(({ code }) => code === 'tooManyWords')) findings.push({ code: 'tooManyWords', name, ...range });
      return '';
    }
    const inserted = expand(found.text, [...inside, found.key], range);
    total += inserted.length + 1;
    return goesOn(rest, found.mention.kind === 'cast') ? inserted.replace(/(?<![.。])[.。．]$/, '') : inserted;
  };

  const text = expand(prompt, [], undefined);
  return { text, mentions, cast, findings };
}

/** `@mika` means a member of the cast. */
export const isMention = (text: string): boolean => /^[@＠]\S/.test(text.trim());

type Found = {
  readonly key: string;
  readonly text: string;
  readonly mention: { readonly kind: 'style' | 'block' | 'cast'; readonly block: TextBlock } | { readonly kind: 'scene' };
};

function wordsFor(name: string, { style, scene, blocks, cast }: WordsInReach): Found | undefined {
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
