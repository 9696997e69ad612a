import { animateImage } from './animateImage';
import type { CommandId } from './commandIds';
import { copyRequestAs } from './copyRequestAs';
import { type GenerateParts, generateFromSelection } from './generate';

/** Commands that make a request out of what the user has before them. */
export type RequestCommandId = Extract<
  CommandId,
  'kreaVideo.generateFromSelection' | 'kreaVideo.generateWithModel' | 'kreaVideo.animateImage' | 'kreaVideo.copyRequestAs'
>;

/** `target`: the file of the menu that the command came from, if any. */
export async function runRequestCommand(command: RequestCommandId, parts: GenerateParts, target: unknown): Promise<void> {
  switch (command) {
    case 'kreaVideo.generateFromSelection':
      return generateFromSelection(parts, { withParameters: false });
    case 'kreaVideo.generateWithModel':
      return generateFromSelection(parts, { withParameters: true });
    case 'kreaVideo.animateImage':
      return animateImage(parts, target);
    case 'kreaVideo.copyRequestAs':
      return copyRequestAs(parts);
  }
}
