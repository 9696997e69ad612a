import { animateImage } from './animateImage';
import type { CommandId } from './commandIds';
import { copyChosen, copyRequestAs } from './copyRequestAs';
import { type GenerateParts, generateFromSelection } from './generate';
import type { Storyboards } from './storyboards';

/** Commands that make a request out of what the user has before them. */
export type RequestCommandId = Extract<
  CommandId,
  'kreaVideo.generateFromSelection' | 'kreaVideo.generateWithModel' | 'kreaVideo.animateImage' | 'kreaVideo.copyRequestAs'
>;

/** `target`: the file of the menu that the command came from, if any. `storyboards`: while the window has one. */
export async function runRequestCommand(
  command: RequestCommandId,
  parts: GenerateParts,
  target: unknown,
  storyboards: Pick<Storyboards, 'shots' | 'shotAtCursor'> | undefined,
): Promise<void> {
  switch (command) {
    case 'kreaVideo.generateFromSelection': {
      // its paragraph alone would be another request than the shot
      const shot = await storyboards?.shotAtCursor();
      return shot && storyboards ? storyboards.shots.generate(shot) : generateFromSelection(parts, { withParameters: false });
    }
    case 'kreaVideo.generateWithModel':
      return generateFromSelection(parts, { withParameters: true });
    case 'kreaVideo.animateImage':
      return animateImage(parts, target);
    case 'kreaVideo.copyRequestAs': {
      const shot = await storyboards?.shotAtCursor();
      if (!shot || !storyboards) return copyRequestAs(parts);
      const sendable = await storyboards.shots.requestOf(shot);
      return sendable && copyChosen({ ...sendable, chosen: new Set() }, shot.uri);
    }
  }
}
