import type { Json } from '../catalogue/model';
import { placeOf } from './placeOfOrigin';
import type { ResolvedValue, ShotFinding } from './resolvedShot';
import type { Shot } from './storyboard';

/** The parts of a prompt in several (`multi_prompt`) must fill the length of the shot (rule 7). */
export function partsFindings(values: readonly ResolvedValue[], shot: Shot): readonly ShotFinding[] {
  const parts = values.find(({ name }) => name === 'multi_prompt');
  const length = values.find(({ name }) => name === 'duration')?.value;
  if (!parts || !Array.isArray(parts.value) || parts.value.length === 0 || typeof length !== 'number') return [];
  const lengths: readonly (Json | undefined)[] = parts.value.map((part: Json) =>
    typeof part === 'object' && part !== null && 'duration' in part ? part.duration : undefined,
  );
  const known = lengths.filter((one) => typeof one === 'number');
  const sum = known.reduce((total, one) => total + one, 0);
  // seconds with a fraction do not add up exactly
  if (known.length < lengths.length || Math.abs(sum - length) < 0.001) return [];
  return [{ code: 'partsSum', severity: 'warning', sum, length, ...placeOf(parts.origin, shot) }];
}
