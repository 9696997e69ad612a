import { lstat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import {
  Disposable,
  extensions,
  l10n,
  languages,
  type Position,
  Range,
  type RenameProvider,
  type TextDocument,
  Uri,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { isLive } from '../jobs/job';
import type { TextRange } from '../storyboard/lines';
import { nameAt, namesInBoard } from '../storyboard/namesInBoard';
import { canRename, type Renaming, renameInBoard } from '../storyboard/renameInBoard';
import type { Shot } from '../storyboard/storyboard';
import { renameTakes, type TakesRenaming } from '../takes/renameTakes';
import { shotStem } from '../takes/takeNames';
import type { Boards, OpenBoard } from './boards';
import type { Desk } from './desk';
import { boardTakes } from './destination';
import { inLabel, withoutLinks } from './plainText';
import { storyboardFiles } from './storyboardFiles';

export interface BoardRenameParts {
  readonly boards: Boards;
  readonly desk: () => Pick<Desk, 'jobs' | 'takesRoot'>;
  /** Takes have other names now. */
  readonly moved: () => void;
  readonly log: (line: string) => void;
}

/** A shot or a block gets another name wherever it is mentioned, and the takes of a shot follow it. */
export class BoardRename implements RenameProvider, Disposable {
  private registered: Disposable;
  private readonly renames: Disposable;
  /** Renamed, and no shot has that name yet: the text may come a moment later than the folder. */
  private readonly unmatched = new Set<string>();
  private following: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor(private readonly parts: BoardRenameParts) {
    this.registered = languages.registerRenameProvider([...storyboardFiles], this);
    this.renames = Disposable.from(
      workspace.onDidRenameFiles(({ files }) => {
        for (const { newUri } of files) if (newUri.scheme === 'file') this.unmatched.add(newUri.fsPath);
        this.followSoon();
      }),
      parts.boards.onDidRead(() => this.followSoon()),
    );
    void this.comeLast().catch((error: unknown) => parts.log(`Markdown could not be waited for: ${String(error)}`));
  }

  dispose(): void {
    this.isOver = true;
    this.registered.dispose();
    this.renames.dispose();
  }

  async prepareRename(document: TextDocument, position: Position): Promise<{ range: Range; placeholder: string } | undefined> {
    const board = await this.parts.boards.of(document);
    const here = board && nameAt(namesInBoard(board.text, board.storyboard), document.offsetAt(position));
    if (!board || !here) return undefined;
    if (!canRename(here)) throw new Error(l10n.t('This word has its meaning in every storyboard and keeps its name.'));
    const shot = here.of.kind === 'shot' ? board.storyboard.shots[here.of.shot] : undefined;
    if (shot) await this.refuseWhileLive(board, shot);
    return { range: rangeIn(document, here.range), placeholder: board.text.slice(here.range.start, here.range.end) };
  }

  async provideRenameEdits(document: TextDocument, position: Position, newName: string): Promise<WorkspaceEdit | undefined> {
    const board = await this.parts.boards.of(document);
    if (!board) return undefined;
    const places = namesInBoard(board.text, board.storyboard);
    const here = nameAt(places, document.offsetAt(position));
    if (!here || !canRename(here)) return undefined;
    const renaming = renameInBoard(board.text, board.storyboard, places, here, newName);
    if (renaming.kind === 'refused') throw new Error(refusal(renaming));
    const edit = new WorkspaceEdit();
    for (const { text, ...range } of renaming.changes) edit.replace(document.uri, rangeIn(document, range), text);
    if (renaming.shot) {
      await this.refuseWhileLive(board, renaming.shot.before);
      const folders = await this.takesToMove(board, renaming.shot.before, renaming.shot.id);
      if (folders) edit.renameFile(Uri.file(folders.from), Uri.file(folders.to));
    }
    return edit;
  }

  /** Markdown names headings too, and of several the one that came last is asked first. */
  private async comeLast(): Promise<void> {
    await extensions.getExtension('vscode.markdown-language-features')?.activate();
    if (this.isOver) return;
    this.registered.dispose();
    this.registered = languages.registerRenameProvider([...storyboardFiles], this);
  }

  /** A job that is on its way will be saved where it was ordered to. */
  private async refuseWhileLive({ document, storyboard }: OpenBoard, shot: Shot): Promise<void> {
    const { jobs, takesRoot } = this.parts.desk();
    const folder = await boardTakes(document.uri, storyboard, takesRoot);
    if (folder.kind !== 'folder') return;
    const own = join(folder.path, shotStem(shot.id));
    const isOwn = (job: (typeof jobs.newest)[number]): boolean =>
      (isLive(job) || job.state.name === 'notFetched') && job.order.destination.folder === own;
    if (!jobs.newest.some(isOwn)) return;
    const id = inLabel(shot.id, 40);
    throw new Error(l10n.t('{0} has a job whose clip will be saved under this name. Rename it when the clip is there.', id));
  }

  private async takesToMove(
    { document, storyboard }: OpenBoard,
    shot: Shot,
    id: string,
  ): Promise<{ readonly from: string; readonly to: string } | undefined> {
    const folder = await boardTakes(document.uri, storyboard, this.parts.desk().takesRoot);
    if (folder.kind !== 'folder') return undefined;
    const from = join(folder.path, shotStem(shot.id));
    const to = join(folder.path, shotStem(id));
    // two shots with one folder: nobody knows whose its takes are
    const isShared = storyboard.shots.some((other) => other !== shot && sameFolder(shotStem(other.id), shotStem(shot.id)));
    if (from === to || isShared || !(await isThere(from))) return undefined;
    if (!sameFolder(from, to) && (await isThere(to)))
      throw new Error(
        l10n.t(
          'The takes cannot follow: the folder {0} is there already. Choose another name, or move that folder away.',
          workspace.asRelativePath(to),
        ),
      );
    return { from, to };
  }

  /** One after the other: two that rename the same files would trip over each other. */
  private followSoon(): void {
    if (this.unmatched.size === 0) return;
    this.following = this.following
      .then(async () => {
        for (const folder of this.unmatched) if (await this.follow(folder)) this.unmatched.delete(folder);
      })
      .catch((error: unknown) => this.parts.log(`The takes of a renamed shot could not be renamed: ${String(error)}`));
  }

  /** Also when a rename is undone: the files in a folder carry the name of its shot. Whether the folder is done with. */
  private async follow(folder: string): Promise<boolean> {
    let mayFollow = false;
    for (const { document } of this.parts.boards.open) {
      const board = await this.parts.boards.of(document);
      if (!board) continue;
      const takes = await boardTakes(document.uri, board.storyboard, this.parts.desk().takesRoot);
      if (takes.kind !== 'folder' || takes.path !== dirname(folder)) continue;
      const shot = board.storyboard.shots.find(({ id }) => shotStem(id) === basename(folder));
      mayFollow ||= !shot;
      if (!shot) continue;
      const renaming = await renameTakes(folder, basename(folder), shot.id);
      this.parts.moved();
      if (renaming.kind !== 'renamed') void window.showWarningMessage(troubleWords(renaming, shot));
      return true;
    }
    return !mayFollow;
  }
}

function refusal({ why, name }: Extract<Renaming, { kind: 'refused' }>): string {
  const shown = inLabel(name, 40);
  switch (why) {
    case 'empty':
      return l10n.t('A name is needed.');
    case 'noId':
      return l10n.t('“{0}” would make no shot of its heading. An id looks like SH010, Shot 3 or カット5.', shown);
    case 'signs':
      return l10n.t('“{0}” holds signs that mean something in a storyboard: brackets, @, colons, commas.', shown);
    case 'taken':
      return l10n.t('“{0}” is there already in this storyboard.', shown);
    case 'reserved':
      return l10n.t('“{0}” has its meaning in every storyboard.', shown);
  }
}

function troubleWords(trouble: Exclude<TakesRenaming, { kind: 'renamed' }>, { id }: Shot): string {
  const shot = withoutLinks(id, 40);
  const none = l10n.t('No clip is lost: those that keep their old name lie in the folder of {0} and go on being its takes.', shot);
  if (trouble.kind === 'nameTaken')
    return `${l10n.t('Not all takes of {0} could be renamed: {1} is there already.', shot, withoutLinks(basename(trouble.file)))} ${none}`;
  return `${l10n.t('Not all takes of {0} could be renamed ({1}).', shot, trouble.code)} ${none}`;
}

const sameFolder = (one: string, other: string): boolean => one.normalize('NFC').toLowerCase() === other.normalize('NFC').toLowerCase();

const isThere = (file: string): Promise<boolean> =>
  lstat(file).then(
    () => true,
    () => false,
  );

const rangeIn = (document: TextDocument, { start, end }: TextRange): Range =>
  new Range(document.positionAt(start), document.positionAt(end));
