import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';

/** Bytes read at a time, into one buffer: fresh ones would pile up until the collector comes. */
const atOnce = 256 * 1024;

/** Read once, in pieces. Throws the system's error, or the signal's reason. */
export async function sha256Of(file: string, signal: AbortSignal): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafeSlow(atOnce);
  await using handle = await open(file, 'r');
  for (let bytes = 0; ; ) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(buffer, 0, atOnce, bytes);
    if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes };
    hash.update(buffer.subarray(0, bytesRead));
    bytes += bytesRead;
  }
}
