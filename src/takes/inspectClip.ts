import { open } from 'node:fs/promises';
import { type Container, containerOf, type NotAVideo } from './containerOf';
import { type FileTrouble, fileTrouble } from './fileTrouble';
import { probeClip } from './probeClip';
import { sha256Of } from './sha256Of';

/** A whole video file. The nulls: the container is complete, but the probe cannot read what is in it. */
export interface Clip {
  readonly kind: 'clip';
  readonly container: Container;
  readonly sha256: string;
  readonly bytes: number;
  /** As shown, with the file's rotation applied. */
  readonly width: number | null;
  readonly height: number | null;
  readonly seconds: number | null;
  readonly videoCodec: string | null;
  /** null: no sound, or of an unknown kind. */
  readonly audioCodec: string | null;
}

export type Inspection = Clip | NotAVideo | FileTrouble;

/** Reads the file in pieces, however large it is. Throws only the signal's reason. */
export async function inspectClip(file: string, signal: AbortSignal): Promise<Inspection> {
  try {
    const container = await openAndLook(file);
    if (typeof container !== 'string') return container;
    const { sha256, bytes } = await sha256Of(file, signal);
    const probe = await probeClip(file, signal);
    if (probe === 'noPicture') return { kind: 'notAVideo', what: 'noPicture' };
    return { kind: 'clip', container, sha256, bytes, ...probe };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    return fileTrouble(error);
  }
}

async function openAndLook(file: string): Promise<Container | NotAVideo> {
  await using handle = await open(file, 'r');
  const { size } = await handle.stat();
  return await containerOf(handle, size);
}
