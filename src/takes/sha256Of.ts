import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/** Read once, in pieces. Throws the system's error, or the signal's reason. */
export async function sha256Of(file: string, signal: AbortSignal): Promise<{ readonly sha256: string; readonly bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    createReadStream(file),
    async (pieces: AsyncIterable<Buffer>) => {
      for await (const piece of pieces) {
        bytes += piece.length;
        hash.update(piece);
      }
    },
    { signal },
  );
  return { sha256: hash.digest('hex'), bytes };
}
