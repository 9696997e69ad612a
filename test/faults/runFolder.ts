import { mkdirSync, writeFileSync } from 'node:fs';
import fsPromises from 'node:fs/promises';
import path from 'node:path';
import { noHardLinks } from '../support/noHardLinks';
import { foreignFiles, foreignText, picture, pictureIn, takesOf } from './hostWindow';
import type { Machine, Plan } from './plan';

/** Storage and project of each computer of a run, with somebody else's files in the takes folder. */
export function layOutFolders(folder: string, machines: readonly Machine[]): void {
  for (const machine of machines) {
    const project = path.join(folder, machine === 1 ? 'project' : `project ${machine}`);
    for (const below of [path.join(folder, machine === 1 ? 'storage' : `storage ${machine}`), takesOf(project)])
      mkdirSync(below, { recursive: true });
    writeFileSync(pictureIn(project), picture);
    for (const name of foreignFiles) writeFileSync(path.join(takesOf(project), name), foreignText);
  }
}
/** The disk is the same for every window of a run. */
export const isWithoutLinks = ({ hosts }: Plan): boolean => hosts.some(({ noHardLinks: without }) => without);
export const withoutLinks = new Set<string>();
const realLink = fsPromises.link;
fsPromises.link = (from, to) =>
  [...withoutLinks].some((folder) => String(to).startsWith(folder)) ? noHardLinks(from, to) : realLink(from, to);

/** The clip with a box of its own that players pass over, so that no two clips are alike. */
export function withNote(clip: Buffer, note: string): Buffer {
  const text = Buffer.from(note);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + text.length);
  head.write('free', 4, 'latin1');
  return Buffer.concat([clip, head, text]);
}
