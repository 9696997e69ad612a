import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  l10n,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import type { ContentHashes } from '../production/contentHashes';
import { shotAt } from '../storyboard/shotAt';
import { unsentRanges } from '../storyboard/unsentRanges';
import { boardSentences } from './boardSentences';
import type { Boards, OpenBoard } from './boards';
import type { Desk } from './desk';
import { gestureFailure } from './gestureFailures';
import { indexOfShot, namedShot } from './namedShot';
import { sentInputs } from './sentInputs';
import { sentRequestText } from './sentRequestText';
import type { ShotStates } from './shotStates';
import { shotStateWords } from './shotStateWords';
import { tellFailure } from './tellFailure';

export interface SentRequestParts {
  readonly boards: Boards;
  readonly states: ShotStates;
  readonly hashes: ContentHashes;
  readonly desk: () => Pick<Desk, 'kind'>;
  readonly log: (line: string) => void;
}

export const sentScheme = 'krea-video';
/** Milliseconds for reading the files of a shot. */
const patience = 60_000;

/** A document beside the storyboard that shows what its shot at the cursor would send, and follows both. */
export class SentRequestView implements TextDocumentContentProvider, Disposable {
  private readonly changed = new EventEmitter<Uri>();
  readonly onDidChange = this.changed.event;
  private readonly events: readonly Disposable[];
  /** What is shown now. */
  private shown: { readonly uri: Uri; readonly shot: string } | undefined;

  constructor(private readonly parts: SentRequestParts) {
    const { boards, states } = parts;
    this.events = [
      workspace.registerTextDocumentContentProvider(sentScheme, this),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.follow(textEditor.document.uri)),
      window.onDidChangeActiveTextEditor((editor) => editor && this.follow(editor.document.uri)),
      boards.onDidRead(({ document }) => this.follow(document.uri)),
      states.onDidChange(({ board }) => this.renew(board.document.uri)),
    ];
  }

  /** Opens it for the shot that the argument names, else the one at the cursor. */
  async show(argument: unknown): Promise<void> {
    const asked = await namedShot(argument, this.parts.boards);
    if (asked.kind !== 'shot') return void tellFailure(gestureFailure(asked));
    this.shown = { uri: asked.named.uri, shot: asked.named.shot };
    const document = await workspace.openTextDocument(this.place);
    this.changed.fire(this.place);
    await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preserveFocus: true, preview: false });
  }

  async provideTextDocumentContent(_uri: Uri, token: CancellationToken): Promise<string> {
    const { shown } = this;
    const held = shown && this.parts.boards.held(shown.uri);
    const board = held && (await this.parts.boards.of(held.document));
    const index = board && shown && indexOfShot(board, shown);
    if (!board || index === undefined || token.isCancellationRequested) return nothing();
    return this.textOf(board, index).catch((error: unknown) => {
      this.parts.log(`What a shot would send could not be shown: ${String(error)}`);
      return nothing();
    });
  }

  dispose(): void {
    for (const event of this.events) event.dispose();
    this.changed.dispose();
  }

  private get place(): Uri {
    return Uri.from({ scheme: sentScheme, path: `/${l10n.t('What Will Be Sent')}.md` });
  }

  private get isOpen(): boolean {
    const place = this.place.toString();
    return workspace.textDocuments.some((document) => document.uri.toString() === place && !document.isClosed);
  }

  /** The shot at the cursor of a storyboard is shown from now on; between shots the last one stays. */
  private follow(uri: Uri): void {
    if (!this.shown || uri.scheme === sentScheme || !this.isOpen) return;
    const board = this.parts.boards.held(uri);
    const editor = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
    if (!board || !editor || board.version !== editor.document.version) return;
    const shot = board.storyboard.shots[shotAt(board.storyboard, editor.document.offsetAt(editor.selection.active)) ?? -1];
    if (shot && editor === window.activeTextEditor) this.shown = { uri, shot: shot.id };
    this.renew(uri);
  }

  private renew(uri: Uri): void {
    if (this.shown?.uri.toString() === uri.toString() && this.isOpen) this.changed.fire(this.place);
  }

  private async textOf(board: OpenBoard, index: number): Promise<string> {
    const { states, hashes, desk } = this.parts;
    const shot = board.shots[index];
    if (!shot) return nothing();
    const { uri } = board.document;
    const view = states.held(uri);
    const { range } = shot.resolved.shot;
    const own = (at: number): boolean => range.start <= at && at < range.end;
    const said = boardSentences(board, () => false).filter(({ start, found }) => (found?.shot ? found.shot === shot : own(start)));
    const state = view?.board.version === board.version ? view.shots[index]?.state : undefined;
    return sentRequestText({
      ...{ board, shot, said: said.map(({ words }) => words) },
      inputs: await sentInputs(shot, uri, view, hashes, AbortSignal.timeout(patience)),
      state: state && shotStateWords(state),
      unsent: unsentRanges(board.storyboard, board.text).filter(({ start }) => own(start)),
      isFree: desk().kind !== 'krea',
    });
  }
}

const nothing = (): string => `${l10n.t('Put the cursor into a shot of a storyboard to see what it would send.')}\n`;
