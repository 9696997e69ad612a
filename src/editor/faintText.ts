import { ColorThemeKind, type Disposable, Range, type TextEditor, window, workspace } from 'vscode';
import { unsentRanges } from '../storyboard/unsentRanges';
import type { Boards, OpenBoard } from './boards';
import { settings } from './settings';

/** Text of shots that is not sent is faint, so that what is sent is seen; not in high contrast, where faint is unreadable. */
export class FaintText implements Disposable {
  // half as strong as the text around it: it is still read
  private readonly faint = window.createTextEditorDecorationType({ opacity: '0.55' });
  private readonly events: readonly Disposable[];

  constructor(private readonly boards: Boards) {
    const all = (): void => this.showAll();
    this.events = [
      this.faint,
      boards.onDidRead((board) => this.show(board)),
      boards.onDidClose((uri) => this.clear(uri.toString())),
      window.onDidChangeVisibleTextEditors(all),
      window.onDidChangeActiveColorTheme(all),
      workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('kreaVideo.dimUnsent') && this.showAll()),
    ];
    this.showAll();
  }

  dispose(): void {
    for (const event of this.events) event.dispose();
  }

  private showAll(): void {
    for (const board of this.boards.open) this.show(board);
  }

  private show(board: OpenBoard): void {
    const { document, version } = board;
    const editors = editorsOf(document.uri.toString());
    if (editors.length === 0 || document.version !== version) return;
    const ranges = isFaint()
      ? unsentRanges(board.storyboard, board.text).map(({ start, end }) => new Range(document.positionAt(start), document.positionAt(end)))
      : [];
    for (const editor of editors) editor.setDecorations(this.faint, ranges);
  }

  private clear(uri: string): void {
    for (const editor of editorsOf(uri)) editor.setDecorations(this.faint, []);
  }
}

const editorsOf = (uri: string): readonly TextEditor[] =>
  window.visibleTextEditors.filter(({ document }) => document.uri.toString() === uri);

function isFaint(): boolean {
  const { kind } = window.activeColorTheme;
  return settings.dimUnsent() && kind !== ColorThemeKind.HighContrast && kind !== ColorThemeKind.HighContrastLight;
}
