import {
  type DataTransfer,
  type Disposable,
  DocumentDropEdit,
  type DocumentDropEditProvider,
  DocumentDropOrPasteEditKind,
  DocumentPasteEdit,
  type DocumentPasteEditProvider,
  l10n,
  languages,
  type Position,
  Range,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import { keysOf } from '../storyboard/readBoard';
import { shotAt } from '../storyboard/shotAt';
import { type ImageRole, writeImage } from '../storyboard/writeImage';
import type { Boards } from './boards';
import { type DroppedImage, droppedImages, isDraggedImage } from './droppedImages';
import { inLabel } from './plainText';
import { storyboardFiles } from './storyboardFiles';

const kind = DocumentDropOrPasteEditKind.Empty.append('kreaVideo', 'image');
const kinds: Readonly<Record<ImageRole, DocumentDropOrPasteEditKind>> = {
  start: kind.append('start'),
  end: kind.append('end'),
  refs: kind.append('reference'),
};
const roles: readonly ImageRole[] = ['start', 'end', 'refs'];

interface ImageEdit {
  readonly role: ImageRole;
  readonly title: string;
  readonly edit: WorkspaceEdit;
}

/** An image that is dropped on a shot becomes its start, its end or a reference: one line of its list. */
export class ImageDrop implements DocumentDropEditProvider, DocumentPasteEditProvider, Disposable {
  private readonly registered: readonly Disposable[];

  constructor(
    private readonly boards: Boards,
    private readonly log: (line: string) => void,
  ) {
    const mimeTypes = ['text/uri-list', 'files', 'image/*'];
    const all = Object.values(kinds);
    this.registered = [
      languages.registerDocumentDropEditProvider([...storyboardFiles], this, { providedDropEditKinds: all, dropMimeTypes: mimeTypes }),
      languages.registerDocumentPasteEditProvider([...storyboardFiles], this, { providedPasteEditKinds: all, pasteMimeTypes: mimeTypes }),
    ];
  }

  async provideDocumentDropEdits(document: TextDocument, position: Position, data: DataTransfer): Promise<DocumentDropEdit[]> {
    const edits = await this.editsAt(document, position, data);
    return edits.map(({ role, title, edit }) => {
      const drop = new DocumentDropEdit('', title, kinds[role]);
      drop.additionalEdit = edit;
      return drop;
    });
  }

  async provideDocumentPasteEdits(document: TextDocument, [range]: readonly Range[], data: DataTransfer): Promise<DocumentPasteEdit[]> {
    const edits = range ? await this.editsAt(document, range.start, data) : [];
    return edits.map(({ role, title, edit }) => {
      const paste = new DocumentPasteEdit('', title, kinds[role]);
      paste.additionalEdit = edit;
      // who pastes means a picture in the text first, as in any Markdown
      paste.yieldTo = ['markdown', 'uri', 'text'].map((word) => DocumentDropOrPasteEditKind.Empty.append(word));
      return paste;
    });
  }

  dispose(): void {
    for (const one of this.registered) one.dispose();
  }

  private async editsAt(document: TextDocument, position: Position, data: DataTransfer): Promise<readonly ImageEdit[]> {
    try {
      if (!isDraggedImage(data)) return [];
      const board = await this.boards.of(document);
      const shot = board?.storyboard.shots[shotAt(board.storyboard, document.offsetAt(position)) ?? -1];
      if (!board || !shot) return [];
      const images = await droppedImages(data, document.uri);
      if (images.length === 0) return [];
      const known = keysOf(board.catalogue);
      return roles.flatMap((role): readonly ImageEdit[] => {
        const used = role === 'refs' ? images : images.slice(0, 1);
        const change = writeImage(
          board.text,
          board.storyboard,
          shot,
          role,
          used.map(({ written }) => written),
          known,
        );
        if (!change) return [];
        const edit = new WorkspaceEdit();
        for (const { copy } of used) if (copy) edit.createFile(copy.to, { contents: copy.contents });
        edit.replace(document.uri, new Range(document.positionAt(change.start), document.positionAt(change.end)), change.text);
        return [{ role, title: titleOf(role, shot.id, used), edit }];
      });
    } catch (error) {
      this.log(`An image could not be taken in: ${String(error)}`);
      return [];
    }
  }
}

function titleOf(role: ImageRole, id: string, images: readonly DroppedImage[]): string {
  const title = roleWords(role, inLabel(id, 30));
  return images.some(({ copy }) => copy !== undefined) ? l10n.t('{0} (copied into stills/, since it lies outside)', title) : title;
}

function roleWords(role: ImageRole, id: string): string {
  switch (role) {
    case 'start':
      return l10n.t('Start image of {0}', id);
    case 'end':
      return l10n.t('End image of {0}', id);
    case 'refs':
      return l10n.t('Reference image of {0}', id);
    default:
      return role satisfies never;
  }
}
