import { surelyExcludes } from '../catalogue/doubts';
import { type Catalogue, findModel, type Json, type JsonObject, type Model } from '../catalogue/model';
import { expandPrompt } from './expandPrompt';
import { frameReference } from './frameReference';
import { narrow } from './lines';
import { ofTheTrade } from './parameterKeys';
import { partsFindings } from './partsFindings';
import { placeOf } from './placeOfOrigin';
import { placeInText } from './promptSource';
import { readValue } from './readValue';
import { imageReferenceField, referenceImages } from './referenceImages';
import type { FrameInput, Origin, ResolvedShot, ResolvedValue, ShotFinding, ShotLeftOut } from './resolvedShot';
import { type Held, heldBy, textOf } from './shotLayers';
import type { Shot, Storyboard, TextBlock } from './storyboard';
import { wordsInReach } from './wordsInReach';

export interface BoardSurroundings {
  readonly catalogue: Catalogue;
  /** Of the settings: they hold where the board says nothing. */
  readonly modelId: string;
  readonly parameters: JsonObject;
  /** Of the files that the board names under `blocks`. */
  readonly otherBlocks: readonly TextBlock[];
}

/** Keys of a shot that are no fields of a model. */
const ofTheShot: ReadonlySet<string> = new Set([
  'model',
  'start',
  'end',
  'refs',
  'ref',
  'name',
  'pick',
  'id',
  'clip',
  'omit',
  'alt',
  'approve',
  ...ofTheTrade,
]);
/** Fields of the service that the board has a word for. */
const inputWords = { start: 'start_image', end: 'end_image' } as const;

export function resolveShot(board: Storyboard, shot: Shot, around: BoardSurroundings): ResolvedShot {
  const held = heldBy(board, shot);
  const words = wordsInReach(board, shot, around.otherBlocks);
  const source = shot.prompt;
  const prompt = source && expandPrompt(source.text, words);
  const { modelId, modelOrigin } = modelOf(held, around);
  const model = modelId === undefined ? ({ kind: 'none' } as const) : findModel(around.catalogue, modelId);
  const found = model.kind === 'model' ? valuesFor(model.model, shot, held, around, prompt?.cast ?? [], words.cast) : none;
  const body: JsonObject = {
    ...(prompt && { prompt: prompt.text }),
    ...Object.fromEntries(found.values.filter(({ origin }) => origin.kind !== 'modelDefault').map(({ name, value }) => [name, value])),
  };
  const pick = Number.parseInt(narrow(textOf(held.get('pick'))), 10);
  const clip = textOf(held.get('clip'));
  const alt = textOf(held.get('alt'));
  return {
    shot,
    modelId,
    modelOrigin,
    model,
    ...found,
    prompt,
    body: model.kind === 'model' ? body : {},
    pick: Number.isInteger(pick) && pick > 0 ? pick : undefined,
    clip: clip === '' ? undefined : clip,
    omit: isYes(held.get('omit')),
    alt: alt === '' ? undefined : alt,
    approve: isYes(held.get('approve')),
    findings: [
      ...modelFindings(model, modelId, modelOrigin, shot),
      ...(prompt && source
        ? prompt.findings.map((finding): ShotFinding => ({ ...finding, severity: 'error', ...placeInText(source, finding) }))
        : []),
      ...negativePrompt(held),
      ...partsFindings(found.values, shot),
    ],
  };
}

const none = { values: [], leftOut: [], frames: [] };

function modelOf(held: ReadonlyMap<string, Held>, { modelId }: BoardSurroundings) {
  const written = held.get('model');
  const id = textOf(written);
  const isSet = written !== undefined && id !== '' && !/^(?:default|none)$/i.test(id);
  return { modelId: isSet ? id : modelId || undefined, modelOrigin: isSet ? written.origin : ({ kind: 'setting' } as const) };
}

function valuesFor(
  model: Model,
  shot: Shot,
  held: ReadonlyMap<string, Held>,
  { parameters }: BoardSurroundings,
  mentioned: readonly TextBlock[],
  cast: ReadonlyMap<string, TextBlock>,
): Pick<ResolvedShot, 'values' | 'leftOut' | 'frames'> {
  const values = new Map<string, ResolvedValue>();
  const leftOut: ShotLeftOut[] = [];
  const has = (name: string) => model.parameters.some((parameter) => parameter.name === name);
  const put = (name: string, value: Json, origin: Origin, parts?: readonly Origin[]): void => {
    // on the shot itself a field that the model lacks is a mistake, and the check says so
    if (has(name) || origin.kind === 'shot' || origin.kind === 'still') values.set(name, { name, value, origin, ...(parts && { parts }) });
    else leftOut.push({ name, reason: 'modelLacksIt', origin });
  };

  for (const [name, value] of Object.entries(parameters)) if (!held.has(name)) put(name, value, { kind: 'setting' });
  for (const [name, one] of held) {
    if (ofTheShot.has(name) || isUnset(one)) continue;
    const parameter = model.parameters.find((candidate) => candidate.name === name);
    put(name, parameter ? readValue(one.entry.value, parameter) : textOf(one), one.origin);
  }
  for (const [word, field] of Object.entries(inputWords)) {
    const one = held.get(word);
    const still = shot.stills.find(({ alt }) => alt === word);
    if (one && !isUnset(one)) put(field, textOf(one), one.origin);
    else if (!one && still) put(field, still.text, { kind: 'still', range: still.range });
  }
  const images = referenceImages(held.get('refs') ?? held.get('ref'), shot.stills, mentioned, cast);
  const [first] = images;
  const field = imageReferenceField(model)?.name;
  if (first && field === undefined) leftOut.push({ name: 'refs', reason: 'noReferences', origin: first.origin });
  else if (first && field !== undefined && values.has('end_image') && surelyExcludes(model, 'end_image', field))
    leftOut.push({ name: 'refs', reason: 'excludedByEnd', origin: first.origin });
  else if (first && field !== undefined && !values.has(field))
    put(
      field,
      images.map(({ written }) => written),
      first.origin,
      images.map(({ origin }) => origin),
    );

  const frames = [...values.values()].flatMap(framesIn);
  for (const { name, default: value } of model.parameters)
    if (value !== undefined && !values.has(name)) values.set(name, { name, value, origin: { kind: 'modelDefault' } });
  return { values: [...values.values()], leftOut, frames };
}

/** `default` means the model's default, `none` removes what is inherited (rule 3). */
const isUnset = (held: Held): boolean => held.entry.value.kind === 'text' && /^(?:default|none|)$/i.test(held.entry.value.text.trim());

const isYes = (held: Held | undefined): boolean => /^(?:true|yes|on)$/i.test(textOf(held));

function framesIn({ name, value, origin, parts }: ResolvedValue): readonly FrameInput[] {
  const written = Array.isArray(value)
    ? value.map((text: Json, index) => [text, `${name}.${index}`, parts?.[index]] as const)
    : [[value, name, origin] as const];
  return written.flatMap(([text, role, from]) => {
    const frame = typeof text === 'string' ? frameReference(text) : undefined;
    return frame ? [{ role, frame, origin: from ?? origin }] : [];
  });
}

function modelFindings(model: ResolvedShot['model'], modelId: string | undefined, origin: Origin, shot: Shot): readonly ShotFinding[] {
  const place = placeOf(origin, shot);
  switch (model.kind) {
    case 'none':
      return [{ code: 'noModel', severity: 'error', ...shot.idRange }];
    case 'unknown':
      return [{ code: 'unknownModel', severity: 'error', id: modelId ?? '', ...place }];
    case 'retired': {
      const { id, name, replacement } = model.model;
      return [{ code: 'retiredModel', severity: 'error', id, name, replacement, ...place }];
    }
    case 'model': {
      const { id, name, sunset } = model.model;
      const written = origin.kind === 'frontMatter' || origin.kind === 'heading' ? origin.entry.valueRange : place;
      return sunset ? [{ code: 'sunset', severity: 'warning', id, name, sunset, ...written }] : [];
    }
    default:
      return model satisfies never;
  }
}

function negativePrompt(held: ReadonlyMap<string, Held>): readonly ShotFinding[] {
  const one = held.get('negative_prompt');
  return one?.origin.kind === 'shot' ? [{ code: 'negativePrompt', severity: 'warning', ...one.entry.keyRange }] : [];
}
