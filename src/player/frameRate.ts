/**
 * Frames a second, as the times of all pictures in the file give them; nothing is decoded. `undefined` when the file does
 * not say, or cannot be read before the signal.
 */
export async function frameRate(file: string, signal: AbortSignal): Promise<number | undefined> {
  const { FilePathSource, Input, MATROSKA, MP4, QTFF, WEBM } = await import('../takes/mediabunny');
  if (signal.aborted) return undefined;
  const source = new FilePathSource(file, { maxCacheSize: 2 ** 20, handleUnhandledError: () => undefined });
  const input = new Input({ source, formats: [MP4, QTFF, WEBM, MATROSKA] });
  const stop = () => input.dispose();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const track = await input.getPrimaryVideoTrack();
    const rate = (await track?.computePacketStats())?.averagePacketRate ?? 0;
    return Number.isFinite(rate) && rate > 0 ? Math.round(rate * 1000) / 1000 : undefined;
  } catch {
    return undefined;
  } finally {
    signal.removeEventListener('abort', stop);
    input.dispose();
  }
}
