import { l10n } from 'vscode';
import type { Parameter } from '../catalogue/model';
import { oneLine } from './plainText';

/** What a key of a storyboard is for, in one line; empty for fields of which only Krea knows more. */
export function keyWords(name: string): string {
  switch (name) {
    case 'model':
      return l10n.t('The model that makes the video.');
    case 'start':
    case 'start_image':
      return l10n.t('Picture or frame of another shot that the video begins with.');
    case 'end':
    case 'end_image':
      return l10n.t('Picture or frame of another shot that the video ends with.');
    case 'refs':
      return l10n.t('Pictures or @names that show the model how someone or something looks; none sends none.');
    case 'ref':
      return l10n.t('Pictures of this person or thing. They are sent with each shot whose prompt names it.');
    case 'name':
      return l10n.t('What prompts say after the first mention.');
    case 'pick':
      return l10n.t('Number of the take that is used.');
    case 'id':
      return l10n.t('Makes this heading a shot of that id; none makes it no shot.');
    case 'clip':
      return l10n.t('Your own footage: played and exported, never generated.');
    case 'omit':
      return l10n.t('Keeps the number and leaves the shot out of batches, sums and exports.');
    case 'alt':
      return l10n.t('The shot this one is a variant of. It is generated, but neither played nor exported.');
    case 'approve':
      return l10n.t('In a batch, shots that use its frames wait until a take is picked.');
    case 'takes':
      return l10n.t('Folder for the takes of this storyboard.');
    case 'budget':
      return l10n.t('US dollars that this storyboard may cost in all. A batch stops before it would pass them.');
    case 'blocks':
      return l10n.t('Other Markdown files whose blocks may be used here.');
    case 'storyboard':
      return l10n.t('Makes this Markdown file a storyboard.');
    default:
      return noteWords(name) ?? fieldMeaning(name);
  }
}

function noteWords(name: string): string | undefined {
  switch (name) {
    case 'dialogue':
      return l10n.t('Note: what is said. Never sent; write it in the prompt for the model to hear it.');
    case 'vo':
      return l10n.t('Note: voice-over. Never sent.');
    case 'super':
      return l10n.t('Note: titles on the picture. Never sent.');
    case 'sfx':
      return l10n.t('Note: sound effects. Never sent.');
    case 'music':
      return l10n.t('Note: music. Never sent.');
    default:
      return undefined;
  }
}

function fieldMeaning(name: string): string {
  switch (name) {
    case 'duration':
      return l10n.t('Length of the video in seconds.');
    case 'aspect_ratio':
      return l10n.t('Width to height of the video.');
    case 'resolution':
      return l10n.t('Size of the picture.');
    case 'generate_audio':
      return l10n.t('Whether the model makes sound.');
    case 'seed':
      return l10n.t('The same number and the same request give a similar video.');
    default:
      return '';
  }
}

/** What a field takes: `5, 10 · default: 5`. */
export function fieldWords({ kind, values, min, max, default: preset }: Parameter): string {
  const takes =
    values !== undefined
      ? values.join(', ')
      : kind === 'boolean'
        ? 'true, false'
        : min !== undefined && max !== undefined
          ? l10n.t('{0} to {1}', min, max)
          : '';
  const plain = preset === undefined || preset === null || typeof preset === 'object' ? '' : l10n.t('default: {0}', String(preset));
  return oneLine([takes, plain].filter((words) => words !== '').join(' · '), 120);
}
