import { access } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Uri, window, workspace } from 'vscode';

/** The folder on disk that a new storyboard goes to: that of the file in hand, else that of the workspace. */
export async function folderFor(target: unknown): Promise<string | undefined> {
  const here = target instanceof Uri ? target : window.activeTextEditor?.document.uri;
  if (here?.scheme === 'file' && (target instanceof Uri || workspace.getWorkspaceFolder(here))) return dirname(here.fsPath);
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  if (folders.length > 1) return (await window.showWorkspaceFolderPick())?.uri.fsPath;
  return folders[0]?.uri.fsPath;
}

const ending = '.storyboard.md';

/** What is left of a file's name for a storyboard of it. */
export const boardName = (name: string): string => name.replace(/(?:\.storyboard)?\.(?:md|markdown|txt|csv|tsv)$/i, '').trim();

/** A file that is neither there nor begun in an editor: `name.storyboard.md`, else `name-2.storyboard.md`. */
export async function freeBoardFile(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const file = join(folder, `${number === 1 ? name : `${name}-${number}`}${ending}`);
    const isBegun = workspace.textDocuments.some(
      ({ uri, isClosed }) => !isClosed && uri.scheme === 'untitled' && uri.fsPath === Uri.file(file).fsPath,
    );
    if (!isBegun && !(await exists(file))) return file;
  }
}

export const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
