import { markdownBlocks } from '../storyboard/markdownBlocks';
import type { ResolvedShot } from '../storyboard/resolvedShot';
import { heldBy, textOf } from '../storyboard/shotLayers';
import type { Shot, Storyboard } from '../storyboard/storyboard';

/** A shot as people on a set, at the cut or at a client's read it. Empty where nothing is said. */
export interface ListedShot {
  readonly id: string;
  readonly title: string;
  /** Of the headings above, outermost first. */
  readonly scene: string;
  /** As it would be asked for; empty for footage of the user's own. */
  readonly seconds: string;
  readonly model: string;
  /** With all its words in place. */
  readonly prompt: string;
  readonly dialogue: string;
  readonly vo: string;
  readonly super: string;
  readonly sfx: string;
  readonly music: string;
  readonly notes: string;
  /** The number of the chosen take. */
  readonly pick: string;
  /** The number is kept, and nothing is shot. */
  readonly isOmitted: boolean;
}

export interface ShotList {
  readonly shots: readonly ListedShot[];
  /** Of the shots that are not omitted and whose length is known. */
  readonly seconds: number;
}

/** All shots of a board in its order, but not their variants (`alt`). `text`: what the board was read from. */
export function shotList(text: string, board: Storyboard, resolved: readonly ResolvedShot[]): ShotList {
  const shots = resolved.filter(({ alt }) => alt === undefined).map((one) => listed(text, board, one));
  const lengths = shots.map(({ seconds }) => Number(seconds)).filter((seconds) => Number.isFinite(seconds));
  return { shots, seconds: Math.round(lengths.reduce((sum, seconds) => sum + seconds, 0) * 1000) / 1000 };
}

function listed(text: string, board: Storyboard, resolved: ResolvedShot): ListedShot {
  const { shot, prompt, clip, omit, pick, model, modelId, values } = resolved;
  const held = heldBy(board, shot);
  const word = (name: string): string => {
    const one = held.get(name);
    return one?.entry.value.kind === 'list' ? one.entry.value.items.map((item) => item.text).join(' / ') : textOf(one);
  };
  const duration = values.find(({ name }) => name === 'duration')?.value;
  const isMade = !omit && clip === undefined;
  return {
    id: shot.id,
    title: shot.title,
    scene: shot.above.map((heading) => board.headings[heading]?.text ?? '').join(' / '),
    seconds: isMade && (typeof duration === 'number' || typeof duration === 'string') ? String(duration) : '',
    model: isMade ? (model.kind === 'model' ? model.model.name : (modelId ?? '')) : '',
    prompt: prompt?.text ?? '',
    dialogue: word('dialogue'),
    vo: word('vo'),
    super: word('super'),
    sfx: word('sfx'),
    music: word('music'),
    notes: notesOf(text, board, shot, clip).join('\n'),
    pick: pick === undefined ? '' : String(pick),
    isOmitted: omit,
  };
}

/** Keys that nothing knows, footage, quotes, and the headings inside the shot with their text. */
function notesOf(text: string, board: Storyboard, shot: Shot, clip: string | undefined): readonly string[] {
  const keys = shot.entries
    .filter(({ known }) => !known)
    .map(({ keyRange, value }) => {
      const words = value.kind === 'list' ? value.items.map((item) => item.text).join(' / ') : value.kind === 'text' ? value.text : '';
      return `${text.slice(keyRange.start, keyRange.end)}: ${words}`;
    });
  const inside = board.headings.filter(
    ({ role, range }) => role === 'note' && shot.range.start < range.start && range.start < shot.range.end,
  );
  const headed = inside.map((heading) => [heading.text, ...(heading.body.prompt ? [heading.body.prompt.text] : [])].join(': '));
  return [...(clip === undefined ? [] : [clip]), ...keys, ...quotesIn(text.slice(shot.range.start, shot.range.end)), ...headed];
}

function quotesIn(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return markdownBlocks(text, 0)
    .filter(({ kind }) => kind === 'quote')
    .map(({ first, end }) =>
      lines
        .slice(first, end)
        .map((line) => line.replace(/^\s*(?:>\s?)+/, '').trim())
        .filter((line) => line !== '')
        .join('\n'),
    );
}
