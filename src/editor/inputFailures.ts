import { l10n } from 'vscode';
import type { Inspected } from '../jobs/inputFile';
import type { InputFailure } from '../jobs/job';
import type { InputMedia } from '../storyboard/inputs';
import type { InputWarning } from '../storyboard/inputWarnings';
import type { Failure, GeneralStep } from './failure';
import { parameterLabel } from './parameterRows';
import { oneLine } from './plainText';

/** Why a file that a request names cannot be sent. Found out before anything is. */
export interface InputTrouble {
  readonly role: string;
  /** As the user wrote it. */
  readonly name: string;
  readonly media: InputMedia;
  readonly why: 'outside' | 'otherMedia' | Extract<Inspected, { kind: 'trouble' }>['why'];
  readonly code?: string;
}

export function inputFailure(trouble: InputTrouble): Failure<GeneralStep> {
  return { what: inputWords(trouble), money: 'notSent', step: { kind: 'chooseModel' } };
}

/** One sentence for a file that cannot be sent. */
export function inputWords({ role, name, media, why, code = '?' }: InputTrouble): string {
  const [field, file] = [parameterLabel(role), oneLine(name, 100)];
  switch (why) {
    case 'missing':
      return l10n.t('{0}: there is no file {1}.', field, file);
    case 'outside':
      return l10n.t('{0}: {1} lies outside the workspace folder. Only a file that you choose yourself may.', field, file);
    case 'notAFile':
      return l10n.t('{0}: {1} is no file.', field, file);
    case 'empty':
      return l10n.t('{0}: the file {1} is empty.', field, file);
    case 'tooLarge':
      return l10n.t('{0}: {1} is too large. Krea takes files of up to 75 MB.', field, file);
    case 'unreadable':
      return l10n.t('{0}: {1} could not be read ({2}).', field, file, code);
    case 'type':
    case 'otherMedia':
      return l10n.t('{0}: {1} is, by its content, no {2}.', field, file, mediaWords(media));
  }
}

/** What Krea takes, after "no". */
function mediaWords(media: InputMedia): string {
  switch (media) {
    case 'image':
      return l10n.t('image in the form of JPEG, PNG, WebP or HEIC');
    case 'video':
      return l10n.t('video in the form of MP4, MOV or WebM');
    case 'audio':
      return l10n.t('sound in the form of WAV or MP3');
    case 'any':
      return l10n.t('image, video or sound that Krea takes');
  }
}

/** A file that could not be brought to Krea; the request itself never left. */
export function uploadFailure({ role, name, why, status, message }: InputFailure): Failure {
  const [field, file] = [parameterLabel(role), oneLine(name, 100)];
  const said = message ? sentence(message) : l10n.t('no reason given');
  switch (why) {
    case 'missing':
      return { what: l10n.t('{0}: the file {1} is not there any more.', field, file), money: 'notSent', step: { kind: 'sendNow' } };
    case 'changed':
      return {
        what: l10n.t('{0}: the file {1} was changed after you asked for the video.', field, file),
        money: 'notSent',
        step: { kind: 'chooseModel' },
      };
    case 'unreadable':
      return { what: l10n.t('{0}: the file {1} could not be read.', field, file), money: 'notSent', step: { kind: 'sendNow' } };
    case 'tooLarge':
      return {
        what: l10n.t('{0}: Krea finds the file {1} too large ({2}).', field, file, status ?? '-'),
        money: 'refused',
        step: { kind: 'chooseModel' },
      };
    case 'refused':
      return {
        what: l10n.t('{0}: Krea did not take the file {1} ({2}): {3}.', field, file, status ?? '-', said),
        money: 'refused',
        step: { kind: 'chooseModel' },
      };
  }
}

/** Krea saw the request and said no to a file in it. `role` is empty when it did not say which. */
export function refusedInput(status: number, message: string, role: string): Failure {
  const said = message ? sentence(message) : l10n.t('no reason given');
  return {
    what: role
      ? l10n.t('Krea refused the request because of its file for {0} ({1}): {2}.', parameterLabel(role), status, said)
      : l10n.t('Krea refused the request because of one of its files ({0}): {1}.', status, said),
    money: 'refused',
    step: { kind: 'chooseModel' },
  };
}

/** What speaks against a file without forbidding it, for the question about the money. */
export function inputWarningWords({ code, role, width, height, ...rest }: InputWarning): string {
  const field = parameterLabel(role);
  const size = `${width} × ${height}`;
  switch (code) {
    case 'small':
      return l10n.t('{0}: the image has {1} pixels. Krea may ignore or refuse images with less than 512 on the shorter side.', field, size);
    case 'ratio':
      return l10n.t(
        '{0}: the image has {1} pixels, the request asks for {2}. The image may win, or be cropped.',
        field,
        size,
        rest.other ?? '',
      );
    case 'ends':
      return l10n.t(
        '{0}: its shape ({1} pixels) differs from that of the start image ({2}). Such videos often fail.',
        field,
        size,
        rest.other ?? '',
      );
  }
}

/** The service's own words, to stand inside a sentence of ours. */
export function sentence(text: string): string {
  return oneLine(text, 200).replace(/[.。]+$/, '');
}
