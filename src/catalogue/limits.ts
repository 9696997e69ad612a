import type { Model, Sound } from './model';

/** `fixed`: the model has no such field; `any`: it has, without stated limits. */
export type Seconds =
  | { readonly kind: 'list'; readonly values: readonly number[] }
  | { readonly kind: 'range'; readonly min: number; readonly max: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'fixed' };

export type Presence = 'no' | 'optional' | 'required';

/** What a model can do, for a row of a picker. */
export interface Limits {
  readonly seconds: Seconds;
  readonly ratios: readonly string[];
  readonly resolutions: readonly string[];
  readonly sound: Sound;
  readonly startImage: Presence;
  readonly endImage: Presence;
  readonly startVideo: Presence;
  /** How many of each may be sent; Infinity where no limit is stated. */
  readonly references: { readonly images: number; readonly videos: number; readonly audios: number };
  readonly seed: boolean;
  /** What a request must have beside its prompt. */
  readonly needs: readonly string[];
}

export function limitsOf(model: Model): Limits {
  const find = (name: string) => model.parameters.find((parameter) => parameter.name === name);
  const texts = (name: string) => (find(name)?.values ?? []).filter((value) => typeof value === 'string');
  const presence = (name: string): Presence => {
    const parameter = find(name);
    return parameter ? (parameter.required ? 'required' : 'optional') : 'no';
  };
  const most = (...names: readonly string[]) =>
    names
      .flatMap((name) => find(name) ?? [])
      .reduce((sum, { kind, maxItems }) => sum + (kind === 'list' ? (maxItems ?? Number.POSITIVE_INFINITY) : 1), 0);
  return {
    seconds: secondsOf(model),
    ratios: texts('aspect_ratio'),
    resolutions: texts('resolution'),
    sound: model.sound,
    startImage: presence('start_image'),
    endImage: presence('end_image'),
    startVideo: presence('start_video'),
    references: {
      images: most('reference_images', 'style_references', 'element_references'),
      videos: most('reference_videos', 'video_reference'),
      audios: most('reference_audios', 'audio_url'),
    },
    seed: find('seed') !== undefined,
    needs: model.parameters.filter(({ name, required }) => required && name !== 'prompt').map(({ name }) => name),
  };
}

function secondsOf(model: Model): Seconds {
  const duration = model.parameters.find(({ name }) => name === 'duration');
  if (!duration) return { kind: 'fixed' };
  if (duration.values) return { kind: 'list', values: duration.values.filter((value) => typeof value === 'number') };
  return duration.min === undefined || duration.max === undefined
    ? { kind: 'any' }
    : { kind: 'range', min: duration.min, max: duration.max };
}
