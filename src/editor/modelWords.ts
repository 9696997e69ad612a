import { l10n } from 'vscode';
import type { Limits } from '../catalogue/limits';

/** What a model can do, in one line of a list: `5 or 10 s · 16:9, 9:16, 1:1 · start and end image`. */
export function limitWords(limits: Limits): string {
  return [
    secondsWords(limits.seconds),
    listWords(limits.ratios),
    listWords(limits.resolutions),
    soundWords(limits.sound),
    imageWords(limits),
    limits.references.images > 0 ? l10n.t('reference images') : '',
    limits.seed ? l10n.t('seed') : '',
    limits.needs.length > 0 ? l10n.t('needs {0}', limits.needs.join(', ')) : '',
  ]
    .filter((words) => words !== '')
    .join(' · ');
}

function secondsWords(seconds: Limits['seconds']): string {
  switch (seconds.kind) {
    case 'list':
      return seconds.values.length === 2 ? l10n.t('{0} or {1} s', ...seconds.values) : l10n.t('{0} s', seconds.values.join(', '));
    case 'range':
      return l10n.t('{0} to {1} s', seconds.min, seconds.max);
    case 'any':
    case 'fixed':
      return '';
  }
}

function listWords(values: readonly string[], most = 4): string {
  return values.length > most ? `${values.slice(0, most).join(', ')} …` : values.join(', ');
}

function soundWords(sound: Limits['sound']): string {
  switch (sound) {
    case 'always':
      return l10n.t('with sound');
    case 'switch':
      return l10n.t('sound on request');
    case 'never':
      return l10n.t('silent');
    case 'unknown':
      return '';
  }
}

function imageWords({ startImage, endImage }: Limits): string {
  if (startImage === 'required') return l10n.t('from a start image');
  if (startImage === 'optional' && endImage !== 'no') return l10n.t('start and end image');
  return startImage === 'optional' ? l10n.t('start image') : '';
}
