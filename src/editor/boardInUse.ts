import { type Disposable, EventEmitter, type Uri, window } from 'vscode';
import type { Boards } from './boards';
import { setContextList } from './contextKeys';

/** The storyboard that is worked on: that of the active editor, else the last one that was, while it is open. */
export class BoardInUse implements Disposable {
  private readonly changed = new EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private readonly events: readonly Disposable[];
  private last: Uri | undefined;

  constructor(private readonly boards: Boards) {
    this.events = [
      window.onDidChangeActiveTextEditor(() => this.look()),
      boards.onDidRead(() => this.look()),
      boards.onDidClose(() => this.look()),
    ];
    this.look();
  }

  get uri(): Uri | undefined {
    return this.last;
  }

  dispose(): void {
    for (const event of this.events) event.dispose();
    this.changed.dispose();
    setContextList('storyboards', []);
  }

  private look(): void {
    const open = this.boards.open.map(({ document }) => document.uri);
    setContextList(
      'storyboards',
      open.map((uri) => uri.toString()),
    );
    const active = window.activeTextEditor?.document.uri;
    const isOpen = (uri: Uri | undefined): uri is Uri => uri !== undefined && this.boards.held(uri) !== undefined;
    const next = [active, this.last].find(isOpen) ?? open.at(-1);
    if (next?.toString() === this.last?.toString()) return;
    this.last = next;
    this.changed.fire();
  }
}
