import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { type AssetType, assetHeadBytes, assetTypeOf, mostAssetBytes } from '../krea/assetType';
import { type ImageSize, imageSize } from '../krea/imageSize';
import { sha256Of } from '../takes/sha256Of';
import type { OrderInput } from './job';

/** A file that can go to Krea as an input. */
export interface InputFile {
  readonly file: string;
  readonly type: AssetType;
  readonly bytes: number;
  readonly sha256: string;
  /** Of an image, where its headers say it. */
  readonly size?: ImageSize;
}

export type Inspected =
  | { readonly kind: 'file'; readonly input: InputFile }
  /** `type`: its content is nothing that Krea takes. `code`: the system's, for `unreadable`. */
  | {
      readonly kind: 'trouble';
      readonly why: 'missing' | 'notAFile' | 'empty' | 'tooLarge' | 'type' | 'unreadable';
      readonly code?: string;
    };

/** Reads the file once, in pieces. Throws the signal's reason and nothing else. */
export async function inspectInput(file: string, signal: AbortSignal): Promise<Inspected> {
  try {
    await using handle = await open(file, 'r');
    const stat = await handle.stat();
    if (!stat.isFile()) return { kind: 'trouble', why: 'notAFile' };
    if (stat.size === 0) return { kind: 'trouble', why: 'empty' };
    if (stat.size > mostAssetBytes) return { kind: 'trouble', why: 'tooLarge' };
    const read = async (position: number, length: number): Promise<Buffer> => readAt(handle, position, length);
    const type = assetTypeOf(await read(0, assetHeadBytes));
    if (!type) return { kind: 'trouble', why: 'type' };
    const size = await imageSize(type, read);
    return { kind: 'file', input: { file, type, ...(await sha256Of(file, signal)), ...(size && { size }) } };
  } catch (error) {
    signal.throwIfAborted();
    const code = codeOf(error);
    if (code === 'EISDIR') return { kind: 'trouble', why: 'notAFile' };
    return { kind: 'trouble', why: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable', code };
  }
}

export type ContentTrouble = 'missing' | 'changed' | 'unreadable';

export class InputChanged extends Error {}

/** Bytes in one piece. Each is a buffer of its own, since what goes to a socket is no longer ours; large ones pile up until the collector comes. */
const piece = 32 * 1024;

/**
 * The content that was inspected, or an error: a file that was changed since is not the one the user agreed to, and the
 * form around it is never ended.
 */
export async function* contentOf({ file, bytes, sha256 }: OrderInput, progress: (sent: number) => void): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  await using handle = await open(file, 'r');
  for (let sent = 0; sent < bytes; ) {
    const chunk = await readAt(handle, sent, Math.min(piece, bytes - sent));
    if (chunk.length === 0) throw new InputChanged();
    hash.update(chunk);
    sent += chunk.length;
    if (sent === bytes && (hash.digest('hex') !== sha256 || (await readAt(handle, sent, 1)).length > 0)) throw new InputChanged();
    yield chunk;
    progress(sent);
  }
}

export function contentTrouble(error: unknown): ContentTrouble {
  if (error instanceof InputChanged) return 'changed';
  return codeOf(error) === 'ENOENT' ? 'missing' : 'unreadable';
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}
