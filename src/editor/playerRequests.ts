import { commands, env, Uri } from 'vscode';
import type { Jobs } from '../jobs/jobs';
import type { PlayerAction } from '../player/messages';
import type { PlayerClip } from '../player/playerClip';

/** Does what a button of the player asks for. */
export async function answerPlayer(
  { action, clip }: { readonly action: PlayerAction; readonly clip: PlayerClip },
  jobs: Jobs,
): Promise<void> {
  switch (action) {
    case 'playOutside':
      await env.openExternal(Uri.file(clip.file));
      return;
    case 'reveal':
      await commands.executeCommand('revealFileInOS', Uri.file(clip.file));
      return;
    case 'saveAgain':
      return jobs.saveAgain(clip.takeId);
    case 'copyPrompt':
      return; // the player has done it
  }
}
