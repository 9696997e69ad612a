import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MP4,
  Mp4OutputFormat,
  Output,
} from 'mediabunny';
import { newEncoder } from './tinyClip';

export interface ClipSpec {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
  /** With a quiet tone, as PCM: every editor has that decoder. */
  readonly sound?: boolean;
  /** Starts with so many seconds of black. */
  readonly black?: number;
}

/** A dusk with a slow sun: enough picture to judge a layout by. */
export async function duskClip({ width, height, seconds, sound, black = 0 }: ClipSpec): Promise<Uint8Array> {
  const fps = 12;
  const encoder = await newEncoder();
  Object.assign(encoder, { width, height, frameRate: fps, quantizationParameter: 30, speed: 10, groupOfPictures: fps });
  encoder.initialize();
  const frame = new Uint8Array(width * height * 4);
  for (let i = 0; i < fps * seconds; i++) {
    const sun = { x: width * (0.3 + (0.4 * i) / (fps * seconds)), y: height * 0.52, r: Math.min(width, height) * 0.13 };
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const o = (y * width + x) * 4;
        const high = y / height;
        const hill = high > 0.72 + 0.06 * Math.sin((x / width) * 9) + 0.03 * Math.sin((x / width) * 23);
        const glow = Math.exp(-(((x - sun.x) ** 2 + (y - sun.y) ** 2) / (2 * (sun.r * 2.2) ** 2)));
        const disc = Math.hypot(x - sun.x, y - sun.y) < sun.r;
        frame[o] = hill ? 22 : disc ? 255 : Math.min(255, 60 + 120 * high + 120 * glow);
        frame[o + 1] = hill ? 20 : disc ? 214 : Math.min(255, 42 + 50 * high + 90 * glow);
        frame[o + 2] = hill ? 30 : disc ? 150 : Math.min(255, 92 + 20 * high + 10 * glow);
        frame[o + 3] = 255;
      }
    if (i < black * fps) frame.fill(0);
    encoder.addFrameRgba(frame);
  }
  encoder.finalize();
  const bytes = encoder.FS.readFile(encoder.outputFilename);
  encoder.delete();
  return sound ? withTone(bytes, seconds) : bytes;
}

async function withTone(clip: Uint8Array, seconds: number): Promise<Uint8Array> {
  const track = await new Input({ source: new BufferSource(clip), formats: [MP4] }).getPrimaryVideoTrack();
  if (track === null) throw new Error('the clip has no picture');
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const picture = new EncodedVideoPacketSource('avc');
  const tone = new EncodedAudioPacketSource('pcm-s16');
  output.addVideoTrack(picture);
  output.addAudioTrack(tone);
  await output.start();
  const decoderConfig = await track.getDecoderConfig();
  if (decoderConfig === null) throw new Error('the clip has no decoder configuration');
  for await (const packet of new EncodedPacketSink(track).packets()) await picture.add(packet, { decoderConfig });
  const rate = 8000;
  const samples = Int16Array.from({ length: rate * seconds }, (_, i) => 1000 * Math.sin((i * 2 * Math.PI * 220) / rate));
  await tone.add(new EncodedPacket(new Uint8Array(samples.buffer), 'key', 0, seconds), {
    decoderConfig: { codec: 'pcm-s16', sampleRate: rate, numberOfChannels: 1 },
  });
  await output.finalize();
  if (target.buffer === null) throw new Error('nothing was written');
  return new Uint8Array(target.buffer);
}
