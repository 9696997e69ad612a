import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClipSpec, MakeClip } from './clipSpec';
import { textHash } from './seededRandom';

type Shape = 'wide' | 'tall' | 'square';

/**
 * Serves the ready-made clips of a folder instead of making any. Their names say what they are: `wide-…`, `tall-…` or
 * `square-…`, and `…-sound` with a sound track. The prompt chooses among those of the right shape.
 */
export async function demoClips(folder: string): Promise<MakeClip> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.mp4')).sort();
  return (spec) => readFile(path.join(folder, choose(names, spec)));
}

function choose(names: readonly string[], { prompt, width, height, sound }: ClipSpec): string {
  const ofShape = names.filter((name) => name.startsWith(`${shapeOf(width / height)}-`));
  const ofSound = ofShape.filter((name) => name.endsWith('-sound.mp4') === sound);
  const suited = [ofSound, ofShape, names].find(({ length }) => length > 0) ?? [];
  const chosen = suited[textHash(prompt) % suited.length];
  if (chosen === undefined) throw new Error('The folder of the demo clips is empty.');
  return chosen;
}

const shapeOf = (ratio: number): Shape => (ratio > 1.2 ? 'wide' : ratio < 1 / 1.2 ? 'tall' : 'square');
