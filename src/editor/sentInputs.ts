import { l10n, type Uri } from 'vscode';
import type { ContentHashes } from '../production/contentHashes';
import { type FrameReference, frameReference } from '../storyboard/frameReference';
import { type InputPlace, inputsOf } from '../storyboard/inputs';
import type { BoardShot } from '../storyboard/readBoard';
import { resolveInputs } from '../storyboard/resolveInputs';
import { shotKey } from '../storyboard/shotId';
import { inputWords } from './inputFailures';
import { oneLine } from './plainText';
import { foldersFor } from './requestInputs';
import type { SentInput } from './sentRequestText';
import type { BoardView } from './shotStates';

/** What of files and frames would go along with a shot: each file by its content, each frame by its take. */
export async function sentInputs(
  { resolved: { model, body, frames } }: BoardShot,
  uri: Uri,
  view: BoardView | undefined,
  hashes: ContentHashes,
  signal: AbortSignal,
): Promise<readonly SentInput[]> {
  if (model.kind !== 'model') return [];
  const places = inputsOf(model.model, body).filter(({ written }) => frameReference(written) === undefined);
  const files = await Promise.all(
    places.map(async (place) => ({ role: place.role, written: place.written, words: await fileWords(place, uri, hashes, signal) })),
  );
  const ofFrames = frames.map(({ role, frame }) => ({ role, written: frameText(frame), words: takeWords(frame, view) }));
  return [...files, ...ofFrames];
}

async function fileWords(place: InputPlace, uri: Uri, hashes: ContentHashes, signal: AbortSignal): Promise<string> {
  const trouble = { role: place.role, name: place.written, media: place.media };
  const found = await resolveInputs([place], foldersFor(uri));
  if (found.kind === 'refused') return inputWords({ ...trouble, why: found.why, ...(found.code && { code: found.code }) });
  const [input] = found.inputs;
  const inspected = input && (await hashes.inspect(input.file, signal));
  if (!inspected) return inputWords({ ...trouble, why: 'missing' });
  if (inspected.kind === 'trouble') return inputWords({ ...trouble, why: inspected.why, ...(inspected.code && { code: inspected.code }) });
  return `sha256 ${inspected.input.sha256.slice(0, 12)}…`;
}

function frameText(frame: FrameReference): string {
  const shot = oneLine(frame.shot, 40);
  switch (frame.which) {
    case 'first':
      return l10n.t('first frame of {0}', shot);
    case 'last':
      return l10n.t('last frame of {0}', shot);
    case 'at':
      return l10n.t('frame of {0} at {1} s', shot, frame.seconds);
  }
}

/** Of the pick, else of the newest take (rule 13). */
function takeWords({ shot }: FrameReference, view: BoardView | undefined): string {
  const of = view?.shots.find(({ resolved }) => shotKey(resolved.shot.id) === shotKey(shot));
  if (!of) return l10n.t('There is no shot {0} in this storyboard.', oneLine(shot, 40));
  const picked = of.takes.find(({ number }) => number === of.resolved.pick);
  const take = picked ?? of.takes.at(-1);
  if (!take) return l10n.t('no take yet');
  return picked ? l10n.t('take {0}, the pick', take.number) : l10n.t('take {0}, the newest', take.number);
}
