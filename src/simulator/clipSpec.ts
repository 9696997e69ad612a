import type { SimulatedModel } from './models';

/** A clip to be made: pixels, seconds, and whether it has a sound track. */
export interface ClipSpec {
  readonly prompt: string;
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  readonly sound: boolean;
}

export type MakeClip = (spec: ClipSpec) => Promise<Uint8Array>;

/**
 * Models do not deliver exactly what was asked for: MiniMax gave 832x480 for 480p and 5.18 s for 5 s. `grid`: sides are
 * multiples of so many pixels; `stretch`: delivered seconds for one asked for.
 */
const deviations: Readonly<Record<string, { readonly grid: number; readonly stretch: number }>> = {
  minimax: { grid: 32, stretch: 5.18 / 5 },
  kling: { grid: 16, stretch: 5.04 / 5 },
  alibaba: { grid: 32, stretch: 5.06 / 5 },
  bytedance: { grid: 32, stretch: 5.04 / 5 },
  lightricks: { grid: 32, stretch: 5.04 / 5 },
};
const noDeviation = { grid: 16, stretch: 1 };

const usualSeconds = 5;
const usualShortSide = 720;

/** Width over height of the picture at an address, where it is known. */
export type RatioAt = (address: string) => number | undefined;

type Fields = Readonly<Record<string, unknown>>;

/** What the model would deliver for a checked body; `resolved` has its defaults filled in. */
export function clipSpec(model: SimulatedModel, body: Fields, resolved: Fields, ratioAt: RatioAt = () => undefined): ClipSpec {
  const { grid, stretch } = deviations[model.id.split('/')[0] ?? ''] ?? noDeviation;
  const onGrid = (pixels: number) => Math.max(grid, Math.floor(pixels / grid) * grid);
  const [width, height] = askedSize(body, resolved, ratioAt);
  const asked = numberOf(resolved.duration) ?? usualSeconds;
  return {
    prompt: typeof resolved.prompt === 'string' ? resolved.prompt : '',
    width: onGrid(width),
    height: onGrid(height),
    seconds: Math.round(asked * stretch * 100) / 100,
    sound: model.audio === 'always' || (model.audio === 'switch' && resolved.generate_audio === true),
  };
}

function askedSize(body: Fields, resolved: Fields, ratioAt: RatioAt): readonly [number, number] {
  const width = numberOf(body.width);
  const height = numberOf(body.height);
  if (width !== undefined && height !== undefined) return [width, height];

  const [across, down] = askedRatio(resolved, ratioAt);
  // Runway names its ratios in pixels
  if (across > 100) return [across, down];
  const short = shortSide(resolved.resolution);
  return across >= down ? [(short * across) / down, short] : [short, (short * down) / across];
}

function askedRatio(resolved: Fields, ratioAt: RatioAt): readonly [number, number] {
  // seen at Seedance: a landscape start image overrides the ratio asked for; one that was not uploaded here carries the word in its name
  const { start_image: start } = resolved;
  const landscape = typeof start === 'string' && (ratioAt(start) ?? (start.includes('landscape') ? 2 : 1)) > 1;
  const [across, down] = String(resolved.aspect_ratio).split(':').map(Number);
  const known = across !== undefined && down !== undefined && across > 0 && down > 0;
  return known && !(landscape && across < down) ? [across, down] : [16, 9];
}

/** `720p` and the like; `4K` and `4k` are 2160. */
function shortSide(resolution: unknown): number {
  if (typeof resolution !== 'string') return usualShortSide;
  if (/^4k$/i.test(resolution)) return 2160;
  return Number.parseInt(resolution, 10) || usualShortSide;
}

const numberOf = (value: unknown) => (typeof value === 'number' ? value : undefined);
