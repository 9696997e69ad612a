import { join } from 'node:path';
import { l10n, Uri } from 'vscode';
import type { PlayerClip } from '../player/playerClip';
import { PlayerPanel } from '../player/playerPanel';
import type { SetupLine } from './checkSetupReport';

/** Milliseconds for a page to come up, read a clip from disk and decode it; a page that is silent is loaded once more after 10 s. */
const pageWithin = 25_000;
/** Milliseconds from the picture to the answer about the sound. */
const soundWithin = 5000;

/** Picture and sound of a sample clip, tried in a player of its own that closes again. */
export async function checkSetupPlayer(
  extensionUri: Uri,
  signal: AbortSignal,
  clip = join(extensionUri.fsPath, 'media', 'demo', 'wide-4-sound.mp4'),
): Promise<readonly SetupLine[]> {
  const media = Uri.joinPath(extensionUri, 'media');
  const player = new PlayerPanel({
    extensionUri,
    roots: () => [media],
    findClip: async () => undefined,
    loop: () => false,
    actions: () => [],
    log: () => undefined,
    viewType: 'kreaVideo.setupCheck',
  });
  try {
    const sound = new Promise<boolean>((resolve) => player.onDidProbe(({ aac }) => resolve(aac)));
    const picture = new Promise<Seen>((resolve) => {
      player.onDidMeasure(({ width, height }) => resolve(width > 0 && height > 0 ? 'seen' : 'failed'));
      player.onDidFail(({ trouble }) => resolve(trouble === 'missing' ? 'missing' : 'failed'));
      player.onDidChangeState((state) => state === 'closed' && resolve('closed'));
    });
    await player.show(sampleClip(clip), { preserveFocus: true, autoplay: false, reveal: true });
    const seen = await within(picture, pageWithin, signal);
    return [pictureLine(seen), soundLine(seen === 'seen' ? await within(sound, soundWithin, signal) : undefined)];
  } finally {
    player.dispose();
  }
}

type Seen = 'seen' | 'failed' | 'missing' | 'closed';

function sampleClip(file: string): PlayerClip {
  return { takeId: 'setup', file, title: l10n.t('Sample clip'), prompt: '', facts: [], sound: 'aac' };
}

function pictureLine(seen: Seen | undefined): SetupLine {
  const subject = l10n.t('Player');
  switch (seen) {
    case 'seen':
      return { subject, outcome: 'good', code: 'player.picture', words: l10n.t('It opens and shows a clip (H.264).') };
    case 'failed':
      return {
        subject,
        outcome: 'fault',
        code: 'player.undecodable',
        words: l10n.t('It opens, but this editor cannot show the clip (H.264). Clips are saved all the same; open them outside.'),
      };
    case 'missing':
      return {
        subject,
        outcome: 'fault',
        code: 'player.noSample',
        words: l10n.t('It opens, but the sample clip that belongs to the extension is gone. Install the extension again.'),
      };
    case 'closed':
      return {
        subject,
        outcome: 'notChecked',
        code: 'player.closed',
        words: l10n.t('Not known: it was closed before the clip was shown.'),
      };
    case undefined:
      return {
        subject,
        outcome: 'fault',
        code: 'player.silent',
        words: l10n.t('It does not start. Clips are saved all the same; open them outside. Reload the window and check again.'),
      };
  }
}

function soundLine(aac: boolean | undefined): SetupLine {
  const subject = l10n.t('Sound');
  switch (aac) {
    case true:
      return { subject, outcome: 'good', code: 'sound.aac', words: l10n.t('The sound of most clips (AAC) plays.') };
    case false:
      // not a fault: so it is in every VS Code on the desktop
      return {
        subject,
        outcome: 'good',
        code: 'sound.noAac',
        words: l10n.t(
          'This editor plays no AAC sound, as VS Code on the desktop does not. Clips have their sound all the same; open them outside to hear it.',
        ),
      };
    case undefined:
      return { subject, outcome: 'notChecked', code: 'sound.notAsked', words: l10n.t('Not known: no clear answer came.') };
  }
}

function within<T>(answer: Promise<T>, ms: number, signal: AbortSignal): Promise<T | undefined> {
  const late = AbortSignal.any([signal, AbortSignal.timeout(ms)]);
  return Promise.race([
    answer,
    new Promise<undefined>((resolve) => {
      if (late.aborted) resolve(undefined);
      late.addEventListener('abort', () => resolve(undefined), { once: true });
    }),
  ]);
}
