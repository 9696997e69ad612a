import { homedir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { type TextDocument, Uri, workspace } from 'vscode';
import type { Destination } from '../jobs/job';
import type { Board } from '../storyboard/readBoard';
import type { Shot, Storyboard } from '../storyboard/storyboard';
import { isoDay, looseStem, safeName, shotStem } from '../takes/takeNames';
import { type TakesFolder, type TakesPlace, takesFolder } from '../takes/takesFolder';
import type { GestureTrouble } from './gestureFailures';
import { settings } from './settings';

export type Destined =
  | { readonly kind: 'destination'; readonly destination: Destination }
  | Extract<GestureTrouble, { kind: 'takesOutside' | 'takesNoFolder' | 'takesFolder' }>;

/** Where the take of a selection in this document goes, by the settings; nothing is made yet. */
export async function destinationFor(
  document: Pick<TextDocument, 'uri'>,
  prompt: string,
  now: Date,
  takesRoot?: string,
): Promise<Destined> {
  const day = isoDay(now);
  const place = await placeFor(document.uri, { kind: 'loose', day }, takesRoot);
  return destined(place, document.uri, { stem: looseStem(prompt) }, takesRoot);
}

/** Where the takes of a shot go: a folder of its own among those of its board. */
export async function shotDestination(
  uri: Uri,
  { storyboard }: Pick<Board, 'storyboard'>,
  shot: Shot,
  takesRoot?: string,
): Promise<Destined> {
  const stem = shotStem(shot.id);
  const place = await boardTakes(uri, storyboard, takesRoot);
  const ofShot = place.kind === 'folder' ? { ...place, path: join(place.path, stem) } : place;
  return destined(ofShot, uri, { stem, shot: shot.id }, takesRoot);
}

/** The folder in which each shot of a board has its own. */
export function boardTakes(uri: Uri, { frontMatter }: Storyboard, takesRoot?: string): Promise<TakesFolder> {
  const takes = frontMatter.find(({ name }) => name === 'takes')?.value;
  const board = basename(uri.path).replace(/(?:\.storyboard)?\.md$/i, '');
  return placeFor(uri, { kind: 'board', board, ...(takes?.kind === 'text' && { takes: takes.text }) }, takesRoot);
}

async function placeFor(uri: Uri, kind: TakesPlace['kind'], takesRoot: string | undefined): Promise<TakesFolder> {
  if (takesRoot !== undefined) {
    const below = kind.kind === 'loose' ? join('loose', kind.day) : safeName(kind.board, 'board');
    return { kind: 'folder', path: join(takesRoot, below), root: takesRoot };
  }
  const workspaceFolder = workspaceFolderOf(uri);
  return takesFolder({
    kind,
    ...(uri.scheme === 'file' && { documentPath: uri.fsPath }),
    ...(workspaceFolder && { workspaceFolder }),
    setting: settings.takesFolder(uri),
    videosFolder: videosFolder(),
    homeFolder: homedir(),
  });
}

function destined(place: TakesFolder, uri: Uri, names: Pick<Destination, 'stem' | 'shot'>, takesRoot: string | undefined): Destined {
  switch (place.kind) {
    case 'folder': {
      const source = takesRoot === undefined ? sourceOf(uri) : undefined;
      return { kind: 'destination', destination: { folder: place.path, root: place.root, ...names, ...(source && { source }) } };
    }
    case 'refused':
      return { kind: place.reason === 'notAFolder' ? 'takesNoFolder' : 'takesOutside', path: workspace.asRelativePath(place.path) };
    case 'trouble':
      return { kind: 'takesFolder', code: place.code };
  }
}

/** The text that takes come from, relative to its workspace folder. */
function sourceOf(uri: Uri): string | undefined {
  const workspaceFolder = uri.scheme === 'file' ? workspaceFolderOf(uri) : undefined;
  return workspaceFolder && relative(workspaceFolder, uri.fsPath).replaceAll('\\', '/');
}

function workspaceFolderOf(uri: Uri): string | undefined {
  const folder =
    uri.scheme === 'file' ? workspace.getWorkspaceFolder(uri) : workspace.workspaceFolders?.find((one) => one.uri.scheme === 'file');
  return folder?.uri.fsPath;
}

/** `Videos` at home on Linux and Windows, `Movies` on macOS. */
export function videosFolder(): string {
  return join(homedir(), process.platform === 'darwin' ? 'Movies' : 'Videos');
}

/** Where clips may lie that the player shows. */
export function clipFolders(storage: string): Uri[] {
  const folders = (workspace.workspaceFolders ?? []).map(({ uri }) => uri).filter(({ scheme }) => scheme === 'file');
  return [...folders, Uri.file(storage), Uri.file(join(videosFolder(), 'Krea Video'))];
}
