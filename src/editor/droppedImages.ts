import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { type DataTransfer, type DataTransferFile, Uri, workspace } from 'vscode';
import { safeName } from '../takes/takeNames';
import { foldersFor } from './requestInputs';

/** An image as a storyboard can name it; where it lies outside, a copy of it has to be made. */
export interface DroppedImage {
  /** Relative to the storyboard, with `/`. */
  readonly written: string;
  readonly copy?: { readonly to: Uri; readonly contents: Uint8Array | DataTransferFile };
}

/** Krea takes files of up to 75 MB; a larger one is not read for a copy. */
const mostBytes = 75_000_000;
const ending = /\.(?:png|jpe?g|webp|heic)$/i;

/** Said of what lies on the clipboard or under the mouse, without reading it. */
export function isDraggedImage(data: DataTransfer): boolean {
  for (const [type, item] of data) {
    if (/^image\//.test(type) || type === 'text/uri-list') return true;
    if (ending.test(item.asFile()?.name ?? '')) return true;
  }
  return false;
}

/** Every image of a drop, in its order. Text that only looks like one is none. */
export async function droppedImages(data: DataTransfer, storyboard: Uri): Promise<readonly DroppedImage[]> {
  const { bases, root } = foldersFor(storyboard);
  const [base] = bases;
  if (base === undefined || root === undefined) return [];
  const listed = await listedFiles(data);
  const files = listed.length > 0 ? listed : [...data].flatMap(([, item]) => item.asFile() ?? []);
  const taken = new Set<string>();
  const images: DroppedImage[] = [];
  for (const file of files) {
    const image = file instanceof Uri ? await imageAt(file, base, root, taken) : await copyOf(file, base, taken);
    if (image) images.push(image);
  }
  return images;
}

async function listedFiles(data: DataTransfer): Promise<readonly Uri[]> {
  const list = (await data.get('text/uri-list')?.asString()) ?? '';
  return list.split(/\r?\n/).flatMap((line) => {
    const isFile = /^(?:file|vscode-remote):/i.test(line) && !line.startsWith('#');
    const uri = isFile ? Uri.parse(line.trim()) : undefined;
    return uri && ending.test(uri.path) ? [uri] : [];
  });
}

async function imageAt(uri: Uri, base: string, root: string, taken: Set<string>): Promise<DroppedImage | undefined> {
  const file = uri.fsPath;
  if (await isInside(file, root)) return { written: path.relative(base, file).replaceAll('\\', '/') };
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile() || found.size > mostBytes) return undefined;
  return toStills(path.basename(file), await workspace.fs.readFile(Uri.file(file)), base, taken);
}

async function copyOf(file: DataTransferFile, base: string, taken: Set<string>): Promise<DroppedImage | undefined> {
  return ending.test(file.name) ? toStills(file.name, file, base, taken) : undefined;
}

async function toStills(
  name: string,
  contents: Uint8Array | DataTransferFile,
  base: string,
  taken: Set<string>,
): Promise<DroppedImage | undefined> {
  const { name: stem, ext } = path.parse(name);
  const plain = safeName(stem, 'image');
  for (let number = 1; number < 1000; number++) {
    const free = `${plain}${number === 1 ? '' : `-${number}`}${ext.toLowerCase()}`;
    const to = path.join(base, 'stills', free);
    if (taken.has(to) || (await isThere(to))) continue;
    taken.add(to);
    return { written: `stills/${free}`, copy: { to: Uri.file(to), contents } };
  }
  return undefined;
}

/** After every link: what a text may name must really lie there. */
async function isInside(file: string, root: string): Promise<boolean> {
  const [real, top] = await Promise.all([file, root].map((one) => realpath(one).catch(() => undefined)));
  if (real === undefined || top === undefined) return false;
  const way = path.relative(top, real);
  return way !== '' && way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
