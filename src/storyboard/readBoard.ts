import type { Catalogue } from '../catalogue/model';
import type { Price } from '../catalogue/price';
import { type BlockFile, type BlockFileText, blockFilesOf, blocksOfFiles } from './blockFiles';
import { checkedShot } from './checkShot';
import { frameFindings } from './frameFindings';
import { knownKeys } from './parameterKeys';
import type { KnownKeys } from './parameterList';
import { readStoryboard } from './readStoryboard';
import type { ResolvedShot, ShotFinding } from './resolvedShot';
import { type BoardSurroundings, resolveShot } from './resolveShot';
import type { Storyboard, TextBlock } from './storyboard';

/** A storyboard with all that is known of its shots without looking at disks. */
export interface Board {
  readonly text: string;
  readonly storyboard: Storyboard;
  /** Of the files that it names. */
  readonly otherBlocks: readonly TextBlock[];
  /** As in the storyboard. */
  readonly shots: readonly BoardShot[];
}

export type ReadBlockFiles = (files: readonly BlockFile[]) => Promise<ReadonlyMap<string, BlockFileText>>;

export interface BoardShot {
  readonly resolved: ResolvedShot;
  /** Of the shot; those of the text are in the storyboard. */
  readonly findings: readonly ShotFinding[];
  /** Of its request; unknown where there is none. */
  readonly price: Price;
}

/** `readFiles`: the texts of the files that the board names under `blocks`; without it they are not looked at. */
export async function readBoard(text: string, surroundings: BoardSurroundings, readFiles?: ReadBlockFiles): Promise<Board> {
  const known = keysOf(surroundings.catalogue);
  const read = readStoryboard(text, known);
  const files = readFiles ? blockFilesOf(read) : [];
  const blocks = files.length > 0 && readFiles ? blocksOfFiles(files, await readFiles(files), known) : { textBlocks: [], findings: [] };
  const storyboard = blocks.findings.length > 0 ? { ...read, findings: [...read.findings, ...blocks.findings] } : read;
  const around = { ...surroundings, otherBlocks: [...surroundings.otherBlocks, ...blocks.textBlocks] };
  const shots: BoardShot[] = [];
  for (const shot of storyboard.shots) {
    const resolved = resolveShot(storyboard, shot, around);
    shots.push({ resolved, ...(await checkedShot(resolved)) });
  }
  const ofFrames = frameFindings(shots.map(({ resolved }) => resolved));
  return {
    text,
    storyboard,
    otherBlocks: around.otherBlocks,
    shots: shots.map((shot, index) => ({ ...shot, findings: [...shot.findings, ...(ofFrames[index] ?? [])] })),
  };
}

const keys = new WeakMap<Catalogue, KnownKeys>();

export function keysOf(catalogue: Catalogue): KnownKeys {
  const known = keys.get(catalogue);
  if (known) return known;
  const made = knownKeys(catalogue.models.flatMap(({ parameters }) => parameters.map(({ name }) => name)));
  keys.set(catalogue, made);
  return made;
}
