import type { Catalogue } from '../catalogue/model';
import { type Price, priceOf } from '../catalogue/price';
import { checkShot } from './checkShot';
import { knownKeys } from './parameterKeys';
import type { KnownKeys } from './parameterList';
import { readStoryboard } from './readStoryboard';
import type { ResolvedShot, ShotFinding } from './resolvedShot';
import { type BoardSurroundings, resolveShot } from './resolveShot';
import type { Storyboard } from './storyboard';

/** A storyboard with all that is known of its shots without looking at disks. */
export interface Board {
  readonly text: string;
  readonly storyboard: Storyboard;
  /** As in the storyboard. */
  readonly shots: readonly BoardShot[];
}

export interface BoardShot {
  readonly resolved: ResolvedShot;
  /** Of the shot; those of the text are in the storyboard. */
  readonly findings: readonly ShotFinding[];
  /** Of its request; unknown where there is none. */
  readonly price: Price;
}

export async function readBoard(text: string, around: BoardSurroundings): Promise<Board> {
  const storyboard = readStoryboard(text, keysOf(around.catalogue));
  const shots: BoardShot[] = [];
  for (const shot of storyboard.shots) {
    const resolved = resolveShot(storyboard, shot, around);
    shots.push({ resolved, findings: await checkShot(resolved), price: priceOfShot(resolved) });
  }
  return { text, storyboard, shots };
}

const priceOfShot = ({ model, body, prompt }: ResolvedShot): Price =>
  model.kind === 'model' && prompt ? priceOf(model.model, body) : { kind: 'unknown' };

const keys = new WeakMap<Catalogue, KnownKeys>();

function keysOf(catalogue: Catalogue): KnownKeys {
  const known = keys.get(catalogue);
  if (known) return known;
  const made = knownKeys(catalogue.models.flatMap(({ parameters }) => parameters.map(({ name }) => name)));
  keys.set(catalogue, made);
  return made;
}
