import { commands, l10n, window } from 'vscode';

/** There was nothing to work on: says so, and offers to begin one. */
export async function offerNewStoryboard(text: string): Promise<void> {
  const button = l10n.t('New Storyboard');
  if ((await window.showWarningMessage(text, button)) === button) await commands.executeCommand('kreaVideo.newStoryboard');
}
