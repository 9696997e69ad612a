import { l10n } from 'vscode';
import type { PlayerTexts } from './messages';

/** Every text of the page, in the user's language. */
export function playerTexts(): PlayerTexts {
  return {
    actions: l10n.t('Clip actions'),
    copied: l10n.t('Copied'),
    copyPrompt: l10n.t('Copy Prompt'),
    details: l10n.t('About this clip'),
    empty: l10n.t('The next finished take plays here.'),
    ended: l10n.t('End of the clip'),
    loading: l10n.t('Loading the clip…'),
    missing: l10n.t('The file of this clip is gone.'),
    missingHint: l10n.t('It was moved, renamed or deleted. Nothing was charged again. Put the file back and play the clip again.'),
    noPicture: l10n.t('This clip has no picture that this editor can show.'),
    noPictureHint: l10n.t('The file is safe on disk. Another player may show it.'),
    noSound: l10n.t('No sound in this clip'),
    paused: l10n.t('Paused'),
    play: l10n.t('Play'),
    playOutside: l10n.t('Play Outside'),
    playing: l10n.t('Playing'),
    prompt: l10n.t('Prompt'),
    reveal: l10n.t('Show in Folder'),
    saveAgain: l10n.t('Save Again'),
    soundOff: l10n.t('The sound is off because the clip started by itself.'),
    soundOn: l10n.t('Turn Sound On'),
    soundUnplayable: l10n.t('This clip has sound, but this editor cannot play it.'),
    stage: l10n.t('Clip'),
    undecodable: l10n.t('This editor cannot play the file of this clip.'),
    undecodableHint: l10n.t(
      'The file may be damaged or in a format that this editor does not know. It stays on disk as it is. Another player may show it.',
    ),
    unreadable: l10n.t('The file of this clip cannot be read.'),
    unreadableHint: l10n.t(
      'The disk or network folder does not answer, or access is denied. Nothing was charged again. Check the folder and play the clip again.',
    ),
  };
}
