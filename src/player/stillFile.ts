import path from 'node:path';

/** Beside the clip, in a folder of its own; seconds with leading zero, so that the names sort as the frames do. */
export function stillFile(clip: string, seconds: number): string {
  const { dir, name } = path.parse(clip);
  return path.join(dir, 'stills', `${name}_f${seconds.toFixed(3).padStart(6, '0')}.png`);
}
