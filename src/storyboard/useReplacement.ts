import { type Catalogue, findModel, type Model } from '../catalogue/model';
import { type Price, priceOf } from '../catalogue/price';
import { changeModel } from './changeModel';
import { checkShot } from './checkShot';
import type { TextChange } from './lines';
import type { KnownKeys } from './parameterList';
import { readStoryboard } from './readStoryboard';
import type { ResolvedShot, ShotFinding } from './resolvedShot';
import { type BoardSurroundings, resolveShot } from './resolveShot';

/** A shot with the old model and with its replacement, before anything is written. */
export interface ReplacedShot {
  readonly before: ResolvedShot;
  /** Its places are those of the changed text. */
  readonly after: ResolvedShot;
  readonly priceBefore: Price;
  readonly priceAfter: Price;
  /** What speaks against the shot with the replacement: values that it refuses, say. */
  readonly findings: readonly ShotFinding[];
}

export type UsedReplacement =
  | {
      readonly kind: 'replacement';
      readonly model: Model;
      /** In the order of the text; none where every shot of the old model is picked. They do not overlap. */
      readonly changes: readonly TextChange[];
      readonly changedText: string;
      readonly shots: readonly ReplacedShot[];
      /** Picked shots, which keep the old model. */
      readonly picked: readonly ResolvedShot[];
    }
  /** Krea names no other model, or does not offer the one it names: `id`. */
  | { readonly kind: 'noReplacement'; readonly id: string | undefined };

/**
 * What it takes to put the replacement of a model in all shots that are not picked. A picked shot goes on asking for what
 * its clip was made with: where it inherits the old model, it gets a line of its own.
 */
export async function useReplacement(text: string, known: KnownKeys, around: BoardSurroundings, modelId: string): Promise<UsedReplacement> {
  const named = replacementOf(around.catalogue, modelId);
  const found = named === undefined ? undefined : findModel(around.catalogue, named);
  if (found?.kind !== 'model') return { kind: 'noReplacement', id: named };

  const board = readStoryboard(text, known);
  const all = board.shots.map((shot) => resolveShot(board, shot, around));
  const ofModel = all.filter((resolved) => resolved.modelId === modelId);
  const picked = ofModel.filter(({ pick }) => pick !== undefined);
  const others = ofModel.filter(({ pick }) => pick === undefined);
  const shotsOf = (resolved: readonly ResolvedShot[]) => resolved.map(({ shot }) => shot);
  const changes = changeModel(text, board, { from: modelId, to: found.model.id, shots: shotsOf(others), kept: shotsOf(picked) });
  const changedText = changes.toReversed().reduce((all, { start, end, text: put }) => all.slice(0, start) + put + all.slice(end), text);

  const changed = readStoryboard(changedText, known);
  const shots = all.flatMap((before, index) => {
    const shot = changed.shots[index];
    return shot && others.includes(before) ? [{ before, after: resolveShot(changed, shot, around) }] : [];
  });
  const replaced = shots.map(async ({ before, after }): Promise<ReplacedShot> => {
    const findings = await checkShot(after);
    return { before, after, priceBefore: priceIn(before), priceAfter: priceIn(after), findings };
  });
  return { kind: 'replacement', model: found.model, changes, changedText, shots: await Promise.all(replaced), picked };
}

function replacementOf(catalogue: Catalogue, modelId: string): string | undefined {
  const found = findModel(catalogue, modelId);
  switch (found.kind) {
    case 'model':
      return found.model.sunset?.replacement;
    case 'retired':
      return found.model.replacement;
    case 'unknown':
      return undefined;
    default:
      return found satisfies never;
  }
}

const priceIn = ({ model, body }: ResolvedShot): Price => (model.kind === 'model' ? priceOf(model.model, body) : { kind: 'unknown' });
