import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeClip } from '../../src/takes/writeClip';
import { emptyFolder } from '../support/emptyFolder';

async function* inPieces(bytes: Buffer, size: number): AsyncIterable<Uint8Array> {
  // buffers of their own, as a socket reads them
  for (let at = 0; at < bytes.length; at += size) yield Uint8Array.from(bytes.subarray(at, at + size));
}

async function* shared(bytes: Buffer, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function* breaking(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield* inPieces(bytes, 65_536);
  throw Object.assign(new Error('reset'), { code: 'ECONNRESET' });
}

const never = new AbortController().signal;

describe('writing a clip as it comes', () => {
  const file = () => path.join(emptyFolder(), 'clip.part');

  for (const [size, piece] of [
    [0, 1],
    [1, 1],
    [65_536, 65_536],
    [1024 * 1024, 65_536],
    [5_000_001, 65_536],
    [5_000_001, 3_000_000],
    [100_000, 7],
  ] as const)
    it(`keeps every byte of ${size} in pieces of ${piece}`, async () => {
      const bytes = randomBytes(size);
      const to = file();
      await writeClip(inPieces(bytes, piece), to, never);
      assert.equal(Buffer.compare(readFileSync(to), bytes), 0);
    });

  it('leaves memory alone that pieces share', async () => {
    const bytes = randomBytes(3_000_000);
    const to = file();
    await writeClip(shared(bytes, 65_536), to, never);
    assert.equal(Buffer.compare(readFileSync(to), bytes), 0);
  });

  it('writes anew over what an earlier try left', async () => {
    const to = file();
    await writeClip(inPieces(randomBytes(100_000), 65_536), to, never);
    await writeClip(inPieces(Buffer.from('short'), 65_536), to, never);
    assert.equal(readFileSync(to, 'utf8'), 'short');
  });

  for (const size of [10, 65_536, 2_500_000])
    it(`throws what the body throws, and has kept the ${size} bytes that came`, async () => {
      const bytes = randomBytes(size);
      const to = file();
      await assert.rejects(writeClip(breaking(bytes), to, never), { code: 'ECONNRESET' });
      assert.equal(Buffer.compare(readFileSync(to), bytes), 0);
    });

  it('writes behind what an earlier try left', async () => {
    const bytes = randomBytes(3_000_000);
    const to = file();
    await writeClip(inPieces(bytes.subarray(0, 1_234_567), 65_536), to, never);
    await writeClip(inPieces(bytes.subarray(1_234_567), 65_536), to, never, 1_234_567);
    assert.equal(Buffer.compare(readFileSync(to), bytes), 0);
  });

  for (const [what, there] of [
    ['more', 101],
    ['less', 99],
    ['nothing', undefined],
  ] as const)
    it(`does not write behind 100 bytes where ${what} is`, async () => {
      const to = file();
      if (there !== undefined) writeFileSync(to, Buffer.alloc(there));
      await assert.rejects(writeClip(inPieces(randomBytes(10), 10), to, never, 100), { code: 'ENOENT' });
      assert.equal(existsSync(to) ? readFileSync(to).length : undefined, there);
    });

  it("throws the disk's error with its system call", async () => {
    const folder = file();
    mkdirSync(folder);
    await assert.rejects(writeClip(inPieces(randomBytes(10), 10), folder, never), { code: 'EISDIR', syscall: 'open' });
  });

  if (process.platform === 'linux')
    it('throws that the disk is full, as a write', async () => {
      await assert.rejects(writeClip(inPieces(randomBytes(3_000_000), 65_536), '/dev/full', never), { code: 'ENOSPC', syscall: 'write' });
    });

  it("stops with the signal's reason, and closes the body", async () => {
    const stop = new AbortController();
    let closed = false;
    async function* endless(): AsyncIterable<Uint8Array> {
      try {
        for (let piece = 0; ; piece++) {
          if (piece === 40) stop.abort(new Error('enough'));
          yield new Uint8Array(65_536);
        }
      } finally {
        closed = true;
      }
    }
    await assert.rejects(writeClip(endless(), file(), stop.signal), /enough/);
    assert.equal(closed, true);
  });
});
