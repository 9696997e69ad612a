import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { H264MP4Encoder } from 'h264-mp4-encoder';
import { emptyFolder } from './emptyFolder';

const made = new Map<string, Promise<Buffer>>();

/** A real H.264 mp4 without sound. Width and height must be even; made once per size and length. */
export function tinyClip({ width = 64, height = 36, seconds = 1, fps = 10 } = {}): Promise<Buffer> {
  const key = `${width}x${height} ${seconds} s ${fps} fps`;
  const known = made.get(key) ?? encode(width, height, seconds, fps);
  made.set(key, known);
  return known;
}

async function encode(width: number, height: number, seconds: number, fps: number): Promise<Buffer> {
  const encoder = await newEncoder();
  Object.assign(encoder, { width, height, frameRate: fps, quantizationParameter: 33, speed: 10 });
  encoder.initialize();
  for (let frame = 0; frame < Math.round(seconds * fps); frame++) {
    encoder.addFrameRgba(new Uint8Array(width * height * 4).map((_, index) => (index + frame * 16) & 0xff));
  }
  encoder.finalize();
  const clip = Buffer.from(encoder.FS.readFile(encoder.outputFilename));
  encoder.delete();
  return clip;
}

/** Its runtime ends the process at any stray rejection: in a test run that is for mocha to report. */
export async function newEncoder(): Promise<H264MP4Encoder> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => new Set<unknown>(process.rawListeners(event)));
  const { createH264MP4Encoder } = createRequire(__filename)('h264-mp4-encoder') as typeof import('h264-mp4-encoder');
  const encoder = await createH264MP4Encoder();
  for (const [index, event] of events.entries())
    for (const listener of process.rawListeners(event)) if (!before[index]?.has(listener)) process.off(event, listener as () => void);
  return encoder;
}

/** A new folder of the system's temporary ones, with a clip in it. */
export async function clipFile(name = 'clip.mp4', bytes?: Buffer): Promise<string> {
  const file = path.join(emptyFolder(), name);
  await writeFile(file, bytes ?? (await tinyClip()));
  return file;
}
