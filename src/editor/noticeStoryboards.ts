import { type Disposable, type TextDocument, workspace } from 'vscode';
import { isBegunStoryboard } from '../storyboard/isBegunStoryboard';
import { setContextKey } from './contextKeys';

/** Sets `kreaVideo.hasStoryboard` at the first storyboard that is opened or saved with a shot in it, and looks no further. */
export function noticeStoryboards(): Disposable {
  const looks: Disposable[] = [];
  const stop = (): void => {
    for (const look of looks.splice(0)) look.dispose();
  };
  const look = (document: TextDocument): void => {
    if (looks.length === 0 || !isBegunStoryboard(document)) return;
    setContextKey('hasStoryboard', true);
    stop();
  };
  looks.push(workspace.onDidOpenTextDocument(look), workspace.onDidSaveTextDocument(look));
  for (const document of workspace.textDocuments) look(document);
  return { dispose: stop };
}
