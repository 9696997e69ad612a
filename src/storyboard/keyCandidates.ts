import { findModel, type Model } from '../catalogue/model';
import type { Candidate } from './completion';
import { plainKey } from './entry';
import { imageReferenceField } from './referenceImages';
import { type BoardSurroundings, resolveShot } from './resolveShot';
import type { Storyboard } from './storyboard';
import { firstShotOf, shotOf } from './typedShot';
import type { TypedIn, Typing } from './typingAt';

const always = {
  shot: ['model', 'pick', 'clip', 'omit', 'alt', 'approve', 'id', 'dialogue', 'vo', 'super', 'sfx', 'music'],
  section: ['model', 'approve', 'id'],
  cast: ['name', 'ref'],
  frontMatter: ['model', 'takes', 'budget', 'blocks', 'storyboard', 'approve'],
} as const;

/** Words of the board for fields of the service. */
const words = { start: 'start_image', end: 'end_image' } as const;

/** Keys that may stand in this list and do not yet: fields of the model that holds here, then the board's own words. */
export function keyCandidates(
  text: string,
  board: Storyboard,
  { in: typedIn, lead, isKeyed, range }: Extract<Typing, { kind: 'key' }>,
  around: BoardSurroundings,
): readonly Candidate[] {
  const taken = keysThere(text, board, typedIn, range.start);
  const fields = typedIn.kind === 'cast' ? [] : fieldsOf(modelAt(board, typedIn, around), typedIn.kind === 'shot');
  const names = [...fields.map(({ name }) => name), ...always[typedIn.kind].filter((name) => !fields.some((field) => field.name === name))];
  return names
    .filter((name) => !taken.has(plainKey(name)) && !taken.has(plainKey(nameOfField(name))))
    .map((name) => ({
      kind: 'key',
      name,
      parameter: fields.find((field) => field.name === name)?.parameter,
      asksForValue: !isKeyed,
      insert: `${lead}${name}${isKeyed ? '' : ': '}`,
    }));
}

const nameOfField = (name: string): string => (name === 'start' || name === 'end' ? words[name] : name);

function fieldsOf(model: Model | undefined, isShot: boolean) {
  if (!model) return [];
  const references = imageReferenceField(model)?.name;
  const hidden = new Set(['prompt', ...Object.values(words), references]);
  const has = (name: string | undefined) => model.parameters.find((parameter) => parameter.name === name);
  const inputs = [...(isShot ? (['start', 'end'] as const) : [])].flatMap((name) => {
    const parameter = has(words[name]);
    return parameter ? [{ name, parameter }] : [];
  });
  const refs = has(references);
  return [
    ...model.parameters
      .filter(({ name, deprecated }) => !deprecated && !hidden.has(name))
      .map((parameter) => ({ name: parameter.name, parameter })),
    ...inputs,
    ...(refs ? [{ name: 'refs', parameter: refs }] : []),
  ];
}

/** The model of the shot, or that of the first shot which inherits from here. */
function modelAt(board: Storyboard, typedIn: Exclude<TypedIn, { kind: 'cast' }>, around: BoardSurroundings): Model | undefined {
  const shot = firstShotOf(board, typedIn);
  if (shot) {
    const { model } = resolveShot(board, shot, around);
    return model.kind === 'model' ? model.model : undefined;
  }
  const written = board.frontMatter.find(({ name }) => name === 'model')?.value;
  const found = findModel(around.catalogue, written?.kind === 'text' && written.text !== '' ? written.text : around.modelId);
  return found.kind === 'model' ? found.model : undefined;
}

/** Read off the lines of a front matter: what is half-written there leaves YAML without any. */
function keysThere(text: string, board: Storyboard, typedIn: TypedIn, typedAt: number): ReadonlySet<string> {
  if (typedIn.kind !== 'frontMatter') {
    const shot = shotOf(board, typedIn.section);
    const entries = typedIn.kind === 'shot' && shot ? shot.entries : (typedIn.section.body.list?.entries ?? []);
    return new Set(entries.filter(({ keyRange }) => keyRange.start !== typedAt).map(({ name }) => plainKey(name)));
  }
  const end = /[\r\n](?:---|\.\.\.)[ \t]*(?:[\r\n]|$)/.exec(text)?.index ?? 0;
  const lines = text.slice(0, end).matchAll(/(?<=^|[\r\n])([\w-]+):/g);
  return new Set([...lines].filter(({ index }) => index !== typedAt).map(([, name = '']) => plainKey(name)));
}
