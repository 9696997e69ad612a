import { plainKey } from './entry';
import type { KnownKeys } from './parameterList';

/** Words of a storyboard's own, beside the fields of the models. */
export const ofStoryboards = ['model', 'start', 'end', 'refs', 'ref', 'pick', 'id', 'clip', 'omit', 'alt', 'approve', 'name'];

/** Words of the trade that stand in a shot's list and are never sent. */
export const ofTheTrade = ['dialogue', 'vo', 'super', 'sfx', 'music', 'negative_prompt'];

/** Fields of Krea's video models in 2026; a field that a later catalogue adds is found once another of its list is known. */
const ofModels = [
  'aspect_ratio',
  'audio_url',
  'camera_motion',
  'camera_trajectory',
  'draft',
  'duration',
  'edit_video',
  'effects',
  'element_references',
  'enable_prompt_expansion',
  'end_image',
  'enhance_prompt',
  'expand_prompt',
  'generate_audio',
  'height',
  'loop',
  'mode',
  'movement_amplitude',
  'multi_prompt',
  'num_frames',
  'prompt_expansion_mode',
  'reference_audios',
  'reference_images',
  'reference_video_seconds',
  'reference_videos',
  'resolution',
  'seed',
  'start_image',
  'start_video',
  'style_references',
  'styles',
  'upscale',
  'video_reference',
  'width',
];

/** Names and plain keys, each with its name; `fields`: those of the models that are offered now. */
export function knownKeys(fields: Iterable<string> = []): KnownKeys {
  return new Map(
    [...ofStoryboards, ...ofTheTrade, ...ofModels, ...fields].flatMap((name) => [
      [name, name],
      [plainKey(name), name],
    ]),
  );
}
