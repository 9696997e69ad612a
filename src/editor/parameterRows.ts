import { l10n } from 'vscode';
import type { JsonObject } from '../jobs/job';
import { oneLine } from './plainText';

/** The parameters of a request for people to read; Krea's own name where the field has no other. */
export function parameterRows(parameters: JsonObject): readonly { readonly label: string; readonly value: string }[] {
  return Object.entries(parameters).map(([name, value]) => ({
    label: parameterLabel(name),
    value: oneLine(typeof value === 'object' ? JSON.stringify(value) : valueWords(value), 80),
  }));
}

export function parameterLabel(name: string): string {
  switch (name) {
    case 'aspect_ratio':
      return l10n.t('Aspect ratio');
    case 'duration':
      return l10n.t('Seconds');
    case 'start_image':
      return l10n.t('Start image');
    case 'end_image':
      return l10n.t('End image');
    case 'resolution':
      return l10n.t('Resolution');
    case 'generate_audio':
      return l10n.t('Sound');
    case 'seed':
      return l10n.t('Seed');
    case 'mode':
      return l10n.t('Mode');
    default:
      return oneLine(name, 40);
  }
}

export function valueWords(value: string | number | boolean): string {
  if (value === true) return l10n.t('on');
  return value === false ? l10n.t('off') : String(value);
}
