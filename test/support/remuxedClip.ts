import {
  ALL_FORMATS,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Output,
  type OutputFormat,
} from 'mediabunny';
import { tinyClip } from './tinyClip';

// it warns when it is there twice; the code under test has a bundle of its own, and the two never meet
Reflect.deleteProperty(globalThis, Symbol.for('mediabunny loaded'));

interface Extras {
  readonly rotation?: 0 | 90 | 180 | 270;
  /** A second of silence. */
  readonly sound?: boolean;
  readonly picture?: boolean;
}

/** The tiny clip in another container. */
export async function remuxedClip(format: OutputFormat, { rotation = 0, sound = false, picture = true }: Extras = {}): Promise<Buffer> {
  const input = new Input({ source: new BufferSource(await tinyClip()), formats: ALL_FORMATS });
  const target = new BufferTarget();
  const output = new Output({ format, target });
  const video = new EncodedVideoPacketSource('avc');
  const audio = new EncodedAudioPacketSource('pcm-s16');
  if (picture) output.addVideoTrack(video, { rotation });
  if (sound) output.addAudioTrack(audio);
  await output.start();
  if (picture) await copyPicture(input, video);
  if (sound) {
    const meta = { decoderConfig: { codec: 'pcm-s16', numberOfChannels: 1, sampleRate: 8000 } };
    await audio.add(new EncodedPacket(new Uint8Array(16_000), 'key', 0, 1), meta);
  }
  await output.finalize();
  input.dispose();
  return Buffer.from(target.buffer ?? new ArrayBuffer());
}

async function copyPicture(input: Input, video: EncodedVideoPacketSource): Promise<void> {
  const track = await input.getPrimaryVideoTrack();
  const decoderConfig = await track?.getDecoderConfig();
  if (!track || !decoderConfig) throw new Error('the tiny clip has no picture');
  for await (const packet of new EncodedPacketSink(track).packets()) await video.add(packet, { decoderConfig });
}
