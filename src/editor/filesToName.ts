import { readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { CompletionItem, CompletionItemKind } from 'vscode';
import type { FilesWanted } from '../storyboard/completion';
import type { InputFolders } from '../storyboard/resolveInputs';

const endings: Readonly<Record<FilesWanted['media'], RegExp | undefined>> = {
  image: /\.(?:jpe?g|png|webp|heic)$/i,
  video: /\.(?:mp4|mov|webm)$/i,
  audio: /\.(?:wav|mp3)$/i,
  any: /\.(?:jpe?g|png|webp|heic|mp4|mov|webm|wav|mp3)$/i,
  markdown: /\.md$/i,
  folder: undefined,
};

/** A folder of thousands of files is no list to choose from. */
const most = 500;

/** Files and folders for the next step of a path; none outside of what a text may name. `rank`: the place of the first. */
export async function filesToName(
  { folder, media, lead }: FilesWanted,
  folders: InputFolders,
  rank: number,
): Promise<readonly CompletionItem[]> {
  const [base] = folders.bases;
  const root = folders.root === undefined ? undefined : await realpath(folders.root).catch(() => undefined);
  if (base === undefined || root === undefined || path.isAbsolute(folder) || folder.includes('\0')) return [];
  const real = await realpath(path.resolve(base, folder)).catch(() => undefined);
  if (real === undefined || !isInside(root, real)) return [];
  const entries = await readdir(real, { withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .filter((entry) => entry.isDirectory() || (entry.isFile() && endings[media]?.test(entry.name) === true))
    .sort(
      (one, other) =>
        Number(one.isDirectory()) - Number(other.isDirectory()) || one.name.localeCompare(other.name, undefined, { numeric: true }),
    );
  const items = names.slice(0, most).map((entry, index) => {
    const isFolder = entry.isDirectory();
    const item = new CompletionItem(
      isFolder ? `${entry.name}/` : entry.name,
      isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
    );
    item.insertText = `${lead}${entry.name}${isFolder ? '/' : ''}`;
    item.filterText = item.insertText;
    item.sortText = String(rank + index).padStart(4, '0');
    if (isFolder) item.command = { command: 'editor.action.triggerSuggest', title: '' };
    return item;
  });
  return items;
}

function isInside(root: string, file: string): boolean {
  const way = path.relative(root, file);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
