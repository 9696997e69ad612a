import { type SeededRandom, seededRandom, textHash } from './seededRandom';

/** Paints one frame (planar YUV 4:2:0) at `seconds` from the start. The buffer is used again by the next frame. */
export type PaintFrame = (seconds: number) => Uint8Array;

type Rgb = readonly [number, number, number];

interface Mood {
  readonly zenith: Rgb;
  readonly horizon: Rgb;
  readonly light: Rgb;
  readonly far: Rgb;
  readonly near: Rgb;
  readonly stars: boolean;
}

const moods: readonly Mood[] = [
  { zenith: [38, 52, 108], horizon: [255, 178, 122], light: [255, 226, 170], far: [196, 128, 130], near: [28, 24, 52], stars: false },
  { zenith: [96, 160, 214], horizon: [246, 226, 196], light: [255, 250, 226], far: [150, 182, 200], near: [28, 60, 66], stars: false },
  { zenith: [10, 16, 44], horizon: [70, 96, 150], light: [226, 236, 255], far: [58, 76, 122], near: [8, 12, 28], stars: true },
  { zenith: [92, 40, 92], horizon: [255, 140, 110], light: [255, 210, 150], far: [190, 86, 110], near: [40, 14, 44], stars: false },
  { zenith: [20, 70, 90], horizon: [178, 222, 190], light: [240, 255, 220], far: [96, 158, 150], near: [10, 44, 48], stars: false },
  { zenith: [46, 40, 70], horizon: [240, 176, 158], light: [255, 232, 208], far: [168, 122, 148], near: [36, 26, 54], stars: false },
  { zenith: [14, 10, 40], horizon: [150, 70, 130], light: [255, 190, 220], far: [98, 48, 110], near: [16, 8, 32], stars: true },
  { zenith: [150, 92, 70], horizon: [255, 208, 138], light: [255, 244, 206], far: [214, 148, 104], near: [58, 30, 28], stars: false },
];

const ridgeCount = 5;

/** A quiet landscape: hills, sky and light, chosen by the prompt, seen from a slowly moving camera. Sides must be even. */
export function landscape(prompt: string, width: number, height: number): PaintFrame {
  const random = seededRandom(textHash(prompt), 'landscape');
  const mood = moods[Math.floor(random.next() * moods.length)] ?? moods[0];
  if (!mood) throw new Error('There is no mood to paint in.');
  const drift = random.next() < 0.5 ? 1 : -1;
  const water = random.next() < 0.6;
  const skyline = 0.5 + 0.08 * random.next();
  const shore = water ? Math.floor(height * 0.78) : height;

  const frame = new Uint8Array((width * height * 3) / 2);
  const sky = paintSky(mood, random, width, height);
  const ridges = Array.from({ length: ridgeCount }, (_, i) => makeRidge(i, { mood, random, skyline, height, shore }));

  return (seconds) => {
    frame.set(sky);
    const tops = ridges.map((ridge) => ridge.topAt(seconds * drift, width, height));
    ridges.forEach((ridge, i) => {
      const own = tops[i];
      if (own) paintRidge(frame, { width, height, shore }, ridge.colours, own, tops[i + 1]);
    });
    if (water) paintWater(frame, width, height, shore, seconds);
    return frame;
  };
}

interface Ridge {
  /** Y, U and V for each row. */
  readonly colours: Uint8Array;
  /** The first row of the hill in each column. */
  readonly topAt: (seconds: number, width: number, height: number) => Float64Array;
}

function makeRidge(index: number, around: { mood: Mood; random: SeededRandom; skyline: number; height: number; shore: number }): Ridge {
  const { mood, random, skyline, height, shore } = around;
  const nearness = index / (ridgeCount - 1);
  const base = mix(mood.far, mood.near, nearness ** 0.8);
  const mist = mix(mood.horizon, base, 0.35 + 0.4 * nearness);
  const level = skyline + nearness * (0.92 - skyline);
  const relief = 0.13 - 0.05 * nearness;
  const waves = Array.from({ length: 6 }, (_, octave) => ({
    frequency: (1.3 + random.next()) * 2 ** octave,
    size: relief * 0.5 ** octave,
    phase: random.next() * 2 * Math.PI,
  }));
  // what is near passes faster
  const speed = 0.006 + 0.05 * nearness ** 2;

  const colours = new Uint8Array(height * 3);
  const first = (level - 2 * relief) * height;
  for (let row = 0; row < height; row++) {
    const depth = Math.min(1, Math.max(0, (row - first) / (Math.min(shore, height) - first)));
    colours.set(yuv(mix(base, mist, depth ** 1.4)), row * 3);
  }
  return {
    colours,
    topAt(seconds, width, rows) {
      const tops = new Float64Array(width);
      const unit = 1 / Math.max(width, rows);
      for (let x = 0; x < width; x++) {
        const at = x * unit + seconds * speed;
        let rise = 0;
        for (const { frequency, size, phase } of waves) rise += size * Math.sin(at * frequency * 2 * Math.PI + phase);
        tops[x] = (level - rise) * rows;
      }
      return tops;
    },
  };
}

function paintSky(mood: Mood, random: SeededRandom, width: number, height: number): Uint8Array {
  const plane = new Uint8Array((width * height * 3) / 2);
  const sunX = width * (0.25 + 0.5 * random.next());
  const sunY = height * (0.2 + 0.2 * random.next());
  const radius = Math.min(width, height) * (0.035 + 0.03 * random.next());
  const colourAt = (x: number, y: number): Rgb => {
    const base = mix(mood.zenith, mood.horizon, Math.min(1, y / (height * 0.62)) ** 1.3);
    const distance = Math.hypot(x - sunX, y - sunY) / radius;
    const disc = Math.min(1, Math.max(0, (1.04 - distance) * radius));
    const glow = 0.75 * Math.exp(-distance / 5) + 0.1 * Math.exp(-distance / 16);
    return mix(base, mood.light, Math.max(disc, Math.min(1, glow)));
  };
  fill(plane, width, height, colourAt);
  if (mood.stars)
    for (let i = 0; i < 90; i++) {
      const x = Math.floor(random.next() * width);
      const y = Math.floor(random.next() ** 1.5 * height * 0.5);
      plane[y * width + x] = 140 + Math.floor(random.next() * 95);
    }
  return plane;
}

function fill(plane: Uint8Array, width: number, height: number, colourAt: (x: number, y: number) => Rgb): void {
  const u = width * height;
  const v = u + u / 4;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [luma, blue, red] = yuv(colourAt(x, y));
      plane[y * width + x] = luma;
      if (x % 2 === 0 && y % 2 === 0) {
        const at = (y / 2) * (width / 2) + x / 2;
        plane[u + at] = blue;
        plane[v + at] = red;
      }
    }
}

function paintRidge(
  frame: Uint8Array,
  { width, height, shore }: { width: number; height: number; shore: number },
  colours: Uint8Array,
  tops: Float64Array,
  nextTops: Float64Array | undefined,
): void {
  const u = width * height;
  const v = u + u / 4;
  const half = width / 2;
  for (let x = 0; x < width; x++) {
    const top = Math.max(0, tops[x] ?? 0);
    const first = Math.ceil(top);
    // what a nearer hill hides need not be painted; 2 rows more because colour has half the rows
    const last = Math.min(shore, Math.max(first, Math.ceil((nextTops?.[x] ?? shore) + 2)));
    for (let y = first; y < last; y++) frame[y * width + x] = colours[y * 3] ?? 0;
    if (first > 0 && first <= shore) {
      // the edge, by how much of the pixel the hill covers
      const edge = (first - 1) * width + x;
      const cover = first - top;
      frame[edge] = Math.round((frame[edge] ?? 0) * (1 - cover) + (colours[first * 3] ?? 0) * cover);
    }
    if (x % 2 === 0)
      for (let y = first + (first % 2); y < last; y += 2) {
        const at = (y / 2) * half + x / 2;
        frame[u + at] = colours[y * 3 + 1] ?? 128;
        frame[v + at] = colours[y * 3 + 2] ?? 128;
      }
  }
}

/** The lake mirrors what stands above its shore, a little darker, in slow waves. */
function paintWater(frame: Uint8Array, width: number, height: number, shore: number, seconds: number): void {
  const u = width * height;
  const v = u + u / 4;
  const half = width / 2;
  for (let y = shore; y < height; y++) {
    const depth = (y - shore) / (height - shore);
    const sway = Math.sin(y * 0.55 + seconds * 2.2) * (1 + 5 * depth);
    const mirrored = Math.max(0, Math.min(shore - 1, Math.round(shore - 1 - (y - shore) * 2.2 + sway)));
    const glint = 4 * Math.sin(y * 1.7 - seconds * 3.1);
    for (let x = 0; x < width; x++) frame[y * width + x] = Math.max(16, (frame[mirrored * width + x] ?? 0) * (0.86 - 0.22 * depth) + glint);
    if (y % 2 === 0) {
      const from = Math.floor(mirrored / 2) * half;
      const to = (y / 2) * half;
      frame.copyWithin(u + to, u + from, u + from + half);
      frame.copyWithin(v + to, v + from, v + from + half);
    }
  }
}

const mix = (a: Rgb, b: Rgb, share: number): Rgb => [
  a[0] + (b[0] - a[0]) * share,
  a[1] + (b[1] - a[1]) * share,
  a[2] + (b[2] - a[2]) * share,
];

/** BT.601, limited range. */
const yuv = ([r, g, b]: Rgb): Rgb => [
  16 + 0.257 * r + 0.504 * g + 0.098 * b,
  128 - 0.148 * r - 0.291 * g + 0.439 * b,
  128 + 0.439 * r - 0.368 * g - 0.071 * b,
];
