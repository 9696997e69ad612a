import type { Json, JsonObject } from '../catalogue/model';
import type { InputMedia } from './inputs';

/** What is known of a file at such a place. Pixels; none where they are not known. */
export interface InputShape {
  readonly role: string;
  readonly media: InputMedia;
  readonly size?: { readonly width: number; readonly height: number };
}

/** What Krea may dislike about an image. It is not known to refuse it, so the user decides. */
export interface InputWarning {
  readonly code: 'small' | 'ratio' | 'ends';
  readonly role: string;
  readonly width: number;
  readonly height: number;
  /** The ratio of the request, or the pixels of the other image. */
  readonly other?: string;
}

/** Pixels of the shorter side below which images are said to be ignored or refused. */
const leastPixels = 512;
/** Ratios that differ by no more than this factor count as alike: 3:2 and 16:9 do. */
const alike = 1.2;

/** `body` with the model's defaults: the ratio that holds is what counts. */
export function inputWarnings(inputs: readonly InputShape[], body: JsonObject): readonly InputWarning[] {
  const asked = ratioOf(body.aspect_ratio);
  const start = inputs.find(({ role }) => role === 'start_image')?.size;
  return inputs.flatMap(({ role, size }): readonly InputWarning[] => {
    if (!size) return [];
    const found = { role, ...size };
    const small: readonly InputWarning[] = Math.min(size.width, size.height) < leastPixels ? [{ code: 'small', ...found }] : [];
    if (role === 'start_image' && asked !== undefined && differs(size.width / size.height, asked))
      return [...small, { code: 'ratio', ...found, other: String(body.aspect_ratio) }];
    if (role === 'end_image' && start && differs(size.width / size.height, start.width / start.height))
      return [...small, { code: 'ends', ...found, other: `${start.width} × ${start.height}` }];
    return small;
  });
}

/** The ratio of a list that comes nearest to an image, as for `aspect_ratio`. */
export function nearestRatio(
  ratios: readonly string[],
  { width, height }: { readonly width: number; readonly height: number },
): string | undefined {
  const distance = (ratio: number): number => Math.abs(Math.log(ratio / (width / height)));
  return ratios
    .flatMap((name) => {
      const ratio = ratioOf(name);
      return ratio === undefined ? [] : [{ name, off: distance(ratio) }];
    })
    .toSorted((one, other) => one.off - other.off)[0]?.name;
}

function differs(one: number, other: number): boolean {
  return Math.abs(Math.log(one / other)) > Math.log(alike);
}

/** Width over height of `16:9` or `1280:720`; `undefined` for words such as `adaptive`. */
function ratioOf(value: Json | undefined): number | undefined {
  const [, width, height] = typeof value === 'string' ? (/^(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)$/.exec(value) ?? []) : [];
  const ratio = Number(width) / Number(height);
  return Number.isFinite(ratio) && ratio > 0 ? ratio : undefined;
}
