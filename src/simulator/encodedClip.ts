import { createH264MP4Encoder } from 'h264-mp4-encoder';
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
import type { ClipSpec } from './clipSpec';
import { landscape } from './landscape';

const framesPerSecond = 24;
const longSide = 640;
const keptClips = 32;
const kept = new Map<string, Promise<Uint8Array>>();

/** A real H.264 clip in the ratio and length asked for, small enough to make in about a second; silent if it has a sound track. */
export function encodedClip(spec: ClipSpec): Promise<Uint8Array> {
  const { prompt, width, height, seconds, sound } = spec;
  const key = JSON.stringify([prompt, width, height, seconds, sound]);
  const clip = kept.get(key) ?? makeClip(spec);
  // a map keeps the order of insertion: the first is the one longest unused
  kept.delete(key);
  kept.set(key, clip);
  const [oldest] = kept.keys();
  if (kept.size > keptClips && oldest !== undefined) kept.delete(oldest);
  return clip;
}

async function makeClip(spec: ClipSpec): Promise<Uint8Array> {
  const picture = await encodePicture(spec);
  return spec.sound ? withSilence(picture) : picture;
}

async function encodePicture({ prompt, width, height, seconds }: ClipSpec): Promise<Uint8Array> {
  const scale = Math.min(1, longSide / Math.max(width, height));
  const even = (pixels: number) => Math.max(2, Math.round((pixels * scale) / 2) * 2);
  const encoder = await createH264MP4Encoder();
  encoder.width = even(width);
  encoder.height = even(height);
  encoder.frameRate = framesPerSecond;
  encoder.speed = 10;
  encoder.quantizationParameter = 30;
  encoder.groupOfPictures = 48;
  encoder.initialize();
  const paint = landscape(prompt, encoder.width, encoder.height);
  const frames = Math.max(1, Math.round(seconds * framesPerSecond));
  for (let i = 0; i < frames; i++) {
    encoder.addFrameYuv(paint(i / framesPerSecond));
    // the servers live in the same thread
    if (i % 6 === 5) await new Promise((resolve) => setImmediate(resolve));
  }
  encoder.finalize();
  const bytes = Uint8Array.from(encoder.FS.readFile(encoder.outputFilename));
  encoder.delete();
  return bytes;
}

/** 48 kHz, two channels, AAC-LC: the decoder's description and one frame of nothing. */
const silence = {
  config: { codec: 'mp4a.40.2', sampleRate: 48_000, numberOfChannels: 2, description: Uint8Array.of(0x11, 0x90) },
  frame: Uint8Array.of(0x21, 0x10, 0x04, 0x60, 0x8c, 0x1c),
  frameSeconds: 1024 / 48_000,
};

async function withSilence(picture: Uint8Array): Promise<Uint8Array> {
  const input = new Input({ formats: [MP4], source: new BufferSource(picture) });
  const track = await input.getPrimaryVideoTrack();
  const config = await track?.getDecoderConfig();
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  const video = new EncodedVideoPacketSource('avc');
  const audio = new EncodedAudioPacketSource('aac');
  output.addVideoTrack(video, { frameRate: framesPerSecond });
  output.addAudioTrack(audio);
  await output.start();

  let seconds = 0;
  if (track && config)
    for await (const packet of new EncodedPacketSink(track).packets()) {
      await video.add(packet, { decoderConfig: config });
      seconds = packet.timestamp + packet.duration;
    }
  for (let i = 0; i * silence.frameSeconds < seconds; i++)
    await audio.add(new EncodedPacket(silence.frame, 'key', i * silence.frameSeconds, silence.frameSeconds), {
      decoderConfig: silence.config,
    });
  await output.finalize();
  if (!target.buffer) throw new Error('The clip with sound was not written.');
  return new Uint8Array(target.buffer);
}
