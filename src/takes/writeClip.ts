import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { failPoint } from './failPoint';

/** Bytes that go to the disk in one call: while they are written, the next ones are read. */
const atOnce = 1024 * 1024;

/**
 * Writes what comes into a file, anew, or behind the `from` bytes that it holds. What came before the body breaks off is
 * in the file. The pieces are the caller's no more. Throws the signal's reason, what the body
 * throws, or the system's error, whose `syscall` tells the disk from the network.
 */
export async function writeClip(body: AsyncIterable<Uint8Array>, file: string, signal: AbortSignal, from = 0): Promise<void> {
  await using handle = from > 0 ? await openBehind(file, from) : await open(file, 'w');
  failPoint('part: opened');
  let pieces: Uint8Array[] = [];
  let bytes = 0;
  let writing = Promise.resolve();
  const flush = async (): Promise<void> => {
    const full = pieces;
    pieces = [];
    bytes = 0;
    await writing;
    failPoint('part: piece');
    writing = writeAll(handle, full);
    writing.catch(() => undefined); // seen at the next flush
  };
  try {
    for await (const piece of body) {
      signal.throwIfAborted();
      pieces.push(piece);
      bytes += piece.byteLength;
      if (bytes >= atOnce) await flush();
    }
    await flush();
    await writing;
    failPoint('part: whole');
  } catch (error) {
    // a failed write has taken its pieces with it: nothing is written behind a gap
    if (pieces.length > 0) await flush().catch(() => undefined);
    throw error;
  } finally {
    await writing.catch(() => undefined); // the file must not be closed under a write
  }
}

/** Never makes the file: without its beginning the rest is nothing. */
async function openBehind(file: string, from: number): Promise<FileHandle> {
  const handle = await open(file, constants.O_WRONLY | constants.O_APPEND);
  try {
    const { size } = await handle.stat();
    if (size === from) return handle;
    throw Object.assign(new Error(`${size} bytes instead of ${from}`), { code: 'ENOENT', syscall: 'open' });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function writeAll(handle: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const wanted = pieces.reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (wanted === 0) return;
  const { bytesWritten } = await handle.writev(pieces);
  // a disk that is nearly full takes a part; the rest then says why
  if (bytesWritten < wanted) await handle.writeFile(Buffer.concat(pieces).subarray(bytesWritten));
  for (const { buffer, byteLength } of pieces) if (byteLength === buffer.byteLength) giveBack(buffer);
}

/** At once: the collector lets 60 to 100 MB of read pieces pile up before it begins. */
function giveBack(buffer: ArrayBufferLike): void {
  if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
