import { type Disposable, type TextDocument, type TextEditor, window, workspace } from 'vscode';
import { isStoryboard } from '../storyboard/isStoryboard';
import { setContextKey } from './contextKeys';

/** Keeps `kreaVideo.isStoryboard` true while the editor in use shows one, for the palette and for keys. */
export class ActiveBoard implements Disposable {
  private readonly events: readonly Disposable[];

  constructor() {
    const look = (editor: TextEditor | undefined): void =>
      setContextKey('isStoryboard', editor !== undefined && isStoryboard(editor.document));
    const changed = (document: TextDocument): void => {
      if (document === window.activeTextEditor?.document) look(window.activeTextEditor);
    };
    this.events = [
      window.onDidChangeActiveTextEditor(look),
      workspace.onDidChangeTextDocument(({ document }) => changed(document)),
      workspace.onDidOpenTextDocument(changed),
    ];
    look(window.activeTextEditor);
  }

  dispose(): void {
    for (const event of this.events) event.dispose();
    setContextKey('isStoryboard', false);
  }
}
