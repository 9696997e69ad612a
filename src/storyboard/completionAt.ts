import type { Candidate, Completion } from './completion';
import { keyCandidates } from './keyCandidates';
import { isCast, type Section } from './outline';
import { languageOf, type PhraseGroup, type PhraseLanguage, promptPhrases } from './promptPhrases';
import type { BoardSurroundings } from './resolveShot';
import { castTemplate, nextShotId, shotTemplate } from './shotTemplate';
import type { Shot, Storyboard, TextBlock } from './storyboard';
import { otherShots, shotOf } from './typedShot';
import { type Typing, typingAt } from './typingAt';
import { valueCompletion } from './valueCompletion';
import { wordsInReach } from './wordsInReach';

export interface CompletionSurroundings extends BoardSurroundings {
  /** Numbers of the takes that a shot has. */
  readonly takesOf: (shot: Shot) => readonly number[];
  /** Of the person, for a prompt that is still empty. */
  readonly language: PhraseLanguage;
  /** The sign that was typed just now; `undefined`: the person has asked. */
  readonly trigger: string | undefined;
}

/** What could be written at `offset`; nothing where no help is wanted. */
export function completionAt(text: string, board: Storyboard, offset: number, around: CompletionSurroundings): Completion | undefined {
  const typing = typingAt(text, board, offset);
  if (!typing || isUnasked(typing, around.trigger)) return undefined;
  switch (typing.kind) {
    case 'key':
      return { range: typing.range, candidates: keyCandidates(text, board, typing, around) };
    case 'value':
      return valueCompletion(board, typing, around);
    case 'frame':
      return { range: typing.range, candidates: shotsBefore(board, typing.section, typing.isClosed) };
    case 'mention':
      return { range: typing.range, candidates: mentions(board, typing, around.otherBlocks) };
    case 'heading':
      return { range: typing.range, candidates: [headingTemplate(board, typing.section)] };
    case 'words':
      return words(board, typing, around);
    default:
      return typing satisfies never;
  }
}

/** A sign that was typed in a sentence, or behind a word, asks for nothing. */
function isUnasked(typing: Typing, trigger: string | undefined): boolean {
  if (trigger === undefined) return false;
  if (typing.kind === 'words') return true;
  return typing.kind === 'key' && trigger === ' ' && typing.range.end > typing.range.start && typing.lead === '';
}

function shotsBefore(board: Storyboard, section: Section, isClosed: boolean): readonly Candidate[] {
  return otherShots(board, shotOf(board, section)).map((shot) => ({ kind: 'shot', shot, insert: shot.id + (isClosed ? '' : ')') }));
}

function mentions(
  board: Storyboard,
  { section, isOpen, isCast: castOnly }: Extract<Typing, { kind: 'mention' }>,
  others: readonly TextBlock[],
): readonly Candidate[] {
  const shot = shotOf(board, section);
  const inReach = shot && wordsInReach(board, shot, others);
  const ofOthers = (kind: TextBlock['kind']) => others.filter((block) => block.kind === kind);
  const insert = (name: string): string => (isOpen ? `${name}}}` : `{{${name}}}`);
  const candidate = (name: string, block: TextBlock): Candidate => ({ kind: 'block', name, block, insert: insert(name) });
  const cast = [...named(board, 'cast'), ...ofOthers('cast')].map((block) => candidate(`@${block.name}`, block));
  if (castOnly) return cast;
  const style = shot ? inReach?.style : named(board, 'style')[0];
  return [
    ...(style && style.heading !== section.index ? [candidate('style', style)] : []),
    ...(inReach?.scene ? [{ kind: 'scene', text: inReach.scene, insert: insert('scene') } as const] : []),
    ...[...named(board, 'block').filter(({ heading }) => heading !== section.index), ...ofOthers('block')].map((block) =>
      candidate(block.name, block),
    ),
    ...cast,
  ];
}

const named = (board: Storyboard, kind: TextBlock['kind']): readonly TextBlock[] => board.textBlocks.filter((block) => block.kind === kind);

function headingTemplate(board: Storyboard, section: Section): Candidate {
  const holder = section.parent === undefined ? undefined : board.headings[section.parent];
  if (holder?.role === 'textBlocks' && isCast(holder)) return { kind: 'newCast', isSnippet: true, ...castTemplate(board, 'typed') };
  const id = nextShotId(board);
  return { kind: 'newShot', id, isSnippet: true, ...shotTemplate(board, id, 'typed') };
}

/** On an empty line something new can begin; in a prompt, advice on what to say. */
function words(
  board: Storyboard,
  { range, section, isFree }: Extract<Typing, { kind: 'words' }>,
  { language }: CompletionSurroundings,
): Completion {
  const shot = shotOf(board, section);
  const isPrompt = section?.role === 'shot' || section?.role === 'prompt' || section?.role === 'textBlock';
  const spoken = languageOf(shot, language);
  const phrases = isPrompt ? promptPhrases.map(({ group, ...texts }) => phrase(group, texts[spoken])) : [];
  const id = nextShotId(board);
  const templates: readonly Candidate[] = isFree
    ? [
        { kind: 'newShot', id, isSnippet: true, ...shotTemplate(board, id, 'whole') },
        { kind: 'newCast', isSnippet: true, ...castTemplate(board, 'whole') },
      ]
    : [];
  return { range, candidates: [...phrases, ...templates] };
}

const phrase = (group: PhraseGroup, text: string): Candidate => ({ kind: 'phrase', group, text, insert: text });
