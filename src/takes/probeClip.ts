import type { Input, InputVideoTrack } from 'mediabunny';

export interface Probe {
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
  readonly videoCodec: string | null;
  readonly audioCodec: string | null;
}

const unreadable: Probe = { width: null, height: null, seconds: null, videoCodec: null, audioCodec: null };

/** What is in the file, as far as it says so: nothing is decoded. A file the library cannot read is no less paid for. */
export async function probeClip(file: string, signal: AbortSignal): Promise<Probe | 'noPicture'> {
  const { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } = await import('./mediabunny');
  signal.throwIfAborted();
  const source = new FilePathSource(file, { maxCacheSize: 2 ** 20, handleUnhandledError: () => undefined });
  const input = new Input({ source, formats: [MP4, QTFF, WEBM, MATROSKA] });
  const stop = () => input.dispose();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const track = await input.getPrimaryVideoTrack();
    return track ? await probeOf(input, track) : 'noPicture';
  } catch {
    signal.throwIfAborted();
    return unreadable;
  } finally {
    signal.removeEventListener('abort', stop);
    input.dispose();
  }
}

async function probeOf(input: Input, track: InputVideoTrack): Promise<Probe> {
  const sound = await input.getPrimaryAudioTrack();
  const seconds = (await input.getDurationFromMetadata()) ?? (await input.computeDuration());
  return {
    width: await track.getDisplayWidth(),
    height: await track.getDisplayHeight(),
    seconds: Math.round(seconds * 1000) / 1000,
    videoCodec: wordFor(await track.getCodec()),
    audioCodec: wordFor((await sound?.getCodec()) ?? null),
  };
}

/** The library calls H.264 by its name in ISO files. */
const wordFor = (codec: string | null) => (codec === 'avc' ? 'h264' : codec);
