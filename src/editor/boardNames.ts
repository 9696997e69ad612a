import {
  type Definition,
  type DefinitionProvider,
  Disposable,
  DocumentLink,
  type DocumentLinkProvider,
  Location,
  languages,
  type Position,
  Range,
  type ReferenceContext,
  type ReferenceProvider,
  type TextDocument,
  Uri,
} from 'vscode';
import { filesNamed } from '../storyboard/filesNamed';
import type { TextRange } from '../storyboard/lines';
import { isSameNamed, type NamePlace, nameAt, namesInBoard } from '../storyboard/namesInBoard';
import { resolveInputs } from '../storyboard/resolveInputs';
import type { Boards } from './boards';
import { foldersFor } from './requestInputs';
import { storyboardFiles } from './storyboardFiles';

interface NamesHere {
  readonly places: readonly NamePlace[];
  readonly here: NamePlace;
}

interface FileLink extends DocumentLink {
  readonly written: string;
  readonly uri: Uri;
}

/** From a mention to the shot or block it means and back, and from the name of a file to the file. */
export class BoardNames implements DefinitionProvider, ReferenceProvider, DocumentLinkProvider<FileLink>, Disposable {
  private readonly registered: Disposable;

  constructor(private readonly boards: Pick<Boards, 'of'>) {
    this.registered = Disposable.from(
      languages.registerDefinitionProvider([...storyboardFiles], this),
      languages.registerReferenceProvider([...storyboardFiles], this),
      languages.registerDocumentLinkProvider([...storyboardFiles], this),
    );
  }

  dispose(): void {
    this.registered.dispose();
  }

  async provideDefinition(document: TextDocument, position: Position): Promise<Definition | undefined> {
    const found = await this.namesAt(document, position);
    return found && places(document, found, ({ isDefinition }) => isDefinition);
  }

  async provideReferences(
    document: TextDocument,
    position: Position,
    { includeDeclaration }: ReferenceContext,
  ): Promise<Location[] | undefined> {
    const found = await this.namesAt(document, position);
    return found && places(document, found, ({ isDefinition }) => includeDeclaration || !isDefinition);
  }

  async provideDocumentLinks(document: TextDocument): Promise<FileLink[]> {
    const board = await this.boards.of(document);
    const named = board ? filesNamed(board.storyboard) : [];
    return named.map(({ text, range }) => Object.assign(new DocumentLink(rangeIn(document, range)), { written: text, uri: document.uri }));
  }

  /** Where the file lies is looked up when somebody asks. */
  async resolveDocumentLink(link: FileLink): Promise<FileLink | undefined> {
    const resolved = await resolveInputs([{ at: [], role: '', media: 'any', written: link.written }], foldersFor(link.uri));
    const file = resolved.kind === 'inputs' ? resolved.inputs[0]?.file : undefined;
    if (file !== undefined) link.target = Uri.file(file);
    return file === undefined ? undefined : link;
  }

  private async namesAt(document: TextDocument, position: Position): Promise<NamesHere | undefined> {
    const board = await this.boards.of(document);
    if (!board) return undefined;
    const all = namesInBoard(board.text, board.storyboard);
    const here = nameAt(all, document.offsetAt(position));
    if (!here) return undefined;
    const { of } = here;
    // a scene is no block: its heading is where it is defined
    if (of.kind === 'words' && !all.some((place) => place.isDefinition && isSameNamed(place.of, of))) {
      const range = board.storyboard.headings[of.heading]?.textRange;
      if (range) return { here, places: [...all, { of, range, isDefinition: true, isByOtherWord: true }] };
    }
    return { here, places: all };
  }
}

const places = (document: TextDocument, { places: all, here }: NamesHere, wanted: (place: NamePlace) => boolean): Location[] =>
  all
    .filter((place) => isSameNamed(place.of, here.of) && wanted(place))
    .map(({ range }) => new Location(document.uri, rangeIn(document, range)));

const rangeIn = (document: TextDocument, { start, end }: TextRange): Range =>
  new Range(document.positionAt(start), document.positionAt(end));
