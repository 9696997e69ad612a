import { amountOf } from './holds';
import type { Json, JsonObject, Model, Scalar } from './model';

/** Words of dimensions for fields that are called otherwise. */
const otherNames: Readonly<Record<string, string>> = {
  audio: 'generate_audio',
  sound: 'generate_audio',
  seconds: 'duration',
  duration_seconds: 'duration',
  has_audio: 'generate_audio',
};

/** What a dimension counts where its words are no field's. */
const otherWords: Readonly<Record<string, string>> = { lora: 'style' };

/**
 * The value that a request with its defaults has in one dimension of Krea's prices; `undefined` when that is not
 * certain. A dimension is a field (`generateAudio`), whether one is sent (`hasVideoReference`), or how many
 * (`referenceImageCount`).
 */
export function priceDimension(model: Pick<Model, 'parameters'>, dimension: string, body: JsonObject): Scalar | undefined {
  const stated = dimension.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const name = otherNames[stated] ?? stated;
  if (name === 'billable_seconds') return billableSeconds(body);
  if (hasField(model, name)) return scalarOf(body[name]);
  const has = /^(?:has|with|uses)_(.+)$/.exec(name)?.[1];
  const count = /^(?:num_|number_of_)(.+)$/.exec(name)?.[1] ?? /^(.+)_count$/.exec(name)?.[1];
  const wanted = has ?? count;
  const fields = wanted === undefined ? [] : model.parameters.filter((field) => wordsOf(field.name) === wordsOf(wanted));
  if (fields.length === 0) return undefined;
  const amount = fields.reduce((sum, field) => sum + amountOf(body[field.name]), 0);
  return has === undefined ? amount : amount > 0;
}

/** What is charged for the length of reference videos is not known. */
function billableSeconds(body: JsonObject): number | undefined {
  const { duration, reference_video_seconds: referenced, reference_videos: videos } = body;
  const more = amountOf(videos) > 0 || (typeof referenced === 'number' && referenced > 0);
  return typeof duration === 'number' && !more ? duration : undefined;
}

const hasField = ({ parameters }: Pick<Model, 'parameters'>, name: string) => parameters.some((field) => field.name === name);

/** A field that is not sent and has no default is null. */
function scalarOf(value: Json | undefined): Scalar | undefined {
  if (value === undefined) return null;
  return typeof value === 'object' && value !== null ? undefined : value;
}

/** `video_reference`, `reference_videos` and `videoReferences` are one to a reader. */
const wordsOf = (name: string) =>
  name
    .split('_')
    .map((word) => word.replace(/s$/, ''))
    .map((word) => otherWords[word] ?? word)
    .sort()
    .join(' ');
