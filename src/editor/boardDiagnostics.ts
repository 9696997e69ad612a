import {
  Diagnostic,
  type DiagnosticCollection,
  DiagnosticRelatedInformation,
  DiagnosticSeverity,
  type Disposable,
  Location,
  l10n,
  languages,
  Range,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import type { ContentHashes } from '../production/contentHashes';
import type { TextRange } from '../storyboard/lines';
import type { BoardShot } from '../storyboard/readBoard';
import { type BoardSentence, boardSentences, merged } from './boardSentences';
import type { Boards, OpenBoard } from './boards';
import { budgetSentence } from './budgetSentence';
import { InputTroubles } from './inputTroubles';
import { LooksInTurn } from './looksInTurn';
import type { ShotStates, ShotView } from './shotStates';

export const diagnosticSource = 'Krea Video';

export interface BoardDiagnosticsParts {
  readonly boards: Boards;
  readonly states: ShotStates;
  readonly hashes: ContentHashes;
  readonly log: (line: string) => void;
}

/** Files that a shot may name as its input. */
const inputFiles = '**/*.{png,jpg,jpeg,webp,heic,heif,gif,mp4,mov,webm,wav,mp3,PNG,JPG,JPEG,WEBP,HEIC,MP4,MOV,WEBM,WAV,MP3}';

/** What the editor says of every open storyboard: with each change of its text at once, of its files and takes a moment later. */
export class BoardDiagnostics implements Disposable {
  private readonly collection: DiagnosticCollection = languages.createDiagnosticCollection('kreaVideo');
  private readonly inputs: InputTroubles;
  private readonly looks: LooksInTurn;
  private readonly shown = new Map<string, string>();
  private readonly events: readonly Disposable[];

  constructor(private readonly parts: BoardDiagnosticsParts) {
    const { boards, states, hashes, log } = parts;
    this.inputs = new InputTroubles(hashes);
    this.looks = new LooksInTurn((error) => log(`The files of a storyboard could not be looked at: ${String(error)}`));
    const files = workspace.createFileSystemWatcher(inputFiles);
    const lookAgain = (): void => {
      this.inputs.forget();
      for (const board of boards.open) this.look(board);
    };
    this.events = [
      files,
      files.onDidCreate(lookAgain),
      files.onDidChange(lookAgain),
      files.onDidDelete(lookAgain),
      boards.onDidRead((board) => {
        this.show(board);
        this.look(board);
      }),
      boards.onDidClose((uri) => this.clear(uri)),
      states.onDidChange(({ board }) => this.showHeld(board.document.uri)),
    ];
    for (const board of boards.open) {
      this.show(board);
      this.look(board);
    }
  }

  dispose(): void {
    for (const event of this.events) event.dispose();
    this.collection.dispose();
  }

  private clear(uri: Uri): void {
    this.shown.delete(uri.toString());
    this.collection.delete(uri);
  }

  private showHeld(uri: Uri): void {
    const board = this.parts.boards.held(uri);
    if (board) this.show(board);
  }

  private show(board: OpenBoard): void {
    const { document, version } = board;
    // the next version is being read; its own places will fit
    if (document.isClosed || document.version !== version) return;
    const sentences = this.sentences(board);
    const said = `${version} ${sentences.map(({ start, end, severity, words }) => `${start} ${end} ${severity} ${words}`).join('\n')}`;
    const key = document.uri.toString();
    if (this.shown.get(key) === said) return;
    this.shown.set(key, said);
    this.collection.set(
      document.uri,
      sentences.map((sentence) => diagnosticOf(sentence, document)),
    );
  }

  private sentences(board: OpenBoard): readonly BoardSentence[] {
    const view = this.parts.states.held(board.document.uri);
    const views = new Map((view?.shots ?? []).map((shot) => [shot.resolved.shot.id, shot]));
    const isSettled = (shot: BoardShot): boolean => settled(shot, views.get(shot.resolved.shot.id));
    const ofFiles = board.shots.flatMap((shot) => this.inputs.sentences(shot, isSettled(shot), board));
    return [...boardSentences(board, isSettled), ...merged(ofFiles), ...budgetSentence(board, views)];
  }

  private look({ document: { uri } }: OpenBoard): void {
    this.looks.ask(uri.toString(), async () => {
      const board = this.parts.boards.held(uri);
      if (board && (await this.inputs.look(board))) this.showHeld(uri);
    });
  }
}

/** A shot that is not to be made, or has the take it is to have: what the models say of it is for information. */
function settled({ resolved: { pick, omit, clip } }: BoardShot, view: ShotView | undefined): boolean {
  if (omit || clip !== undefined) return true;
  return view !== undefined && (view.state.kind === 'current' || view.takes.some(({ number }) => number === pick));
}

function diagnosticOf({ start, end, severity, code, words, from }: BoardSentence, document: TextDocument): Diagnostic {
  const rangeOf = (range: TextRange): Range => new Range(document.positionAt(range.start), document.positionAt(range.end));
  const diagnostic = new Diagnostic(rangeOf({ start, end }), words, severities[severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = code;
  if (from)
    diagnostic.relatedInformation = [
      new DiagnosticRelatedInformation(new Location(document.uri, rangeOf(from)), l10n.t('It is set here.')),
    ];
  return diagnostic;
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  hint: DiagnosticSeverity.Hint,
} as const;
