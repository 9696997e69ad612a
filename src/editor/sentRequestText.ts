import { l10n } from 'vscode';
import type { Json } from '../catalogue/model';
import type { TextRange } from '../storyboard/lines';
import type { Board, BoardShot } from '../storyboard/readBoard';
import type { Origin, ResolvedShot, ResolvedValue, ShotLeftOut } from '../storyboard/resolvedShot';
import { estimateWords } from './jobWords';
import { originWords } from './originWords';
import { oneLine } from './plainText';

/** A file or a frame that goes along, as far as it is known. */
export interface SentInput {
  /** `start_image`, `reference_images.0`. */
  readonly role: string;
  readonly written: string;
  /** Its content hash, the take that a frame is taken from, or why it is not there. */
  readonly words: string;
}

export interface SentRequest {
  readonly board: Board;
  readonly shot: BoardShot;
  readonly inputs: readonly SentInput[];
  /** What the shot has on disk and at Krea, in a few words. */
  readonly state: string | undefined;
  /** Of the diagnostics, one sentence each. */
  readonly said: readonly string[];
  /** Of the shot, what is for people only. */
  readonly unsent: readonly TextRange[];
  /** The demo costs nothing. */
  readonly isFree: boolean;
}

/** The whole of what a shot would send, as Markdown: read by people, never rendered or run. */
export function sentRequestText(sent: SentRequest): string {
  const { shot, said, state, isFree } = sent;
  const { resolved, price } = shot;
  const { id, title } = resolved.shot;
  const priced = isFree ? l10n.t('free') : estimateWords(price);
  const facts = [modelWords(resolved), ...(resolved.prompt ? [priced] : []), ...(state === undefined ? [] : [state])];
  return [
    `# ${oneLine(`${id} ${title}`, 120)}`,
    facts.join(' · '),
    ...section(l10n.t('To Put Right'), list(said)),
    ...promptSection(resolved),
    ...section(
      l10n.t('Values'),
      list([...modelLines(resolved, sent.board), ...resolved.values.flatMap((value) => valueLines(value, sent.board))]),
    ),
    ...section(
      l10n.t('Files and Frames'),
      list(sent.inputs.map(({ role, written, words }) => `${role}: ${oneLine(written, 200)} · ${words}`)),
    ),
    ...section(l10n.t('Left Out'), list(leftOutLines(sent))),
    ...requestSection(resolved),
  ]
    .join('\n\n')
    .concat('\n');
}

function modelWords({ model, modelId }: ResolvedShot): string {
  return model.kind === 'model' ? `${model.model.name} (${model.model.id})` : oneLine(modelId ?? l10n.t('no model'), 60);
}

function promptSection({ prompt, model }: ResolvedShot): readonly string[] {
  if (!prompt) return section(l10n.t('Prompt'), l10n.t('This shot has no prompt yet. Nothing would be sent.'));
  const most = model.kind === 'model' ? model.model.parameters.find(({ name }) => name === 'prompt')?.maxLength : undefined;
  const length = [...prompt.text].length;
  const words = most === undefined ? l10n.t('{0} characters', length) : l10n.t('{0} of at most {1} characters', length, most);
  return [...section(l10n.t('Prompt'), fenced(prompt.text, 'text')), words];
}

const modelLines = ({ modelId, modelOrigin }: ResolvedShot, { storyboard }: Board): readonly string[] =>
  modelId === undefined ? [] : [`model: ${oneLine(modelId, 60)} · ${originWords(modelOrigin, storyboard)}`];

function valueLines({ name, value, origin, parts }: ResolvedValue, { storyboard }: Board): readonly string[] {
  const line = (label: string, held: Json, from: Origin): string => `${label}: ${valueWords(held)} · ${originWords(from, storyboard)}`;
  if (parts && Array.isArray(value)) return value.map((item: Json, index) => line(`${name}.${index}`, item, parts[index] ?? origin));
  return [line(name, value, origin)];
}

const valueWords = (value: Json): string => oneLine(typeof value === 'string' ? value : JSON.stringify(value), 200);

function leftOutLines({ shot: { resolved }, board, unsent }: SentRequest): readonly string[] {
  return [
    ...resolved.leftOut.map(
      (left) => `${oneLine(left.name, 40)} · ${originWords(left.origin, board.storyboard)} · ${whyLeftOut(left, resolved)}`,
    ),
    ...unsent.map(({ start, end }) => `“${oneLine(board.text.slice(start, end), 100)}” · ${l10n.t('a note, for people only')}`),
  ];
}

function whyLeftOut({ reason }: ShotLeftOut, { model }: ResolvedShot): string {
  const name = model.kind === 'model' ? model.model.name : '';
  switch (reason) {
    case 'modelLacksIt':
      return l10n.t('{0} has no such field', name);
    case 'noReferences':
      return l10n.t('{0} takes no reference pictures', name);
    case 'excludedByEnd':
      return l10n.t('{0} takes no reference pictures beside an end image', name);
  }
}

function requestSection({ model, body, prompt }: ResolvedShot): readonly string[] {
  if (model.kind !== 'model' || !prompt) return [];
  return [...section(l10n.t('Request'), `POST ${model.model.endpoint}`), fenced(JSON.stringify(body, null, 2), 'json')];
}

const section = (title: string, text: string): readonly string[] => (text === '' ? [] : [`## ${title}`, text]);

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** A fence longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([marks]) => marks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
