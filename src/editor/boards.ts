import { type Disposable, type Event, EventEmitter, type TextDocument, type TextDocumentChangeEvent, type Uri, workspace } from 'vscode';
import type { Catalogue } from '../catalogue/model';
import { isStoryboard } from '../storyboard/isStoryboard';
import { readBlockFiles } from '../storyboard/readBlockFiles';
import { type Board, readBoard } from '../storyboard/readBoard';
import type { ModelsHere } from './modelsHere';
import { foldersFor } from './requestInputs';
import { settings } from './settings';

/** A storyboard that is open in the editor, as one version of its text reads. Offsets are those of `document` while it has this version. */
export interface OpenBoard extends Board {
  readonly document: TextDocument;
  readonly version: number;
  readonly catalogue: Catalogue;
  /** Grows with each change of the settings and of the models. */
  readonly surroundings: number;
}

export interface BoardsParts {
  readonly models: Pick<ModelsHere, 'held' | 'offered'>;
  readonly log: (line: string) => void;
}

/** Every storyboard that is open, read anew with each change of its text, of the settings and of the models on offer. */
export class Boards implements Disposable {
  private readonly changed = new EventEmitter<OpenBoard>();
  private readonly closed = new EventEmitter<Uri>();
  /** A version of a storyboard was read. */
  readonly onDidRead: Event<OpenBoard> = this.changed.event;
  /** A document was closed, or is no storyboard any more. */
  readonly onDidClose: Event<Uri> = this.closed.event;
  private readonly boards = new Map<string, OpenBoard>();
  private readonly reading = new Map<string, Promise<OpenBoard | undefined>>();
  private readonly events: readonly Disposable[];
  private catalogue: Catalogue | undefined;
  private surroundings = 0;
  private asked = false;

  constructor(private readonly parts: BoardsParts) {
    this.events = [
      workspace.onDidOpenTextDocument((document) => this.readSoon(document)),
      workspace.onDidChangeTextDocument((change) => this.onChange(change)),
      workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri)),
      workspace.onDidChangeConfiguration((change) => change.affectsConfiguration('kreaVideo') && this.readAll()),
      workspace.onDidGrantWorkspaceTrust(() => void this.renewModels()),
    ];
    this.readAll();
  }

  get open(): readonly OpenBoard[] {
    return [...this.boards.values()];
  }

  /** The last version that was read, which may not be the newest. */
  held(uri: Uri): OpenBoard | undefined {
    return this.boards.get(uri.toString());
  }

  /** The document as it stands now; `undefined` when it is no storyboard. */
  async of(document: TextDocument): Promise<OpenBoard | undefined> {
    if (!isBoard(document)) return undefined;
    const key = document.uri.toString();
    for (;;) {
      const held = this.boards.get(key);
      if (held && held.document === document && held.version === document.version && held.surroundings === this.surroundings) return held;
      const reading = this.reading.get(key) ?? this.begin(document);
      if (!(await reading)) return undefined;
    }
  }

  /** To be called when the models on offer may have changed. */
  async renewModels(): Promise<void> {
    const catalogue = await this.parts.models.offered();
    if (catalogue === this.catalogue) return;
    this.catalogue = catalogue;
    this.readAll();
  }

  dispose(): void {
    for (const event of this.events) event.dispose();
    this.changed.dispose();
    this.closed.dispose();
  }

  private onChange({ document, contentChanges }: TextDocumentChangeEvent): void {
    if (contentChanges.length > 0) this.readSoon(document);
  }

  private readAll(): void {
    this.surroundings += 1;
    for (const document of workspace.textDocuments) this.readSoon(document);
  }

  private readSoon(document: TextDocument): void {
    if (isBoard(document))
      void this.of(document).catch((error: unknown) => this.parts.log(`A storyboard could not be read: ${String(error)}`));
    else this.forget(document.uri);
  }

  private begin(document: TextDocument): Promise<OpenBoard | undefined> {
    const key = document.uri.toString();
    const reading = this.read(document).finally(() => this.reading.delete(key));
    this.reading.set(key, reading);
    return reading;
  }

  private async read(document: TextDocument): Promise<OpenBoard | undefined> {
    this.catalogue ??= await this.parts.models.held();
    this.askOnce();
    const { catalogue, surroundings } = this;
    const { version, uri } = document;
    const around = { catalogue, modelId: settings.model(uri), parameters: settings.parameters(uri), otherBlocks: [] };
    const board = {
      ...(await readBoard(document.getText(), around, (files) => readBlockFiles(files, foldersFor(uri)))),
      document,
      version,
      catalogue,
      surroundings,
    };
    if (!isBoard(document)) return undefined;
    this.boards.set(uri.toString(), board);
    // what a later keystroke has overtaken nobody needs to see
    if (document.version === version) this.changed.fire(board);
    return board;
  }

  /** The first storyboard of a session asks what is on offer today. */
  private askOnce(): void {
    if (this.asked) return;
    this.asked = true;
    void this.renewModels().catch((error: unknown) => this.parts.log(`Models could not be renewed: ${String(error)}`));
  }

  private forget(uri: Uri): void {
    if (this.boards.delete(uri.toString())) this.closed.fire(uri);
  }
}

/** The other side of a comparison is a document too, and nobody works on it. */
function isBoard(document: TextDocument): boolean {
  return !document.isClosed && /^(?:file|untitled)$/.test(document.uri.scheme) && isStoryboard(document);
}
