import { readFile, stat } from 'node:fs/promises';
import type { BlockFile, BlockFileText } from './blockFiles';
import { type InputFolders, resolveInputs } from './resolveInputs';

/** No one writes so many words by hand. */
const mostBytes = 2_000_000;

/** The texts of the files that a board names; what lies outside of its workspace folder is not read. */
export async function readBlockFiles(files: readonly BlockFile[], folders: InputFolders): Promise<ReadonlyMap<string, BlockFileText>> {
  const texts = new Map<string, BlockFileText>();
  for (const { written } of files) texts.set(written, await textOf(written, folders));
  return texts;
}

async function textOf(written: string, folders: InputFolders): Promise<BlockFileText> {
  const resolved = await resolveInputs([{ at: ['blocks'], role: 'blocks', media: 'any', written }], folders);
  if (resolved.kind === 'refused') return { kind: 'refused', why: resolved.why };
  const [input] = resolved.inputs;
  if (!input) return { kind: 'refused', why: 'missing' };
  try {
    // a device or a pipe would never end
    const { size, isFile } = await stat(input.file).then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!isFile || size > mostBytes) return { kind: 'refused', why: 'unreadable' };
    return { kind: 'text', text: await readFile(input.file, 'utf8') };
  } catch {
    return { kind: 'refused', why: 'unreadable' };
  }
}
