import { type Disposable, type TextDocument, workspace } from 'vscode';
import { setContextKey } from './contextKeys';

/** Lines looked at: opening a Markdown file must not wait for us. */
const looksAt = 300;

/** Whether a file that says it is a storyboard has a heading with a prompt below it, and not only a list. */
export function isBegunStoryboard(document: Pick<TextDocument, 'fileName' | 'languageId' | 'lineCount' | 'lineAt'>): boolean {
  if (document.languageId !== 'markdown') return false;
  const line = (at: number): string => document.lineAt(at).text;
  const last = Math.min(document.lineCount, looksAt);
  let at = 0;
  let says = document.fileName.endsWith('.storyboard.md');
  if (line(0).trimEnd() === '---') {
    for (at = 1; at < last && line(at).trimEnd() !== '---'; at++) says ||= /^storyboard:\s*1\s*$/.test(line(at));
    at++;
  }
  if (!says) return false;
  for (let inShot = false; at < last; at++) {
    if (/^#{1,6}\s+\S/.test(line(at))) inShot = true;
    else if (inShot && /^\s*[^\s>*+-]/.test(line(at))) return true;
  }
  return false;
}

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
