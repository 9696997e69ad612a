import { type Disposable, type TextDocument, workspace } from 'vscode';
import { isBegunStoryboard } from '../storyboard/isBegunStoryboard';
import { isStoryboard } from '../storyboard/isStoryboard';
import { setContextKey } from './contextKeys';

/**
 * Calls `opened` at the first storyboard of the window, sets `kreaVideo.hasStoryboard` at the first one with a shot in it, and
 * looks no further. A text that becomes a storyboard is noticed when it is saved.
 */
export function noticeStoryboards(opened: () => void): Disposable {
  const looks: Disposable[] = [];
  const stop = (): void => {
    for (const look of looks.splice(0)) look.dispose();
  };
  let told = false;
  const look = (document: TextDocument): void => {
    if (looks.length === 0 || !isStoryboard(document)) return;
    if (!told) opened();
    told = true;
    if (!isBegunStoryboard(document)) return;
    setContextKey('hasStoryboard', true);
    stop();
  };
  looks.push(workspace.onDidOpenTextDocument(look), workspace.onDidSaveTextDocument(look));
  for (const document of workspace.textDocuments) look(document);
  return { dispose: stop };
}
