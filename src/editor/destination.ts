import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { type TextDocument, Uri, workspace } from 'vscode';
import type { Destination } from '../jobs/job';
import { isoDay, looseStem } from '../takes/takeNames';
import { takesFolder } from '../takes/takesFolder';
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
  const stem = looseStem(prompt);
  if (takesRoot !== undefined)
    return { kind: 'destination', destination: { folder: join(takesRoot, 'loose', isoDay(now)), root: takesRoot, stem } };
  const onDisk = document.uri.scheme === 'file';
  const workspaceFolder = (
    onDisk ? workspace.getWorkspaceFolder(document.uri) : workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')
  )?.uri.fsPath;
  const place = await takesFolder({
    kind: { kind: 'loose', day: isoDay(now) },
    ...(onDisk && { documentPath: document.uri.fsPath }),
    ...(workspaceFolder && { workspaceFolder }),
    setting: settings.takesFolder(document.uri),
    videosFolder: videosFolder(),
    homeFolder: homedir(),
  });
  switch (place.kind) {
    case 'folder': {
      const source = onDisk && workspaceFolder ? relative(workspaceFolder, document.uri.fsPath).replaceAll('\\', '/') : undefined;
      return { kind: 'destination', destination: { folder: place.path, root: place.root, stem, ...(source && { source }) } };
    }
    case 'refused':
      return { kind: place.reason === 'notAFolder' ? 'takesNoFolder' : 'takesOutside', path: workspace.asRelativePath(place.path) };
    case 'trouble':
      return { kind: 'takesFolder', code: place.code };
  }
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
